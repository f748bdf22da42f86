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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recipro-CAM: for each position of the layer, the class's probability when the rest of the network
 * sees that position alone, [N, h, w] in the layer's frame. Byun and Lee 2022, arXiv 2209.14074.
 * The neighbours stay a little: the mask is 1/4 at the position, 1/8 beside it, 1/16 at the corners
 * and 0 elsewhere, as in the authors' program. Tokens that are no positions, such as the class
 * token, stay as they are. For what has no probability, such as a channel, it is the score.
 *
 * <p>Only the rest of the model behind the layer runs, once for each position; those runs serve all
 * targets of an image.
 */
@AutoService(Attribution.class)
public record ReciproCam(
    @Label(
            value = "Layer",
            help = "Whose positions are left alone; auto is the last with positions.")
        LayerChoice layer)
    implements Attribution {

  /** With the usual settings. */
  public ReciproCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "recipro-cam";
  }

  @Override
  public String title() {
    return "Recipro-CAM";
  }

  @Override
  public String description() {
    return "See the regions that are enough for the class: each position of the layer is left alone"
        + " in turn. Fast, and it needs no gradients.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Byun and Lee 2022, Recipro-CAM", "https://arxiv.org/abs/2209.14074"));
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
    Tensor maps = ImageWork.maps(model, x, targets, chosen, progress, ReciproCam::maps);
    boolean share =
        model.model().scores().areProbabilities()
            && targets.stream().allMatch(Target.OfClass.class::isInstance);
    String meaning = (share ? "probability" : "score") + " with this position of the layer alone";
    Maps found =
        share ? Maps.unsigned(maps, frame(), meaning) : Maps.signed(maps, frame(), meaning);
    return found.at(chosen);
  }

  private static List<float[]> maps(ImageWork work, ImageWork.One image, Progress progress) {
    int width = image.width();
    int places = image.height() * width;
    List<float[]> maps = image.rows().stream().map(row -> new float[places]).toList();
    MaskedLayer program =
        new MaskedLayer(
            work.layer(), MaskedLayer.Over.POSITIONS, work.questions().values(image.rows()));
    program.run(
        work,
        image,
        places,
        (at, mask) -> keepAround(at, width, mask),
        (from, to, outputs) -> {
          for (int r = 0; r < maps.size(); r++) {
            int row = image.rows().get(r);
            float[] read = work.questions().read(row, outputs, Quantity.PROBABILITIES);
            System.arraycopy(read, 0, maps.get(r), from, to - from);
          }
          progress.done((double) to / places);
        });
    return maps;
  }

  /** A mask with the kernel around one position; what lies beyond the edge is left out. */
  private static void keepAround(int at, int width, float[] mask) {
    Arrays.fill(mask, 0);
    int height = mask.length / width;
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        int y = at / width + down;
        int x = at % width + right;
        if (y >= 0 && y < height && x >= 0 && x < width) {
          mask[y * width + x] = 1f / (4 << Math.abs(down) << Math.abs(right));
        }
      }
    }
  }
}
