package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Attention of several heads: for each, softmax(q·kᵀ / √d)·v with q, k and v projected from the
 * inputs, and all heads projected together to the output. Vaswani et al. 2017; grouped queries:
 * Ainslie et al. 2023.
 */
final class MultiHeadAttentionLayers {
  private MultiHeadAttentionLayers() {}

  static void addTo(LayerTable layers) {
    layers.putMany("MultiHeadAttention", MultiHeadAttentionLayers::multiHead);
    layers.putMany("GroupedQueryAttention", MultiHeadAttentionLayers::grouped);
    layers.putMany("GroupQueryAttention", MultiHeadAttentionLayers::grouped);
  }

  private static List<LaidOut> multiHead(GraphBuilder g, Layer layer, Inputs in) {
    layer.ignore("num_heads", "key_dim", "value_dim", "output_shape", "flash_attention");
    layer.ignore("query_shape", "key_shape", "value_shape");
    Shape query = query(in).shape();
    int[] axes =
        layer
            .integers("attention_axes")
            .map(given -> Arrays.stream(given).mapToInt(i -> query.axis((int) i)).toArray())
            .orElseGet(() -> IntStream.range(1, query.rank() - 1).toArray());
    return attend(g, layer, in, axes);
  }

  /** Each head of keys and values serves several heads of queries. */
  private static List<LaidOut> grouped(GraphBuilder g, Layer layer, Inputs in) {
    layer.ignore("head_dim", "num_query_heads", "num_key_value_heads", "flash_attention");
    return attend(g, layer, in, new int[] {1});
  }

  private static LaidOut query(Inputs in) {
    return in.tensor(0, "query").orElseThrow(() -> new Unsupported("it is called without query."));
  }

  private static LaidOut value(Inputs in) {
    return in.tensor(1, "value").orElseThrow(() -> new Unsupported("it is called without value."));
  }

  /** Attends along some axes; along all others each place is seen by itself. */
  private static List<LaidOut> attend(GraphBuilder g, Layer layer, Inputs in, int[] axes) {
    boolean biased = layer.flag("use_bias", true);
    Value x = query(in).logical(g);
    Value values = value(in).logical(g);
    Value keys = in.tensor(2, "key").map(k -> k.logical(g)).orElse(values);
    Value q = Heads.first(g, project(g, layer.part("query", "query_dense"), x, biased), axes);
    Value k = Heads.first(g, project(g, layer.part("key", "key_dense"), keys, biased), axes);
    Optional<Value> gate =
        layer.flag("use_gate", false)
            ? Optional.of(g.sigmoid(project(g, layer.part("gate", "gate_dense"), x, biased)))
            : Optional.empty();
    Value v = Heads.first(g, project(g, layer.part("value", "value_dense"), values, biased), axes);
    long repeats = q.dim(-3) / k.dim(-3);
    Value turned = Heads.turned(g, Heads.repeated(g, k, repeats));
    Value scores = g.matMul(g.mul(q, 1 / Math.sqrt((double) q.dim(-1))), turned);
    Value weights =
        g.softmax(AttentionMasks.hide(g, scores, mask(g, layer, in, scores)), scores.rank() - 1);
    Value seen = g.matMul(weights, Heads.repeated(g, v, repeats));
    Value together = Heads.back(g, seen, x.shape(), axes);
    Value gated = gate.map(s -> g.mul(together, s)).orElse(together);
    Value y = output(g, layer.part("attention_output", "output_dense"), gated, biased);
    return in.flag(7, "return_attention_scores")
        ? List.of(
            LaidOut.asIs(y), LaidOut.asIs(Heads.pairs(g, weights, x.shape(), values.shape(), axes)))
        : List.of(LaidOut.asIs(y));
  }

  /** x·W + b for each head; x […, in], W [in, heads, size], result […, heads, size]. */
  private static Value project(GraphBuilder g, Layer part, Value x, boolean biased) {
    Tensor kernel = part.weight("kernel", x.dim(-1), -1, -1);
    long heads = kernel.shape().dim(1);
    long size = kernel.shape().dim(2);
    Value y = g.matMul(x, part.constant(g, "kernel", kernel.reshaped(x.dim(-1), heads * size)));
    if (biased) {
      Tensor bias = part.weight("bias", heads, size);
      y = g.add(y, part.constant(g, "bias", bias.reshaped(heads * size)));
    }
    return g.reshape(y, Heads.withLast(y.shape(), 1, heads, size));
  }

  /** Σ x·W + b over heads and their features; x […, heads, size], W [heads, size, out…]. */
  private static Value output(GraphBuilder g, Layer part, Value x, boolean biased) {
    long heads = x.dim(-2);
    long size = x.dim(-1);
    Tensor kernel = part.anyWeight("kernel");
    long[] dims = kernel.shape().dims();
    if (dims.length < 3 || dims[0] != heads || dims[1] != size) {
      throw new Unsupported("its output weights of shape " + kernel.shape() + " do not fit.");
    }
    long[] out = Arrays.copyOfRange(dims, 2, dims.length);
    long outputs = kernel.size() / (heads * size);
    Value w = part.constant(g, "kernel", kernel.reshaped(heads * size, outputs));
    Value y = g.matMul(g.reshape(x, Heads.withLast(x.shape(), 2, heads * size)), w);
    if (biased) {
      Tensor bias = part.weight("bias", out);
      y = g.add(y, part.constant(g, "bias", bias.reshaped(outputs)));
    }
    return g.reshape(y, Heads.withLast(y.shape(), 1, out));
  }

  /** What the masks of query, value and key allow, the given one, and the layer's own. */
  private static Optional<Value> mask(GraphBuilder g, Layer layer, Inputs in, Value scores) {
    Optional<Value> all = Optional.empty();
    if (in.flag(9, "use_causal_mask")) {
      all = Optional.of(AttentionMasks.causal(g, scores));
    }
    int window = layer.integer("sliding_window", 0);
    if (window > 0) {
      Value near = AttentionMasks.of(g, scores, (t, s) -> Math.abs(t - s) < window);
      all = AttentionMasks.both(g, all, Optional.of(near));
    }
    all = AttentionMasks.both(g, all, steps(g, in, 3, "query_mask", query(in), 1, 3));
    all = AttentionMasks.both(g, all, steps(g, in, 4, "value_mask", value(in), 1, 2));
    Optional<LaidOut> key = in.tensor(2, "key");
    if (key.isPresent()) {
      all = AttentionMasks.both(g, all, steps(g, in, 5, "key_mask", key.get(), 1, 2));
    }
    Optional<Value> given =
        in.tensor(6, "attention_mask").map(m -> g.cast(m.logical(g), DataType.BOOL));
    Optional<Value> fitting = given.map(m -> m.rank() == 3 ? g.unsqueeze(m, 1) : m);
    Optional<Value> mask = AttentionMasks.both(g, all, fitting);
    if (mask.isPresent() && mask.get().rank() > 2 && scores.rank() != 4) {
      throw new Unsupported("masks with attention along chosen axes are not supported.");
    }
    return mask;
  }

  /** A mask of steps as truths for scores [N, heads, T, S]. */
  private static Optional<Value> steps(
      GraphBuilder g, Inputs in, int place, String keyword, LaidOut of, long... newAxes) {
    return in.tensor(place, keyword)
        .map(m -> g.cast(m.logical(g), DataType.BOOL))
        .or(of::mask)
        .map(m -> g.unsqueeze(m, newAxes));
  }
}
