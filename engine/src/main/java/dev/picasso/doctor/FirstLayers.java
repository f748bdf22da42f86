package dev.picasso.doctor;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the first normalizations of a network get to see. It owns a session: close it. */
final class FirstLayers implements AutoCloseable {
  /** Which see little else than the numbers of pixels; the others are left to judge by. */
  private static final int MOST = 2;

  private final Feeding feeding;
  private final Moments moments;
  private final CompiledGraph graph;

  /** Of a network that has some. */
  FirstLayers(Graph network, Feeding feeding, RuntimeOptions options) {
    this.feeding = feeding;
    this.moments = Moments.of(network, NormalizedLayer.of(network, MOST));
    this.graph = CompiledGraph.of(moments.graph(), options);
  }

  /** How far their activations are from training's. */
  double distance(Preprocessing way, List<Picture> pictures) {
    List<Map<String, Tensor>> seen = new ArrayList<>();
    for (Picture picture : pictures) {
      seen.add(feeding.run(graph, feeding.tensor(way, picture)));
    }
    return moments.distances(seen).stream().mapToDouble(d -> d).average().orElse(0);
  }

  @Override
  public void close() {
    graph.close();
  }
}
