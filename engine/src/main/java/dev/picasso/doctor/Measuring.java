package dev.picasso.doctor;

import dev.picasso.Stop;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a network on images that are given to it in several ways. It owns sessions: close it. */
final class Measuring implements AutoCloseable {
  private static final int MOST_LAYERS = 24;

  private final Model model;
  private final InputSpec input;
  private final Map<String, Tensor> held;
  private final Optional<Moments> moments;
  private final Optional<CompiledGraph> before;
  private final CompiledGraph end;
  private final Stop stop;

  /**
   * Ready to measure.
   *
   * @param held what the other inputs hold
   */
  Measuring(
      Model model, InputSpec input, Map<String, Tensor> held, RuntimeOptions options, Stop stop) {
    this.model = model;
    this.input = input;
    this.held = Map.copyOf(held);
    this.stop = stop;
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

  /** One candidate on all images. */
  Evidence measure(Candidate candidate, Preprocessing base, List<Picture> pictures) {
    Preprocessor preprocessor = new Preprocessor(candidate.in(base));
    int rows = input.fixedBatch().orElse(1);
    List<Map<String, Tensor>> seen = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    for (Picture picture : pictures) {
      Tensor x = preprocessor.normalize(Collections.nCopies(rows, picture));
      before.ifPresent(b -> seen.add(run(b, x)));
      Map<String, Tensor> out = run(end, x);
      scores.add(floats(out, model.scores().scores()));
      probabilities.add(floats(out, model.scores().probabilities()));
    }
    return new Evidence(
        candidate,
        moments.map(m -> m.distances(seen)).orElse(List.of()),
        Answers.of(probabilities, scores));
  }

  /** The first row. */
  private float[] floats(Map<String, Tensor> out, String name) {
    float[] all = Optional.ofNullable(out.get(name)).map(Tensor::floats).orElse(new float[0]);
    return Arrays.copyOf(all, model.scores().targets());
  }

  private Map<String, Tensor> run(CompiledGraph graph, Tensor x) {
    Map<String, Tensor> inputs = new HashMap<>(held);
    inputs.put(input.name(), x.as(input.type()));
    return graph.run(inputs, stop);
  }

  @Override
  public void close() {
    before.ifPresent(CompiledGraph::close);
    end.close();
  }
}
