package dev.picasso.visualization.testkit;

import dev.picasso.PicassoException;
import dev.picasso.graph.Tensor;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.PreparedImage;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What every {@link dev.picasso.model.ModelAdapter} keeps: odd pictures become what the model
 * takes, alike each time; a picture that became numbers becomes about the same picture again, which
 * methods rely on that hide parts of it; and the model answers with numbers.
 */
public final class AdapterContract {
  /** How far a sample from 0 to 255 may lie from where it was. */
  private static final double ROUNDING = 2;

  private AdapterContract() {}

  /**
   * Every promise that an adapter does not keep; empty if it keeps all.
   *
   * @param model loaded with the adapter
   */
  public static Collection<String> broken(ReadyModel model) {
    List<String> broken = new ArrayList<>();
    for (DecodedImage image : TestImages.all()) {
      try {
        check(model, image, broken);
      } catch (PicassoException e) {
        broken.add(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        broken.add(image.name() + ": it throws " + e);
      }
    }
    return broken;
  }

  private static void check(ReadyModel model, DecodedImage image, List<String> broken) {
    ImageInput input = model.prepare(image);
    PreparedImage prepared = input.prepared();
    ImagePreprocessor preprocessor = model.input().preprocessor();
    if (!Arrays.equals(prepared.x().floats(), model.prepare(image).prepared().x().floats())) {
      broken.add(image.name() + ": the same picture becomes other numbers the second time");
    }
    Tensor two = preprocessor.normalize(List.of(prepared.pixels(), prepared.pixels()));
    if (two.shape().dim(0) != 2) {
      broken.add(image.name() + ": two pictures become " + two + "; they must be two rows");
    }
    double off = distance(prepared.pixels(), preprocessor.denormalize(prepared.x(), 0));
    if (off > ROUNDING) {
      broken.add(
          image.name()
              + ": denormalize() does not undo normalize(); a sample is off by "
              + Math.round(off)
              + " of 255");
    }
    for (float p : model.explainer().predict(prepared.x()).probabilities().floats()) {
      if (!Float.isFinite(p)) {
        broken.add(image.name() + ": the model answers " + p);
        return;
      }
    }
  }

  /** The largest distance of brightness; colours go where the model is grey. */
  private static double distance(Picture before, Picture after) {
    double most = 0;
    for (int y = 0; y < before.height(); y++) {
      for (int x = 0; x < before.width(); x++) {
        most = Math.max(most, Math.abs(grey(before, x, y) - grey(after, x, y)));
      }
    }
    return most;
  }

  /** Brightness, by the weights of ITU-R BT.601. */
  private static double grey(Picture picture, int x, int y) {
    return .299 * picture.sample(x, y, 0)
        + .587 * picture.sample(x, y, 1)
        + .114 * picture.sample(x, y, 2);
  }
}
