package dev.picasso.image;

import dev.picasso.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Preprocessing in words, for people who check whether it is what their model was trained with. */
public final class PreprocessingText {
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
    String sum = scaled(p.scale()) + signed(p.offset()) + (minus ? " - " + numbers(p.mean()) : "");
    return "x = " + (over ? "(" + sum + ") / " + numbers(p.std()) : sum);
  }

  private static String scaled(double scale) {
    if (scale == 1) {
      return "s";
    }
    // Rounding makes 1/255 and 1/127.5 readable again.
    double divisor = Math.rint(1e6 / scale) / 1e6;
    return Math.abs(divisor) > 1
        ? (divisor < 0 ? "-" : "") + "s/" + Words.number(Math.abs(divisor))
        : Words.number(scale) + "*s";
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
