package dev.picasso.belief.evaluation;

import dev.picasso.Words;
import dev.picasso.belief.StudentT;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A mean over images, and how sure it is.
 *
 * <p>The interval is Student's, mean ± t · s/√n, which the central limit theorem makes right for
 * any numbers when there are enough of them. How many are enough grows with their skewness: 25 G²
 * by Cochran (Sampling Techniques, 1977, section 2.15). Where there are fewer that is said. A
 * bootstrap would not save such an interval, since few images hold few of the rare large numbers;
 * and it would need all numbers at once, and a seed. Shares of yes and no have Wilson's interval
 * (1927), which does not shrink to nothing when all images agree.
 *
 * @param count of images that have the number
 * @param mean NaN where none has
 * @param low end of the interval of 95 %
 * @param high end of it
 * @param doubt what is to be known of the interval, in words; empty where nothing is
 */
public record Estimate(long count, double mean, double low, double high, Optional<String> doubt) {
  private static final double ENOUGH = 25;
  private static final int MOST_DECIMALS = 10;

  /** The mean of numbers. */
  static Estimate of(double... numbers) {
    int n = numbers.length;
    double mean = DoubleStream.of(numbers).average().orElse(Double.NaN);
    if (n < 2) {
      return without(n, mean);
    }
    double second = DoubleStream.of(numbers).map(x -> (x - mean) * (x - mean)).sum();
    double third = DoubleStream.of(numbers).map(x -> Math.pow(x - mean, 3)).sum();
    double half = StudentT.quantile(n - 1) * Math.sqrt(second / (n - 1) / n);
    double skewness = second > 0 ? third / n / Math.pow(second / n, 1.5) : 0;
    long wanted = Math.round(ENOUGH * skewness * skewness);
    Optional<String> doubt =
        n < wanted
            ? Optional.of(
                "the numbers are skewed (%.1f); the interval is rough below about %d images"
                    .formatted(skewness, wanted))
            : Optional.empty();
    return new Estimate(n, mean, mean - half, mean + half, doubt);
  }

  /** The share of ones among ones and zeros. */
  static Estimate ofShare(double... numbers) {
    int n = numbers.length;
    double share = DoubleStream.of(numbers).average().orElse(Double.NaN);
    if (n < 2) {
      return without(n, share);
    }
    double z2 = StudentT.NORMAL * StudentT.NORMAL;
    double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half =
        StudentT.NORMAL * Math.sqrt(share * (1 - share) / n + z2 / (4. * n * n)) / (1 + z2 / n);
    return new Estimate(
        n, share, Math.max(0, middle - half), Math.min(1, middle + half), Optional.empty());
  }

  /** The same with an interval of numbers that there can be. */
  Estimate within(double least, double most) {
    return hasInterval()
        ? new Estimate(count, mean, Math.max(least, low), Math.min(most, high), doubt)
        : this;
  }

  private static Estimate without(int count, double mean) {
    String why =
        count == 0 ? "no image has this number" : "one image; an interval takes two or more";
    return new Estimate(count, mean, Double.NaN, Double.NaN, Optional.of(why));
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** As in "0.231 (0.210 to 0.252)": as many figures as the interval leaves certain. */
  public String text() {
    if (!hasInterval()) {
      return Double.isFinite(mean) ? figures(mean) : "none";
    }
    double half = (high - low) / 2;
    int decimals = half > 0 ? (int) Math.max(0, 1 - Math.floor(Math.log10(half))) : MOST_DECIMALS;
    String form = decimals < MOST_DECIMALS ? "%." + decimals + "f" : "%.3g";
    return String.format(Locale.ROOT, form + " (" + form + " to " + form + ")", mean, low, high);
  }

  /** A number to three figures. */
  static String figures(double number) {
    return Words.number(Double.parseDouble(String.format(Locale.ROOT, "%.3g", number)));
  }
}
