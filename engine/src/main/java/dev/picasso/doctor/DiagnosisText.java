package dev.picasso.doctor;

import dev.picasso.image.Preprocessing;
import dev.picasso.image.PreprocessingText;
import dev.picasso.model.config.PreprocessingKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A diagnosis in words. */
public final class DiagnosisText {
  private DiagnosisText() {}

  /** What was found, in a sentence. */
  public static String summary(Diagnosis found) {
    if (found.isRepaired()) {
      return "Give it "
          + numbers(found.repaired())
          + " ("
          + certainty(found)
          + "); now it is given "
          + numbers(found.given())
          + ".";
    }
    if (!found.fits()) {
      return "None of the inputs that were tried fits what its layers saw in training: it was"
          + " trained on others, or on images of another kind.";
    }
    return found.isAnswered()
        ? "It is given images as in training (" + certainty(found) + ")."
        : "It cannot be told which input the network was trained on.";
  }

  /** Colours and numbers of a way into a model, as in "rgb, x = s/255". */
  static String numbers(Preprocessing p) {
    String text = PreprocessingText.of(p);
    String order = p.colour().name().toLowerCase(Locale.ROOT);
    return order + ", " + text.substring(text.indexOf("; ") + 2).replace(", s from 0 to 255", "");
  }

  /** How sure it is which numbers pixels are, or what else was answered. */
  private static String certainty(Diagnosis found) {
    boolean turned = (found.repaired().scale() < 0) != (found.given().scale() < 0);
    Aspect least = turned || !found.pixels().isAnswered() ? found.inversion() : found.pixels();
    boolean ordered = found.repaired().colour() != found.given().colour();
    Aspect order = found.order().orElse(least);
    return words(ordered && order.probability() < least.probability() ? order : least);
  }

  /** As in "sure, 99 %". */
  public static String words(Aspect aspect) {
    double percent = Math.floor(100 * aspect.probability());
    return aspect.certainty().words() + String.format(Locale.ROOT, ", %.0f %%", percent);
  }

  /** The keys of a configuration that differ from those of now, which change what is wrong. */
  public static Map<String, Object> remedy(Diagnosis found) {
    Map<String, Object> now = PreprocessingKeys.of(found.given());
    Map<String, Object> keys = new LinkedHashMap<>();
    PreprocessingKeys.of(found.repaired())
        .forEach(
            (key, value) -> {
              if (!value.equals(now.get(key)) || isNumber(key, found.repaired())) {
                keys.put(key, value);
              }
            });
    return keys;
  }

  /** Numbers are said together, so that none of a preset is left over. */
  private static boolean isNumber(String key, Preprocessing repaired) {
    return List.of("scale", "offset").contains(key)
        || (key.equals("mean") && !repaired.mean().equals(List.of(0.)))
        || (key.equals("std") && !repaired.std().equals(List.of(1.)));
  }
}
