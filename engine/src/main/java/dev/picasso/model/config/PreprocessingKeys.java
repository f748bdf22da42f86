package dev.picasso.model.config;

import dev.picasso.Words;
import dev.picasso.image.Fit;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A way from images to a model as the keys of {@code preprocessing:} that say all of it. */
public final class PreprocessingKeys {
  private static final double EXACT = 1e-12;

  private PreprocessingKeys() {}

  /** Each key with its value, a text or a list of texts, in the order in which people read them. */
  public static Map<String, Object> of(Preprocessing p) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("color", p.colour().name().toLowerCase(Locale.ROOT));
    if (p.layout() == Layout.NHWC || p.layout() == Layout.NCHW) {
      keys.put("layout", p.layout().name().toLowerCase(Locale.ROOT));
    }
    if (p.fit() instanceof Fit.CentreCrop crop) {
      keys.put("resize", String.valueOf(crop.shorterSide()));
      keys.put("crop", "center");
    } else if (p.fit() instanceof Fit.Cover) {
      keys.put("crop", "center");
    } else if (p.fit() instanceof Fit.Letterbox box) {
      keys.put("pad", String.valueOf(box.margin()));
    }
    keys.put("filter", p.filter().name().toLowerCase(Locale.ROOT));
    keys.put("antialias", String.valueOf(p.antialias()));
    keys.put("scale", number(p.scale()));
    keys.put("offset", number(p.offset()));
    keys.put("mean", numbers(p.mean()));
    keys.put("std", numbers(p.std()));
    return keys;
  }

  private static Object numbers(List<Double> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(v -> texts.add(number(v)));
    return texts.size() == 1 ? texts.get(0) : List.copyOf(texts);
  }

  /** As people write it: 1/255 where the reciprocal is the shorter number. */
  static String number(double value) {
    String plain = Words.number(value == 0 ? 0 : value);
    double divisor = Math.rint(1e6 / value) / 1e6;
    boolean fraction = value != 0 && Math.abs(divisor) > 1 && Math.abs(1 / divisor - value) < EXACT;
    String text = (value < 0 ? "-1/" : "1/") + Words.number(Math.abs(divisor));
    return fraction && text.length() < plain.length() ? text : plain;
  }
}
