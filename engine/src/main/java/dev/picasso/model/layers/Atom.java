package dev.picasso.model.layers;

import dev.picasso.model.receptive.Reach;
import dev.picasso.model.receptive.ReceptiveField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @param grid what the rows or columns of which this is a digit see; empty where that is not
   *     known
   */
  record Digit(Kind kind, long size, long step, Optional<ReceptiveField> grid) implements Atom {
    /** The upper digits, so many of them, and the rest. */
    List<Digit> split(long upper) {
      long lower = size / upper;
      return List.of(
          new Digit(kind, upper, step * lower, grid), new Digit(kind, lower, step, grid));
    }

    /** What each sees, with all that lower digits count within it. */
    Optional<ReceptiveField> field() {
      return grid.map(g -> g.through(Reach.ofWindows(step, step, 0)));
    }

    /** So many places that see these; without a reach it is not known what they see. */
    Digit seen(Optional<Reach> reach, long count) {
      boolean inPlace = count == size && reach.map(r -> r.step() == 1).orElse(true);
      if (!inPlace) {
        return new Digit(kind, count, 1, field().flatMap(f -> reach.map(f::through)));
      }
      Optional<Reach> ofGrid =
          reach.map(r -> new Reach(step * r.from(), step * r.middle(), step * r.to(), 1));
      return new Digit(kind, size, step, grid.flatMap(g -> ofGrid.map(g::through)));
    }

    private Digit with(Optional<ReceptiveField> seen) {
      return new Digit(kind, size, step, seen);
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
    return new Digit(kind, size, 1, Optional.empty());
  }

  /** Rows or columns of the image itself. */
  static Digit pixels(Kind kind, long size) {
    return new Digit(kind, size, 1, Optional.of(ReceptiveField.PIXELS));
  }

  /** What is seen on several ways; on those of which something is known. */
  private static Optional<ReceptiveField> all(List<Digit> ways) {
    List<ReceptiveField> known = ways.stream().flatMap(d -> d.grid().stream()).toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(ReceptiveField.ofAll(known));
  }

  /** An axis to which several ways lead, all counting the same, with what is seen on any. */
  static List<Atom> joined(List<List<Atom>> ways) {
    List<Atom> joined = new ArrayList<>();
    for (int i = 0; i < ways.get(0).size(); i++) {
      int place = i;
      joined.add(joinedAtoms(ways.stream().map(way -> way.get(place)).toList()));
    }
    return joined;
  }

  private static Atom joinedAtoms(List<Atom> atoms) {
    Atom first = atoms.get(0);
    if (first instanceof Digit digit) {
      return digit.with(all(atoms.stream().map(Digit.class::cast).toList()));
    }
    Extended tokens = (Extended) first;
    List<Digit> positions = new ArrayList<>();
    for (int i = 0; i < tokens.positions().size(); i++) {
      int place = i;
      List<Digit> ways = atoms.stream().map(a -> ((Extended) a).positions().get(place)).toList();
      positions.add(ways.get(0).with(all(ways)));
    }
    return new Extended(positions, tokens.leading(), tokens.trailing());
  }

  /** Whether two axes count the same, whatever is seen there. */
  static boolean areAlike(List<Atom> axis, List<Atom> other) {
    return bare(axis).equals(bare(other));
  }

  private static List<Atom> bare(List<? extends Atom> axis) {
    List<Atom> bare = new ArrayList<>();
    for (Atom atom : axis) {
      if (atom instanceof Extended e) {
        List<Digit> positions = e.positions().stream().map(d -> d.with(Optional.empty())).toList();
        bare.add(new Extended(positions, e.leading(), e.trailing()));
      } else {
        bare.add(((Digit) atom).with(Optional.empty()));
      }
    }
    return bare;
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
        merged.set(
            merged.size() - 1,
            new Digit(low.kind(), high.size() * low.size(), low.step(), all(List.of(high, low))));
      } else if (atom.size() != 1) {
        merged.add(atom);
      }
    }
    return merged;
  }
}
