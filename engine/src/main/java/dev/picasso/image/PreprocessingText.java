package dev.picasso.image;

import dev.picasso.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Preprocessing in words, for people who check whether it is what their model was trained with. */
public final class PreprocessingText {
  private static final double ROUNDED = 1e-6;

  private PreprocessingText() {}

  /** As in "squeezed to 224x224 (height x width), bilinear, rgb; x = s/255, s from 0 to 255". */
  public static String of(Preprocessing p) {
    return "%s %s, %s%s, %s; %s, s from 0 to 255"
        .formatted(
            fit(p),
            p.height() + "x" + p.width() + " (height x width)",
            p.filter().name().toLowerCase(Locale.ROOT),
            p.antialias() ? "" : " without antialias",
            p.colour().name().toLowerCase(Locale.ROOT),
            formula(p));
  }

  private static String fit(Preprocessing p) {
    if (p.fit() instanceof Fit.CentreCrop crop) {
      return "shorter side to " + crop.shorterSide() + ", middle cut to";
    }
    if (p.fit() instanceof Fit.Letterbox box) {
      return "fitted with margins of grey " + box.margin() + " into";
    }
    return p.fit() instanceof Fit.Cover ? "middle cut and resized to" : "squeezed to";
  }

  private static String formula(Preprocessing p) {
    boolean minus = !p.mean().equals(List.of(0.));
    boolean over = !p.std().equals(List.of(1.));
    String sum = scaled(p.scale()) + signed(p.offset()) + (minus ? less(p.mean()) : "");
    return "x = " + (over ? "(" + sum + ") / " + numbers(p.std()) : sum);
  }

  private static String scaled(double scale) {
    if (scale == 1) {
      return "s";
    }
    double divisor = divisor(scale);
    return Math.abs(divisor) > 1
        ? (divisor < 0 ? "-" : "") + "s/" + Words.number(Math.abs(divisor))
        : Words.number(scale) + "*s";
  }

  /** The reciprocal; 255 and 127.5 also of scales that were written with a few digits only. */
  private static double divisor(double scale) {
    double halves = Math.rint(2 / scale) / 2;
    boolean meant = Math.abs(halves * scale - 1) < ROUNDED;
    return meant ? halves : Math.rint(1e6 / scale) / 1e6;
  }

  /** As in " - 0.5", or " + 0.5" where the mean is below zero. */
  private static String less(List<Double> means) {
    boolean below = means.stream().allMatch(m -> m <= 0);
    return below ? " + " + numbers(means.stream().map(Math::abs).toList()) : " - " + numbers(means);
  }

  private static String signed(double offset) {
    if (offset == 0) {
      return "";
    }
    return (offset < 0 ? " - " : " + ") + Words.number(Math.abs(offset));
  }

  private static String numbers(List<Double> values) {
    return values.size() == 1
        ? Words.number(values.get(0))
        : values.stream().map(Words::number).collect(Collectors.joining(", ", "[", "]"));
  }
}
