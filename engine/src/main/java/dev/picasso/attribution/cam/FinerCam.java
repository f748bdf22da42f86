package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Finer-CAM, Grad-CAM of S_c − γ · mean S_d over the classes d whose scores are nearest to that of
 * c: [N, h, w] in the layer's frame, not negative. Zhang et al. 2025, arXiv 2501.11309, eq. 4 to 6.
 * For the class of the highest score these are the next ones.
 *
 * @param gamma how much the others count
 * @param classes how many others; all where there are fewer
 */
@AutoService(Attribution.class)
public record FinerCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer,
    @Label(value = "Gamma", help = "How much what the other classes share is taken away.")
        @Range(min = 0, max = 10)
        double gamma,
    @Label(value = "Classes", help = "With how many classes of the nearest scores it is compared.")
        @Range(min = 1, max = 100)
        int classes)
    implements LayerMap {
  /** Farther than any scores are from one another. */
  private static final double FAR = 1e30;

  /** With the usual settings. */
  public FinerCam() {
    this(LayerChoice.automatic(), 1, 3);
  }

  @Override
  public String id() {
    return "finer-cam";
  }

  @Override
  public String title() {
    return "Finer-CAM";
  }

  @Override
  public String description() {
    return "See what tells the class from those that look most like it, such as one kind of bird"
        + " from another.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Zhang et al. 2025, Finer-CAM", "https://arxiv.org/abs/2501.11309"));
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "the layer's channels, weighted by the mean gradient of the score's lead over those"
        + " nearest to it";
  }

  @Override
  public void require(Model model, Target like) {
    if (like.comparesClasses()) {
      throw new InapplicableException(
          "Finer-CAM chooses by itself which classes it compares with. Grad-CAM of one class"
              + " against another is the same with a class that you choose.");
    }
    LayerMap.super.require(model, like);
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value lead = g.sub(s.seed(), g.mul(others(s), gamma));
    Value weights = g.mean(s.weighing(lead).gradient(chosen), true, 2, 3);
    return g.relu(Formulas.weighted(g, weights, s.activation(chosen)));
  }

  /**
   * Weights of the classes with the nearest scores that sum to one, of the seed's rank: [N,
   * targets], or at the places of a map of classes that the seed asks about.
   */
  private Value others(Sketch s) {
    GraphBuilder g = s.builder();
    Value scores = s.value(s.of());
    if (s.of().equals(s.model().scores().scores())) {
      return nearest(g, scores, s.seed());
    }
    if (s.model().scores().dense().filter(d -> d.scores().equals(s.of())).isPresent()) {
      Value places = g.reduce("ReduceMax", s.seed(), true, 1);
      Value sums = g.sum(g.mul(scores, places), false, 2, 3);
      Value asked = g.reduce("ReduceMax", s.seed(), false, 2, 3);
      return g.mul(g.unsqueeze(g.unsqueeze(nearest(g, sums, asked), 2), 3), places);
    }
    throw new InapplicableException(
        "Finer-CAM compares a class with the classes most like it; its target must be a class.");
  }

  /**
   * The same from scores and what of them is asked, [N, targets] both.
   *
   * @param seed 1 at the class
   */
  private Value nearest(GraphBuilder g, Value scores, Value seed) {
    long count = scores.dim(1);
    int compared = (int) Math.min(classes, count - 1);
    Value one = g.sum(g.mul(scores, g.relu(seed)), true, 1);
    Value asked = g.cast(g.cast(seed, DataType.BOOL), DataType.FLOAT);
    Value nearness = g.sub(g.neg(g.abs(g.sub(scores, one))), g.mul(asked, FAR));
    List<Value> top =
        g.emit(
            "TopK",
            Attributes.of("axis", 1),
            2,
            List.of(Optional.of(nearness), Optional.of(g.longs(compared))));
    long[] all = LongStream.range(0, count).toArray();
    Value hits = g.equal(g.unsqueeze(top.get(1), 2), g.constant(Tensor.of(all, 1, 1, count)));
    return g.mean(g.cast(hits, DataType.FLOAT), false, 1);
  }
}
