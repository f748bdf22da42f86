package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChosenLayer;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ablation-CAM, ReLU(Σ_k w_k A^k) with w_k = (S − S with A^k = 0) / S, and 0 where S is: [N, h, w]
 * in the layer's frame, not negative. Desai and Ramaswamy 2020, WACV, eq. 3 and 4. Where S is
 * negative, so are the weights of the channels that speak for the class.
 *
 * <p>Only the rest of the model behind the layer runs, once for each channel; those runs serve all
 * targets of an image.
 */
@AutoService(Attribution.class)
public record AblationCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements Attribution {

  /** With the usual settings. */
  public AblationCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "ablation-cam";
  }

  @Override
  public String title() {
    return "Ablation-CAM";
  }

  @Override
  public String description() {
    return "See the regions whose features the score needs: each channel of the layer is switched"
        + " off in turn. It needs no gradients.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Desai and Ramaswamy 2020, Ablation-CAM",
            "https://doi.org/10.1109/WACV45572.2020.9093360"));
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
    Layer unused = ChosenLayer.spatial(model, layer);
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Layer chosen = ChosenLayer.spatial(model.model(), layer);
    Tensor maps = ImageWork.maps(model, x, targets, chosen, progress, AblationCam::maps);
    return Maps.unsigned(
            maps,
            frame(),
            "the layer's channels, weighted by the share of the score that each is worth")
        .at(chosen);
  }

  private static List<float[]> maps(ImageWork work, ImageWork.One image, Progress progress) {
    int count = image.count();
    double[][] weights = new double[image.rows().size()][count];
    MaskedLayer program =
        new MaskedLayer(
            work.layer(), MaskedLayer.Over.CHANNELS, work.questions().values(image.rows()));
    program.run(
        work,
        image,
        count,
        (k, mask) -> mask[k] = 0,
        (from, to, outputs) -> {
          for (int r = 0; r < weights.length; r++) {
            int row = image.rows().get(r);
            double whole = work.questions().read(row, image.outputs(), Quantity.LOGITS)[0];
            float[] without = work.questions().read(row, outputs, Quantity.LOGITS);
            for (int k = from; k < to; k++) {
              weights[r][k] = whole == 0 ? 0 : (whole - without[k - from]) / whole;
            }
          }
          progress.done((double) to / count);
        });
    return Stream.of(weights).map(w -> ImageWork.rectifiedSum(w, image.channels())).toList();
  }
}
