package dev.picasso.app.cli;

import dev.picasso.graph.Tensor;
import java.io.PrintWriter;
import java.nio.FloatBuffer;

/** Says what a script would not notice of the numbers that it gets. */
final class OddNumbers {
  private OddNumbers() {}

  /**
   * Tells of numbers that are NaN or infinite.
   *
   * @param what they are, as in "The result"
   */
  static void warn(String what, Tensor numbers, PrintWriter err) {
    FloatBuffer values = numbers.floatBuffer();
    long odd = 0;
    for (int i = 0; i < values.limit(); i++) {
      odd += Float.isFinite(values.get(i)) ? 0 : 1;
    }
    if (odd > 0) {
      err.println(
          "warning: %s holds %d of %d numbers that are NaN or infinite."
              .formatted(what, odd, values.limit()));
    }
  }

  /** Tells of a gradient that says nothing. */
  static void warnIfZero(Tensor gradient, PrintWriter err) {
    FloatBuffer values = gradient.floatBuffer();
    for (int i = 0; i < values.limit(); i++) {
      if (values.get(i) != 0) {
        return;
      }
    }
    err.println(
        "warning: The gradient is zero everywhere: no small change of the input changes the score,"
            + " as behind rectifiers that are never on.");
  }
}
