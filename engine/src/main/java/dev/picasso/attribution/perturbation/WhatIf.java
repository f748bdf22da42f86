package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.HiddenRuns;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.RegionUse;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Pasting;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says of one image with a part of it hidden, or with a piece of another picture in
 * it, for any parts, as somebody draws them. Where it pays only what the part can reach of each
 * layer is computed; the maps of the image as it is are kept from part to part, so that the first
 * of about a size takes longer than those that follow. For one thread.
 */
public final class WhatIf {
  private static final int SMALLEST = 16;

  /** All words and a few numbers; there are as many numbers as somebody asks for. */
  private static final int MOST_COVERS = 10;

  /** The same noise at every place, so that only the place makes a difference. */
  private static final int SEED = 0;

  private final Explainer explainer;
  private final InputSpec input;
  private final Images x;
  private final Tensor image;
  private final Map<String, float[]> covers = new HashMap<>();
  private final Map<Integer, HiddenRuns> sizes = new HashMap<>();

  private WhatIf(Explainer explainer, Images x, Tensor image) {
    this.explainer = explainer;
    this.input = explainer.imageInput();
    this.x = x;
    this.image = image;
  }

  /**
   * Of one image.
   *
   * @param x one image as the model is fed
   */
  public static WhatIf of(Explainer explainer, Images x) {
    return new WhatIf(explainer, x, Batches.rows(x.distinct(), 0, 1));
  }

  /**
   * Refuses what hides nothing, before there is an image.
   *
   * @param fill a number as fed or a word of {@link Covers}
   * @throws dev.picasso.settings.SettingException if it is none
   */
  public static void requireFill(String fill) {
    String unused = Covers.checked("What if", fill);
  }

  /** What the model says of the image as it is. */
  public Predictions before() {
    return explainer.predict(image);
  }

  /**
   * What it says with a box hidden.
   *
   * @param box within the model's input, of at least one pixel
   * @param fill what hides, a number as fed or a word of {@link Covers}
   * @throws dev.picasso.settings.SettingException if the fill is none
   */
  public Predictions hiding(Window box, String fill) {
    int width = input.width();
    int height = input.height();
    if (box.width() < 1 || box.height() < 1 || !box.clippedTo(width, height).equals(box)) {
      throw new IllegalArgumentException(box + " in an image of " + width + " × " + height);
    }
    return holding(box, cover(fill));
  }

  /**
   * What it says with a part of any shape hidden.
   *
   * @param part of the size of the model's input, of at least one pixel
   * @param fill what hides, a number as fed or a word of {@link Covers}
   * @throws dev.picasso.settings.SettingException if the fill is none
   */
  public Predictions hiding(Mask part, String fill) {
    if (part.width() != input.width() || part.height() != input.height() || part.area() == 0) {
      throw new IllegalArgumentException(
          part + " in an image of " + input.width() + " × " + input.height());
    }
    float[] cover = cover(fill);
    float[] pixels = image.floats();
    for (int i = part.next(0); i >= 0; i = part.next(i + 1)) {
      for (int c = 0; c < input.channels(); c++) {
        int at = c * input.channelStride() + i * input.pixelStride();
        pixels[at] = cover[at];
      }
    }
    return holding(part.bounds(), pixels);
  }

  /**
   * What it says with a piece of another picture in a box, resized to it ({@link Pasting}).
   *
   * @param box in pixels of the model's input; it may reach beyond it, but must not lie beyond it
   * @param piece in pixels of the other picture, within it and of at least one
   * @throws InapplicableException if it is not known how pictures become this model's input, or if
   *     they have a fourth channel
   */
  public Predictions pasting(Window box, PixelSource other, Window piece) {
    Window seen = box.clippedTo(input.width(), input.height());
    if (seen.width() < 1 || seen.height() < 1) {
      throw new IllegalArgumentException(
          box + " beyond an image of " + input.width() + " × " + input.height());
    }
    ImagePreprocessor way =
        x.preprocessor()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        "It is not known how pictures become this model's input, so that nothing"
                            + " can be pasted."));
    Picture picture = way.denormalize(image, 0);
    if (picture.hasFourth()) {
      throw new InapplicableException(
          "The model takes four channels, of which pieces of pictures have three, so that nothing"
              + " can be pasted.");
    }
    Picture pasted = Pasting.paste(picture, box, other, piece);
    return holding(seen, way.normalize(List.of(pasted)).floats());
  }

  private float[] cover(String fill) {
    String checked = Covers.checked("What if", fill);
    if (covers.size() >= MOST_COVERS) {
      covers.keySet().retainAll(List.of(checked));
    }
    return covers.computeIfAbsent(checked, word -> Covers.of(word, SEED, x, 0));
  }

  /** With other pixels in a window, taken from an array of the image's shape. */
  private Predictions holding(Window window, float[] pixels) {
    HiddenRuns runs = sizes.computeIfAbsent(size(window), size -> runs(size, pixels));
    return explainer.predictions(runs.covering(pixels).run(List.of(window)));
  }

  /** Windows of about a size share a program: it is right for all, and planned for the largest. */
  private static int size(Window window) {
    int size = SMALLEST;
    while (size < Math.max(window.width(), window.height())) {
      size *= 2;
    }
    return size;
  }

  private HiddenRuns runs(int size, float[] pixels) {
    Window window = new Window(0, 0, size, size);
    return HiddenRuns.of(explainer, Forward.SCORES, image, pixels, window, RegionUse.AUTO);
  }
}
