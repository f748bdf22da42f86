package dev.picasso.doctor;

import dev.picasso.Stop;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.runtime.CompiledGraph;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a network one picture.
 *
 * @param held what the other inputs hold
 */
record Feeding(InputSpec input, Map<String, Tensor> held, Stop stop) {
  Feeding {
    held = Map.copyOf(held);
  }

  /** What the input becomes: the picture, as often as the network takes rows. */
  Tensor tensor(Preprocessing way, Picture picture) {
    return new Preprocessor(way)
        .normalize(Collections.nCopies(input.fixedBatch().orElse(1), picture));
  }

  Map<String, Tensor> run(CompiledGraph graph, Tensor x) {
    Map<String, Tensor> inputs = new HashMap<>(held);
    inputs.put(input.name(), x.as(input.type()));
    return graph.run(inputs, stop);
  }
}
