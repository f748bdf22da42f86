package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
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
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Score-CAM, ReLU(Σ_k w_k A^k) with w the softmax over channels of S(x ⊙ M^k), M^k the channel
 * brought to the pixels bilinearly and stretched to 0 … 1, 0 where it is constant: [N, h, w] in the
 * layer's frame, not negative. Wang et al. 2019, arXiv 1910.01279. As in the authors' program the
 * score of a baseline is not subtracted, which softmax would not feel.
 *
 * <p>One run of the model for each channel; those of an image serve all of its targets.
 */
@AutoService(Attribution.class)
public record ScoreCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements Attribution {

  /** With the usual settings. */
  public ScoreCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "score-cam";
  }

  @Override
  public String title() {
    return "Score-CAM";
  }

  @Override
  public String description() {
    return "See the regions that by themselves make the model say the class; it needs no gradients,"
        + " and a run for each channel of the layer.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Wang et al. 2019, Score-CAM", "https://arxiv.org/abs/1910.01279"));
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
    Tensor maps = ImageWork.maps(model, x, targets, chosen, progress, ScoreCam::maps);
    return Maps.unsigned(
            maps, frame(), "the layer's channels, weighted by the scores of what each shows")
        .at(chosen);
  }

  private static List<float[]> maps(ImageWork work, ImageWork.One image, Progress progress) {
    InputSpec input = work.explainer().imageInput();
    MaskedInput program =
        new MaskedInput(
            input, image.height(), image.width(), work.questions().values(image.rows()));
    int count = image.count();
    Tensor channels = image.channels().reshaped(count, image.height(), image.width());
    double[][] scores = new double[image.rows().size()][count];
    int batch = work.explainer().batch(program);
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      Map<String, Tensor> outputs =
          work.explainer()
              .run(
                  program,
                  to - from,
                  Map.of(
                      MaskedInput.IMAGE,
                      image.x(),
                      MaskedInput.MAPS,
                      Batches.rows(channels, from, to)));
      for (int r = 0; r < scores.length; r++) {
        float[] read = work.questions().read(image.rows().get(r), outputs, Quantity.LOGITS);
        for (int k = from; k < to; k++) {
          scores[r][k] = read[k - from];
        }
      }
      progress.done((double) to / count);
    }
    return Stream.of(scores)
        .map(s -> ImageWork.rectifiedSum(softmax(s), image.channels()))
        .toList();
  }

  private static double[] softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] weights = Arrays.stream(scores).map(s -> Math.exp(s - most)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }
}
