package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Attention of one head: weights a = softmax(scores(q, k)), output y = a·v; q [N, T, d], k and v
 * [N, S, d].
 */
final class AttentionLayers {
  /** How scores [N, T, S] come of query and key. */
  @FunctionalInterface
  private interface Scores {
    Value of(GraphBuilder g, Layer layer, Value query, Value key);
  }

  private AttentionLayers() {}

  static void addTo(LayerTable layers) {
    layers.putMany(
        "Attention", (g, layer, in) -> attend(g, layer, in, AttentionLayers::attentionScores));
    layers.putMany(
        "AdditiveAttention",
        (g, layer, in) -> attend(g, layer, in, AttentionLayers::additiveScores));
  }

  /** scale · q·kᵀ, or w · Σ tanh(scale · (q + k)). */
  private static Value attentionScores(GraphBuilder g, Layer layer, Value query, Value key) {
    boolean scaled = layer.flag("use_scale", false);
    Optional<Value> scale =
        scaled
            ? Optional.of(layer.constant(g, "scale", layer.anyWeight("scale").reshaped()))
            : Optional.empty();
    // Keras writes the function itself in place of the word into some HDF5 files: "dot" alone is
    // mistaken for one.
    boolean dot =
        layer
            .argument("score_mode")
            .map(mode -> !mode.isTextual() || mode.textValue().equals("dot"))
            .orElse(true);
    if (dot) {
      Value scores = g.matMul(query, g.transpose(key, 0, 2, 1));
      return scale.map(s -> g.mul(scores, s)).orElse(scores);
    }
    layer.oneOf("score_mode", "concat", "concat");
    Value weight =
        layer.constant(g, "concat_score_weight", layer.anyWeight("concat_score_weight").reshaped());
    Value sum = pairs(g, query, key);
    Value scores = g.sum(g.tanh(scale.map(s -> g.mul(sum, s)).orElse(sum)), false, 3);
    return g.mul(scores, weight);
  }

  /** Σ scale · tanh(q + k) over the features. Bahdanau et al. 2015. */
  private static Value additiveScores(GraphBuilder g, Layer layer, Value query, Value key) {
    Value tanh = g.tanh(pairs(g, query, key));
    Value scaled =
        layer.flag("use_scale", true)
            ? g.mul(tanh, layer.constant(g, "scale", layer.weight("scale", query.dim(2))))
            : tanh;
    return g.sum(scaled, false, 3);
  }

  /** q + k for each pair of steps: [N, T, S, d]. */
  private static Value pairs(GraphBuilder g, Value query, Value key) {
    return g.add(g.unsqueeze(query, 2), g.unsqueeze(key, 1));
  }

  private static List<LaidOut> attend(GraphBuilder g, Layer layer, Inputs in, Scores function) {
    List<LaidOut> given =
        in.positional().isEmpty() ? List.of() : in.positional().get(0).tensors().toList();
    if (given.size() < 2 || given.size() > 3 || given.stream().anyMatch(x -> x.rank() != 3)) {
      throw new Unsupported("it needs a query, a value and perhaps a key, of steps and features.");
    }
    Value query = given.get(0).logical(g);
    Value value = given.get(1).logical(g);
    Value scores = function.of(g, layer, query, given.get(given.size() - 1).logical(g));
    boolean causal = layer.flag("causal", false) || in.flag(3, "use_causal_mask");
    Optional<Value> mask = mask(in, 1).or(() -> given.get(1).mask()).map(m -> g.unsqueeze(m, 1));
    Optional<Value> all =
        AttentionMasks.both(
            g, mask, causal ? Optional.of(AttentionMasks.causal(g, scores)) : Optional.empty());
    Value weights = g.softmax(AttentionMasks.hide(g, scores, all), 2);
    Value y = g.matMul(weights, value);
    Optional<Value> asked = mask(in, 0).or(() -> given.get(0).mask());
    if (asked.isPresent()) {
      y = g.where(g.unsqueeze(asked.get(), 2), y, g.scalarLike(y, 0));
    }
    LaidOut output = LaidOut.asIs(y).masked(asked);
    return in.flag(4, "return_attention_scores")
        ? List.of(output, LaidOut.asIs(weights))
        : List.of(output);
  }

  private static Optional<Value> mask(Inputs in, int place) {
    return Optional.ofNullable(in.named().get("mask"))
        .filter(Argument.Many.class::isInstance)
        .map(Argument.Many.class::cast)
        .filter(many -> place < many.parts().size())
        .flatMap(many -> many.parts().get(place).tensors().findFirst())
        .map(LaidOut::stored);
  }
}
