package dev.picasso.model.config;

import dev.picasso.Words;
import dev.picasso.image.Fit;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.model.config.PreprocessingSettings.Crop;
import dev.picasso.model.config.PreprocessingSettings.Resize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A way from images to a model as the keys of {@code preprocessing:} that say all of it. */
public final class PreprocessingKeys {
  /** The key that says that the numbers are an assumption. */
  public static final String ASSUMED = "assumed";

  private PreprocessingKeys() {}

  /** Each key with its value, a text or a list of texts, in the order in which people read them. */
  public static Map<String, Object> of(Preprocessing p) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("color", word(p.colour()));
    if (p.layout() == Layout.NHWC || p.layout() == Layout.NCHW) {
      keys.put("layout", word(p.layout()));
    }
    if (p.fit() instanceof Fit.CentreCrop crop) {
      keys.put("resize", String.valueOf(crop.shorterSide()));
      keys.put("crop", "center");
    } else if (p.fit() instanceof Fit.Cover) {
      keys.put("crop", "center");
    } else if (p.fit() instanceof Fit.Letterbox box) {
      keys.put("pad", String.valueOf(box.margin()));
    }
    keys.put("filter", word(p.filter()));
    keys.put("antialias", String.valueOf(p.antialias()));
    keys.put("scale", Words.factor(p.scale()));
    keys.put("offset", Words.factor(p.offset()));
    keys.put("mean", numbers(p.mean()));
    keys.put("std", numbers(p.std()));
    return keys;
  }

  /**
   * The keys that say what somebody said, and leave open what was left open; a class is left out.
   */
  static Map<String, Object> of(PreprocessingSettings said) {
    Map<String, Object> keys = new LinkedHashMap<>();
    said.preset().ifPresent(preset -> keys.put("preset", word(preset)));
    said.color().ifPresent(colour -> keys.put("color", word(colour)));
    said.layout().ifPresent(layout -> keys.put("layout", word(layout)));
    if (said.resize() instanceof Resize.To to) {
      keys.put("resize", size(to.height(), to.width()));
    } else if (said.resize() instanceof Resize.ShorterSide shorter) {
      keys.put("resize", String.valueOf(shorter.pixels()));
    }
    if (said.crop() instanceof Crop.To to) {
      keys.put("crop", size(to.height(), to.width()));
    } else if (said.crop() instanceof Crop.Center) {
      keys.put("crop", "center");
    }
    said.margin().ifPresent(grey -> keys.put("pad", String.valueOf(grey)));
    said.filter().ifPresent(filter -> keys.put("filter", word(filter)));
    said.antialias().ifPresent(antialias -> keys.put("antialias", String.valueOf(antialias)));
    said.scale().ifPresent(scale -> keys.put("scale", Words.factor(scale)));
    said.offset().ifPresent(offset -> keys.put("offset", Words.factor(offset)));
    if (!said.mean().isEmpty()) {
      keys.put("mean", numbers(said.mean()));
    }
    if (!said.std().isEmpty()) {
      keys.put("std", numbers(said.std()));
    }
    if (said.assumed()) {
      keys.put(ASSUMED, "true");
    }
    return keys;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String size(int height, int width) {
    return height + "x" + width;
  }

  private static Object numbers(List<Double> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(v -> texts.add(Words.factor(v)));
    return texts.size() == 1 ? texts.get(0) : List.copyOf(texts);
  }
}
