package dev.picasso.format.keras.walk;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the knowledge which steps of a sequence count goes from layer to layer: Embedding and Masking
 * make it, layers that treat each step by itself pass it on, all others lose it, as in Keras.
 */
final class Masks {
  private static final Set<String> ONE =
      Set.of(
          "Activation",
          "ActivityRegularization",
          "AlphaDropout",
          "BatchNormalization",
          "Dense",
          "Dropout",
          "ELU",
          "EinsumDense",
          "GaussianDropout",
          "GaussianNoise",
          "GroupNormalization",
          "Identity",
          "LayerNormalization",
          "LeakyReLU",
          "Masking",
          "MultiHeadAttention",
          "PReLU",
          "RMSNormalization",
          "ReLU",
          "Rescaling",
          "Softmax",
          "SpatialDropout1D",
          "ThresholdedReLU",
          "TimeDistributed",
          "UnitNormalization");

  private static final Set<String> MERGES =
      Set.of("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract");

  private Masks() {}

  /** The outputs of a layer, with the mask of its input where the layer passes it on. */
  static List<LaidOut> passOn(GraphBuilder g, String kind, Inputs inputs, List<LaidOut> outputs) {
    List<LaidOut> from = inputs.all();
    if (from.stream().allMatch(x -> x.mask().isEmpty())) {
      return outputs;
    }
    Optional<Value> mask =
        ONE.contains(kind)
            ? from.get(0).mask()
            : MERGES.contains(kind)
                ? from.stream().flatMap(x -> x.mask().stream()).reduce((a, b) -> g.op("And", a, b))
                : Optional.empty();
    boolean refused = kind.equals("Concatenate") || kind.equals("Dot");
    if (refused) {
      throw new Unsupported("inputs with masks cannot be merged like this.");
    }
    return outputs.stream().map(y -> y.mask().isPresent() ? y : y.masked(mask)).toList();
  }
}
