package dev.picasso.belief;

/** Quantiles of Student's t distribution. */
public final class StudentT {
  /** That of the normal distribution. */
  public static final double NORMAL = 1.959963984540054;

  private static final double TAIL = .05; // of both sides

  private StudentT() {}

  /**
   * The number that |t| stays below in 95 of 100 cases. Hill 1970, Communications of the ACM 13,
   * algorithm 396; exact for 1 and 2 degrees of freedom, else to six figures.
   */
  public static double quantile(long freedom) {
    if (freedom == 1) {
      double half = TAIL * Math.PI / 2;
      return Math.cos(half) / Math.sin(half);
    }
    if (freedom == 2) {
      return Math.sqrt(2 / (TAIL * (2 - TAIL)) - 2);
    }
    double n = freedom;
    double a = 1 / (n - .5);
    double b = 48 / (a * a);
    double c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
    double d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt(a * Math.PI / 2) * n;
    double y = Math.pow(d * TAIL, 2 / n);
    if (y > .05 + a) {
      double x = -NORMAL;
      y = x * x;
      if (n < 5) {
        c += .3 * (n - 4.5) * (x + .6);
      }
      c = (((.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
      y = (((((.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
      y = Math.expm1(a * y * y);
    } else {
      y =
          ((1 / (((n + 6) / (n * y) - .089 * d - .822) * (n + 2) * 3) + .5 / (n + 4)) * y - 1)
                  * (n + 1)
                  / (n + 2)
              + 1 / y;
    }
    return Math.sqrt(n * y);
  }
}
