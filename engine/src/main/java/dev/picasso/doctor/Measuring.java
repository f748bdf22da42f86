package dev.picasso.doctor;

import dev.picasso.graph.Tensor;
import dev.picasso.image.Preprocessing;
import dev.picasso.model.Model;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a network on images that are given to it in several ways. It owns sessions: close it. */
final class Measuring implements AutoCloseable {
  private static final int MOST_LAYERS = 24;

  private final Model model;
  private final Feeding feeding;
  private final Optional<Moments> moments;
  private final Optional<CompiledGraph> before;
  private final CompiledGraph end;

  /** Ready to measure. */
  Measuring(Model model, Feeding feeding, RuntimeOptions options) {
    this.model = model;
    this.feeding = feeding;
    List<NormalizedLayer> layers = NormalizedLayer.of(model.imported().graph(), MOST_LAYERS);
    this.moments =
        layers.isEmpty()
            ? Optional.empty()
            : Optional.of(Moments.of(model.imported().graph(), layers));
    this.before = moments.map(m -> CompiledGraph.of(m.graph(), options));
    try {
      this.end =
          CompiledGraph.of(
              model
                  .scores()
                  .graph()
                  .withOutputs(List.of(model.scores().scores(), model.scores().probabilities())),
              options);
    } catch (RuntimeException e) {
      before.ifPresent(CompiledGraph::close);
      throw e;
    }
  }

  boolean hasStatistics() {
    return moments.isPresent();
  }

  /**
   * One candidate on all images.
   *
   * @param base whose way of bringing images to size is kept
   */
  Evidence measure(Candidate candidate, Preprocessing base, Looked looked) {
    Preprocessing way = candidate.in(base);
    List<Map<String, Tensor>> seen = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    for (int i = 0; i < looked.pictures().size(); i++) {
      Tensor x = feeding.tensor(way, looked.pictures().get(i));
      if (i < looked.compared()) {
        before.ifPresent(b -> seen.add(feeding.run(b, x)));
      }
      Map<String, Tensor> out = feeding.run(end, x);
      scores.add(floats(out, model.scores().scores()));
      probabilities.add(floats(out, model.scores().probabilities()));
    }
    return new Evidence(
        candidate,
        moments.map(m -> m.distances(seen)).orElse(List.of()),
        model.tellsNumbers()
            ? Answers.NONE
            : Answers.of(
                probabilities.subList(0, looked.compared()), scores.subList(0, looked.compared())),
        looked.hits(probabilities));
  }

  /** How often the network is right with an input. */
  Hits hits(Preprocessing way, Looked looked) {
    List<float[]> probabilities = new ArrayList<>();
    for (int i = 0; i < looked.pictures().size(); i++) {
      boolean known = looked.truths().get(i).isPresent();
      probabilities.add(
          known
              ? floats(
                  feeding.run(end, feeding.tensor(way, looked.pictures().get(i))),
                  model.scores().probabilities())
              : new float[0]);
    }
    return looked.hits(probabilities);
  }

  /** The first row. */
  private float[] floats(Map<String, Tensor> out, String name) {
    float[] all = Optional.ofNullable(out.get(name)).map(Tensor::floats).orElse(new float[0]);
    return Arrays.copyOf(all, model.scores().targets());
  }

  @Override
  public void close() {
    before.ifPresent(CompiledGraph::close);
    end.close();
  }
}
