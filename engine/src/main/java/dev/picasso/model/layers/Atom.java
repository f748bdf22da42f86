package dev.picasso.model.layers;

import java.util.ArrayList;
import java.util.List;

/** What an axis of a value counts, or one of several things that it counts in row-major order. */
sealed interface Atom {
  /** How many there are; −1 for as many as there are images. */
  long size();

  /** What is counted. */
  enum Kind {
    IMAGES,
    ROWS,
    COLUMNS,
    OTHER;

    boolean isPlace() {
      return this == ROWS || this == COLUMNS;
    }
  }

  /**
   * A digit of a number: rows 0 to 55 in windows of 7 are 8 digits of step 7 and 7 of step 1.
   *
   * @param step how far apart neighbours lie
   */
  record Digit(Kind kind, long size, long step) implements Atom {
    /** The upper digits, so many of them, and the rest. */
    List<Digit> split(long upper) {
      long lower = size / upper;
      return List.of(new Digit(kind, upper, step * lower), new Digit(kind, lower, step));
    }
  }

  /** Positions with others of another meaning before and after, such as the class token. */
  record Extended(List<Digit> positions, long leading, long trailing) implements Atom {
    public Extended {
      positions = List.copyOf(positions);
    }

    @Override
    public long size() {
      return leading + inside() + trailing;
    }

    long inside() {
      return product(positions);
    }
  }

  static Digit digit(Kind kind, long size) {
    return new Digit(kind, size, 1);
  }

  /** The length of an axis that counts these, as a dimension: negative with the batch. */
  static long product(List<? extends Atom> atoms) {
    return atoms.stream().mapToLong(Atom::size).reduce(1, (a, b) -> a * b);
  }

  /** The digits of places among these. */
  static List<Digit> places(List<Atom> atoms) {
    List<Digit> places = new ArrayList<>();
    for (Atom atom : atoms) {
      if (atom instanceof Extended extended) {
        places.addAll(extended.positions());
      } else if (atom instanceof Digit digit && digit.kind().isPlace()) {
        places.add(digit);
      }
    }
    return places;
  }

  /** The same with neighbouring digits of one number as one. */
  static List<Atom> merged(List<Atom> atoms) {
    List<Atom> merged = new ArrayList<>();
    for (Atom atom : atoms) {
      if (!merged.isEmpty()
          && atom instanceof Digit low
          && merged.get(merged.size() - 1) instanceof Digit high
          && high.kind() == low.kind()
          && (!low.kind().isPlace() || high.step() == low.step() * low.size())) {
        merged.set(merged.size() - 1, new Digit(low.kind(), high.size() * low.size(), low.step()));
      } else if (atom.size() != 1) {
        merged.add(atom);
      }
    }
    return merged;
  }
}
