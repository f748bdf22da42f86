package dev.picasso.run;

import dev.picasso.image.Fit;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All that is done to an image before the model sees it, as facts for JSON. */
final class ImagePreparation {
  private ImagePreparation() {}

  static Map<String, Object> facts(ImagePreprocessor preprocessor) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (!(preprocessor instanceof Preprocessor declared)) {
      facts.put("class", preprocessor.getClass().getName());
      return facts;
    }
    Preprocessing p = declared.settings();
    facts.put("height", p.height());
    facts.put("width", p.width());
    facts.put("colour", word(p.colour()));
    facts.put("layout", word(p.layout()));
    facts.put("fit", fit(p.fit()));
    facts.put("filter", word(p.filter()));
    facts.put("antialias", p.antialias());
    facts.put("scale", p.scale());
    facts.put("offset", p.offset());
    facts.put("mean", p.mean());
    facts.put("std", p.std());
    return facts;
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static String fit(Fit fit) {
    if (fit instanceof Fit.CentreCrop crop) {
      return "shorter side to " + crop.shorterSide() + ", middle cut";
    }
    if (fit instanceof Fit.Letterbox box) {
      return "margins of grey " + box.margin();
    }
    return fit instanceof Fit.Cover ? "middle cut" : "squeezed";
  }
}
