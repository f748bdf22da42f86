package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChosenLayer;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Eigen-CAM: the activations as a matrix of positions × channels, times its first right singular
 * vector, [N, h, w] in the layer's frame, of both signs. Muhammad and Yeasin 2020, arXiv
 * 2008.00299. The sign is such that the sum is not negative. It is the same whatever class is asked
 * for.
 *
 * @param centred take each channel's mean away first, so that it is the first principal component;
 *     its sign is then that of the inner product with the sum of the channels
 */
@AutoService(Attribution.class)
public record EigenCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer,
    @Label(value = "Centred", help = "Take the mean of each channel away first.") boolean centred)
    implements Attribution {

  /** With the usual settings. */
  public EigenCam() {
    this(LayerChoice.automatic(), false);
  }

  @Override
  public String id() {
    return "eigen-cam";
  }

  @Override
  public String title() {
    return "Eigen-CAM";
  }

  @Override
  public String description() {
    return "See where the layer is active by its strongest pattern, whatever the class: what the"
        + " model notices at all.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Muhammad and Yeasin 2020, Eigen-CAM", "https://arxiv.org/abs/2008.00299"));
  }

  @Override
  public Family family() {
    return Family.ACTIVATION_MAP;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.LAYER;
  }

  @Override
  public void require(Model model, Target like) {
    if (like.comparesClasses()) {
      throw new InapplicableException(
          "Eigen-CAM is the same whatever the class, so that it says nothing of one class against"
              + " another. Choose a method that asks about classes, as Grad-CAM does.");
    }
    Layer unused = ChosenLayer.spatial(model, layer);
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Layer chosen = ChosenLayer.spatial(model.model(), layer);
    Tensor maps =
        ImageWork.maps(
            model,
            x,
            targets,
            chosen,
            progress,
            (work, image, part) -> {
              float[] map = map(image, model::check);
              return image.rows().stream().map(row -> map).toList();
            });
    String meaning =
        "the strongest pattern of the layer, whatever the " + model.model().targetNoun();
    return Maps.signed(maps, frame(), meaning).at(chosen);
  }

  private float[] map(ImageWork.One image, Runnable check) {
    double[][] a = byChannel(image);
    double[] sums = new double[image.height() * image.width()];
    for (double[] channel : a) {
      double mean = Arrays.stream(channel).average().orElse(0);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += channel[i];
        channel[i] -= centred ? mean : 0;
      }
    }
    double[] projected = Singular.firstProjection(a, check);
    double sign = 0;
    for (int i = 0; i < sums.length; i++) {
      sign += centred ? projected[i] * sums[i] : projected[i];
    }
    float[] map = new float[sums.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (sign < 0 ? -projected[i] : projected[i]);
    }
    return map;
  }

  private static double[][] byChannel(ImageWork.One image) {
    float[] all = image.channels().floats();
    int places = image.height() * image.width();
    double[][] channels = new double[image.count()][places];
    for (int i = 0; i < all.length; i++) {
      channels[i / places][i % places] = all[i];
    }
    return channels;
  }
}
