package dev.picasso.model.layers;

import dev.picasso.graph.Shape;
import dev.picasso.model.layers.Atom.Digit;
import dev.picasso.model.layers.Atom.Extended;
import dev.picasso.model.layers.Atom.Kind;
import dev.picasso.model.receptive.Cells;
import dev.picasso.model.receptive.ReceptiveField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What the axes of a value count; an axis of length one counts nothing. */
record Axes(List<List<Atom>> each) {
  Axes {
    each = each.stream().map(List::copyOf).toList();
  }

  /** Axes of a value of which nothing is known but its shape. */
  static Axes unknown(Shape shape) {
    return new Axes(IntStream.range(0, shape.rank()).mapToObj(i -> other(shape, i)).toList());
  }

  /** An axis of which nothing is known but its length. */
  static List<Atom> other(Shape shape, int axis) {
    long dim = shape.dim(axis);
    if (dim == Shape.BATCH) {
      return List.of(Atom.digit(Kind.IMAGES, -1));
    }
    return dim == 1 ? List.of() : List.of(Atom.digit(Kind.OTHER, dim));
  }

  List<Atom> axis(int i) {
    return each.get(i);
  }

  int rank() {
    return each.size();
  }

  /** The same, with what does not have the length that the shape says taken for unknown. */
  Axes fitting(Shape shape) {
    if (rank() != shape.rank()) {
      return unknown(shape);
    }
    return new Axes(
        IntStream.range(0, rank())
            .mapToObj(
                i -> Atom.product(axis(i)) == shape.dim(i) ? Atom.merged(axis(i)) : other(shape, i))
            .toList());
  }

  /** Positions among tokens, if that is all that an axis counts. */
  Optional<Extended> extended(int axis) {
    return axis(axis).size() == 1 && axis(axis).get(0) instanceof Extended e
        ? Optional.of(e)
        : Optional.empty();
  }

  /** The axes that count positions together with what is none. */
  List<Integer> extendedAxes() {
    return IntStream.range(0, rank()).filter(i -> extended(i).isPresent()).boxed().toList();
  }

  /** These numbers in the same order under another shape. */
  Axes reshaped(Shape shape) {
    if (LongStream.of(shape.dims()).anyMatch(d -> d == 0)) {
      return unknown(shape);
    }
    Deque<Atom> left = new ArrayDeque<>();
    each.forEach(left::addAll);
    List<List<Atom>> axes = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      Optional<List<Atom>> taken = taken(left, shape.dim(i));
      if (taken.isEmpty()) {
        return unknown(shape);
      }
      axes.add(Atom.merged(taken.get()));
    }
    return new Axes(axes).fitting(shape);
  }

  private static Optional<List<Atom>> taken(Deque<Atom> left, long dim) {
    List<Atom> taken = new ArrayList<>();
    long wanted = Math.abs(dim);
    boolean images = dim < 0;
    while (wanted > 1 || images) {
      Atom next = left.poll();
      if (next == null) {
        return Optional.empty();
      }
      if (next.size() < 0) {
        if (!images) {
          return Optional.empty();
        }
        images = false;
        taken.add(next);
      } else if (wanted % next.size() == 0) {
        wanted /= next.size();
        taken.add(next);
      } else if (next instanceof Digit digit && digit.size() % wanted == 0) {
        List<Digit> parts = digit.split(wanted);
        taken.add(parts.get(0));
        left.push(parts.get(1));
        wanted = 1;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(taken);
  }

  /** How the positions lie, if these are the axes of [N, …] in one of the usual orders. */
  Grid grid(Shape shape) {
    boolean images = rank() > 2 && axis(0).stream().allMatch(a -> isImages(a));
    if (!images) {
      return new Grid.None();
    }
    if (rank() == 4 && is(2, Kind.ROWS) && is(3, Kind.COLUMNS) && hasCoarsest(2, 3)) {
      return new Grid.Spatial((int) shape.dim(2), (int) shape.dim(3));
    }
    if (rank() == 4 && is(1, Kind.ROWS) && is(2, Kind.COLUMNS) && hasCoarsest(1, 2)) {
      return new Grid.SpatialLast((int) shape.dim(1), (int) shape.dim(2));
    }
    if (rank() == 3 && hasCoarsest(1)) {
      return tokens(1).<Grid>map(t -> t).orElseGet(Grid.None::new);
    }
    return rank() == 3 && hasCoarsest(2)
        ? tokens(2).<Grid>map(Grid.TokensLast::new).orElseGet(Grid.None::new)
        : new Grid.None();
  }

  /** What the cells of the grid see, where that is known. */
  Cells cells() {
    return new Cells(field(Kind.ROWS), field(Kind.COLUMNS));
  }

  /** That of the upper digits, which a grid has on its axes. */
  private Optional<ReceptiveField> field(Kind kind) {
    return each.stream()
        .flatMap(axis -> Atom.places(axis).stream())
        .filter(digit -> digit.kind() == kind)
        .max(Comparator.comparingLong(Digit::step))
        .flatMap(Digit::field);
  }

  private static boolean isImages(Atom atom) {
    return atom instanceof Digit digit && digit.kind() == Kind.IMAGES;
  }

  /** Whether an axis counts rows, or columns, and nothing else. */
  private boolean is(int axis, Kind kind) {
    return axis(axis).isEmpty()
        || (axis(axis).size() == 1
            && axis(axis).get(0) instanceof Digit digit
            && digit.kind() == kind);
  }

  private Optional<Grid.Tokens> tokens(int axis) {
    Optional<Extended> extended = extended(axis);
    List<Digit> places = Atom.places(axis(axis));
    boolean whole =
        places.size() == (extended.isPresent() ? extended.get().positions() : axis(axis)).size();
    if (!whole
        || places.size() != 2
        || places.get(0).kind() != Kind.ROWS
        || places.get(1).kind() != Kind.COLUMNS) {
      return Optional.empty();
    }
    return Optional.of(
        new Grid.Tokens(
            (int) places.get(0).size(),
            (int) places.get(1).size(),
            extended.map(Extended::leading).orElse(0L).intValue(),
            extended.map(Extended::trailing).orElse(0L).intValue()));
  }

  /** Whether the upper digits of rows and columns are on these axes, not among the channels. */
  private boolean hasCoarsest(int... axes) {
    List<Integer> those = IntStream.of(axes).boxed().toList();
    long here = coarsest(i -> those.contains(i));
    long elsewhere = coarsest(i -> !those.contains(i));
    return here > elsewhere || elsewhere == 0;
  }

  private long coarsest(java.util.function.IntPredicate which) {
    return IntStream.range(0, rank())
        .filter(which)
        .boxed()
        .flatMap(i -> Atom.places(axis(i)).stream())
        .mapToLong(Digit::step)
        .max()
        .orElse(0);
  }
}
