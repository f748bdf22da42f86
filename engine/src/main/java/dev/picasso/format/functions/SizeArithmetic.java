package dev.picasso.format.functions;

import dev.picasso.format.layout.Size;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Arithmetic with the lengths of axes, done while the graph is built, so that a shape computed by a
 * model is known. What is no multiple of the batch and no plain number is not known.
 */
final class SizeArithmetic {
  /** An operation on two numbers; empty where its result is not known. */
  @FunctionalInterface
  interface Operation {
    Optional<Size> of(Size a, Size b);
  }

  private SizeArithmetic() {}

  static Optional<Size> add(Size a, Size b) {
    return a.perImage() == b.perImage()
        ? Optional.of(new Size(Math.addExact(a.number(), b.number()), a.perImage()))
        : Optional.empty();
  }

  static Optional<Size> subtract(Size a, Size b) {
    return add(a, new Size(-b.number(), b.perImage()));
  }

  static Optional<Size> multiply(Size a, Size b) {
    return a.perImage() && b.perImage()
        ? Optional.empty()
        : Optional.of(
            new Size(Math.multiplyExact(a.number(), b.number()), a.perImage() || b.perImage()));
  }

  /** Rounded down; a multiple of the batch only where nothing remains. */
  static Optional<Size> divide(Size a, Size b) {
    boolean exact = b.number() != 0 && a.number() % b.number() == 0;
    if (b.number() == 0 || (b.perImage() && !(a.perImage() && exact)) || (a.perImage() && !exact)) {
      return Optional.empty();
    }
    return Optional.of(
        new Size(Math.floorDiv(a.number(), b.number()), a.perImage() && !b.perImage()));
  }

  /** Rounded towards zero; a multiple of the batch only where nothing remains. */
  static Optional<Size> truncate(Size a, Size b) {
    boolean plain = !a.perImage() && !b.perImage() && b.number() != 0;
    return plain ? Optional.of(Size.of(a.number() / b.number())) : divide(a, b);
  }

  /** Rows element by element, a single number with each; empty if anything is not known. */
  static Optional<List<Size>> apply(Operation operation, List<Size> a, List<Size> b) {
    int n = Math.max(a.size(), b.size());
    if ((a.size() != n && a.size() != 1) || (b.size() != n && b.size() != 1)) {
      return Optional.empty();
    }
    List<Optional<Size>> all =
        IntStream.range(0, n)
            .mapToObj(i -> operation.of(a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i)))
            .toList();
    return all.stream().allMatch(Optional::isPresent)
        ? Optional.of(all.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }
}
