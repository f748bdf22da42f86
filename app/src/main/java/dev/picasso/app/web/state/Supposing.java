package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.Frame;
import dev.picasso.image.Window;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells what models say of images with a box of them hidden, as fast as somebody draws. What is
 * kept of an image from box to box is kept for the images that were asked about last.
 */
public final class Supposing {
  /** Each keeps the maps of one image in one network, which may be a hundred megabytes. */
  private static final int KEPT = 3;

  /** The runtime uses all cores for each. */
  private static final int AT_ONCE = 1;

  private static final long PATIENCE_SECONDS = 20;

  private final ImageDecoder decoder;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Map<Key, Known> known = new LinkedHashMap<>(16, .75f, true);

  private record Key(ServedModel model, String image, String fill) {}

  private record Known(ReadyModel ready, WhatIf whatIf, Frame frame, Predictions before) {}

  /**
   * What was told.
   *
   * @param before of the image as it is
   * @param after with the box hidden
   */
  public record Told(ReadyModel model, Predictions before, Predictions after) {}

  public Supposing(ImageDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Hides a box of an image.
   *
   * @param box in pixels of the upright picture
   * @param fill what hides, as {@link WhatIf#of} takes it
   * @throws PicassoException if the box is not in the picture, or the model sees nothing of it
   */
  public Told hiding(ServedModel model, StoredImage image, Window box, String fill) {
    Boxes.requireInside(box, image.name(), image.width(), image.height());
    if (!await()) {
      throw new PicassoException("Too many ask at once; try again in a moment.");
    }
    try {
      return model.use(ready -> told(ready, model, image, box, fill));
    } finally {
      turns.release();
    }
  }

  private boolean await() {
    try {
      return turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Told told(
      ReadyModel ready, ServedModel model, StoredImage image, Window box, String fill) {
    Known of = known(ready, new Key(model, image.id(), fill), image);
    Window seen = Boxes.seen(box, of.frame());
    Predictions after = seen.width() == 0 ? of.before() : of.whatIf().hiding(seen);
    return new Told(ready, of.before(), after);
  }

  /** One thread is in here at a time. */
  private Known known(ReadyModel ready, Key key, StoredImage image) {
    Known there = known.get(key);
    if (there != null && there.ready().equals(ready)) {
      return there;
    }
    ImageInput input = ready.prepare(image.decode(decoder));
    Images x = Images.of(input.prepared().x(), ready.input().preprocessor());
    WhatIf whatIf = WhatIf.of(ready.explainer(), x, key.fill(), 0);
    Known made = new Known(ready, whatIf, input.prepared().frame(), whatIf.before());
    known.put(key, made);
    while (known.size() > KEPT) {
      known.remove(known.keySet().iterator().next());
    }
    return made;
  }
}
