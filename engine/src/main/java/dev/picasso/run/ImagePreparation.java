package dev.picasso.run;

import dev.picasso.image.Fit;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.config.ModelInput;
import dev.picasso.visualization.ReadyModel;
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

  /** The same of each input that a run explains, by its name; of a model with one, nothing. */
  static Map<String, Map<String, Object>> ofInputs(Explaining<?> run) {
    Map<String, Map<String, Object>> facts = new LinkedHashMap<>();
    for (InputSlot slot : run.explained()) {
      if (run.model().held().ofImages().isPresent()) {
        facts.put(slot.name(), facts(preprocessor(run.model(), slot)));
      }
    }
    return facts;
  }

  private static ImagePreprocessor preprocessor(ReadyModel ready, InputSlot slot) {
    Model model = ready.model();
    return slot.explained()
        ? ready.input().preprocessor()
        : InputSpec.of(model.graph(), model.graph().value(slot.name()))
            .map(spec -> ModelInput.of(ready.configured().preprocessing(), model, spec))
            .map(ModelInput::preprocessor)
            .orElseThrow();
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
