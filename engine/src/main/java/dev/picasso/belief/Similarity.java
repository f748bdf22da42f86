package dev.picasso.belief;

import dev.picasso.image.HeatMap;
import dev.picasso.image.RankCorrelation;
import dev.picasso.image.StructuralSimilarity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How alike two maps are, with their signs and without. Each is first divided by its largest
 * absolute value, which leaves ranks as they are.
 *
 * @param rank Spearman's rank correlation, −1 to 1; 0 where a map is the same everywhere, since it
 *     ranks no place before another
 * @param absoluteRank the same of absolute values
 * @param ssim structural similarity, −1 to 1
 * @param absoluteSsim the same of absolute values
 */
record Similarity(double rank, double absoluteRank, double ssim, double absoluteSsim) {
  /** Headings of {@link #cells}. */
  static final List<String> COLUMNS =
      List.of("rank correlation, absolute", "rank correlation", "SSIM, absolute", "SSIM");

  /** A map and itself. */
  static final Similarity SAME = new Similarity(1, 1, 1, 1);

  /** Compares maps of one size. */
  static Similarity of(HeatMap a, HeatMap b) {
    HeatMap p = normalized(a);
    HeatMap q = normalized(b);
    return new Similarity(
        rank(p, q),
        rank(p.abs(), q.abs()),
        StructuralSimilarity.of(p, q),
        StructuralSimilarity.of(p.abs(), q.abs()));
  }

  private static double rank(HeatMap a, HeatMap b) {
    double rank = RankCorrelation.of(a, b);
    return Double.isNaN(rank) ? 0 : rank;
  }

  private static HeatMap normalized(HeatMap map) {
    float largest = map.largest();
    float[] values = map.values();
    for (int i = 0; i < values.length && largest > 0; i++) {
      values[i] /= largest;
    }
    return HeatMap.of(map.width(), map.height(), values);
  }

  /** The numbers to two decimals, as {@link #COLUMNS} has them. */
  List<String> cells() {
    return Stream.of(absoluteRank, rank, absoluteSsim, ssim).map(Similarity::text).toList();
  }

  /** A number to two decimals. */
  static String text(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
