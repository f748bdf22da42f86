package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.HiddenRuns;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.RegionUse;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says of one image with a box of it hidden, for any boxes, as somebody draws them.
 * Where it pays only what a box can reach of each layer is computed; the maps of the image as it is
 * are kept from box to box, so that the first of about a size takes longer than those that follow.
 * For one thread.
 */
public final class WhatIf {
  private static final int SMALLEST = 16;

  private final Explainer explainer;
  private final Tensor image;
  private final float[] cover;
  private final Map<Integer, HiddenRuns> sizes = new HashMap<>();

  private WhatIf(Explainer explainer, Tensor image, float[] cover) {
    this.explainer = explainer;
    this.image = image;
    this.cover = cover;
  }

  /**
   * Of one image.
   *
   * @param x one image as the model is fed
   * @param fill what hides, a number as fed or a word of {@link Covers}
   * @param seed of noise
   * @throws dev.picasso.settings.SettingException if the fill is none
   */
  public static WhatIf of(Explainer explainer, Images x, String fill, int seed) {
    String checked = Covers.checked("What if", fill);
    Tensor one = Batches.rows(x.distinct(), 0, 1);
    return new WhatIf(explainer, one, Covers.of(checked, seed, x, 0));
  }

  /** What the model says of the image as it is. */
  public Predictions before() {
    return explainer.predict(image);
  }

  /**
   * What it says with a box hidden.
   *
   * @param box within the model's input, of at least one pixel
   */
  public Predictions hiding(Window box) {
    int width = explainer.imageInput().width();
    int height = explainer.imageInput().height();
    if (box.width() < 1 || box.height() < 1 || !box.clippedTo(width, height).equals(box)) {
      throw new IllegalArgumentException(box + " in an image of " + width + " × " + height);
    }
    HiddenRuns runs = sizes.computeIfAbsent(size(box), this::runs);
    return explainer.predictions(runs.run(List.of(box)));
  }

  /** Boxes of about a size share a program: it is right for all, and planned for the largest. */
  private static int size(Window box) {
    int size = SMALLEST;
    while (size < Math.max(box.width(), box.height())) {
      size *= 2;
    }
    return size;
  }

  private HiddenRuns runs(int size) {
    Window window = new Window(0, 0, size, size);
    return HiddenRuns.of(explainer, Forward.SCORES, image, cover, window, RegionUse.AUTO);
  }
}
