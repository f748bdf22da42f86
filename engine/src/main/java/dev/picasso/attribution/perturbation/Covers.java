package dev.picasso.attribution.perturbation;

import dev.picasso.Words;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Fill;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.settings.SettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What hidden parts of an image hold instead, as a person writes it: a number, which is meant as
 * the model is fed, or a word, which is meant as a picture before preprocessing.
 */
final class Covers {
  /** Help for the setting. */
  static final String HELP =
      "What hides: a number as the model is fed with it; or grey, black, white, mean (of the"
          + " picture), blur or noise.";

  private static final Map<String, LongFunction<Fill>> PICTURES =
      Map.of(
          "grey", seed -> new Fill.Grey(128),
          "black", seed -> new Fill.Grey(0),
          "white", seed -> new Fill.Grey(255),
          "mean", seed -> new Fill.Mean(),
          "blur", seed -> Fill.Blur.STRONG,
          "noise", Fill.Noise::new);

  private static final List<String> WORDS =
      List.of("grey", "black", "white", "mean", "blur", "noise");

  private Covers() {}

  /**
   * A fill as it is kept: in small letters, without blanks, zero as a number.
   *
   * @param more words that mean something to the method
   * @throws SettingException if it is none
   */
  static String checked(String title, String fill, String... more) {
    String given = fill.strip().toLowerCase(Locale.ROOT);
    String plain = given.equals("zero") ? "0" : given;
    if (isNumber(plain) || PICTURES.containsKey(plain) || List.of(more).contains(plain)) {
      return plain;
    }
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(WORDS);
    String meant = Words.nearest(plain, words).map(w -> "; did you mean " + w + "?").orElse("");
    throw SettingException.of(
        "fill",
        title
            + ": fill is "
            + (plain.isEmpty() ? "empty" : Words.shown(plain))
            + "; it must be a number or one of "
            + String.join(", ", words)
            + (meant.isEmpty() ? "." : meant));
  }

  private static boolean isNumber(String text) {
    try {
      return Float.isFinite(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * What covers an image, in the image's shape as fed.
   *
   * @param fill a number or one of the words for pictures
   * @param image one of the distinct images
   * @throws InapplicableException if a word needs a picture, and it is not known how pictures
   *     become such arrays
   */
  static float[] of(String fill, int seed, Images x, int image) {
    Tensor one = Batches.rows(x.distinct(), image, image + 1);
    if (isNumber(fill)) {
      float[] level = new float[Math.toIntExact(one.size())];
      Arrays.fill(level, Float.parseFloat(fill));
      return level;
    }
    ImagePreprocessor preprocessor =
        x.preprocessor()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        "It is not known how pictures become this model's input, so that nothing"
                            + " can be hidden by "
                            + fill
                            + "; give a number as fill, such as 0."));
    Picture picture = preprocessor.denormalize(one, 0);
    Fill cover = PICTURES.getOrDefault(fill, s -> new Fill.Grey(128)).apply(seed);
    return preprocessor.normalize(List.of(cover.cover(picture))).floats();
  }
}
