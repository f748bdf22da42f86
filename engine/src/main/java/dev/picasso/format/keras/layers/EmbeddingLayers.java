package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Layers that turn numbers of things into vectors, and those that say which steps count. */
final class EmbeddingLayers {
  private EmbeddingLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Embedding", EmbeddingLayers::embedding);
    layers.put("ReversibleEmbedding", EmbeddingLayers::reversible);
    layers.put("Masking", EmbeddingLayers::masking);
  }

  /** y[…] = E[x[…]]; E [input_dim, output_dim]. With mask_zero, steps of 0 do not count. */
  private static LaidOut embedding(GraphBuilder g, Layer layer, Inputs in) {
    return look(g, layer, in, table(layer));
  }

  /** As an embedding; called with {@code reverse}, y = x·Eᵀ, or x·R where R was learnt apart. */
  private static LaidOut reversible(GraphBuilder g, Layer layer, Inputs in) {
    Tensor table = table(layer);
    boolean tied = layer.flag("tie_weights", true);
    double cap = layer.number("logit_soft_cap", 0);
    layer.ignore("reverse_dtype", "mask_zero");
    if (!in.flag(1, "reverse")) {
      return look(g, layer, in, table);
    }
    long[] dims = table.shape().dims();
    Tensor back =
        tied ? Kernels.permuted(table, 1, 0) : layer.weight("reverse_embeddings", dims[1], dims[0]);
    Value y = g.matMul(in.only().logical(g), layer.constant(g, "reverse_embeddings", back));
    return LaidOut.asIs(cap == 0 ? y : g.mul(g.tanh(g.div(y, cap)), cap));
  }

  private static Tensor table(Layer layer) {
    long rows = layer.integer("input_dim", -1);
    long columns = layer.integer("output_dim", -1);
    Tensor table = layer.weight("embeddings", rows, columns);
    return LowRank.added(layer, table, "lora_embeddings_a", "lora_embeddings_b");
  }

  private static LaidOut look(GraphBuilder g, Layer layer, Inputs in, Tensor table) {
    Value x = in.only().logical(g);
    Value rows = layer.constant(g, "embeddings", table);
    LaidOut y = LaidOut.asIs(g.gather(rows, g.cast(x, DataType.INT64), 0));
    return layer.flag("mask_zero", false) ? y.masked(Optional.of(differs(g, x, 0))) : y;
  }

  /** Steps that are all {@code mask_value} become zero and do not count. */
  private static LaidOut masking(GraphBuilder g, Layer layer, Inputs in) {
    Value x = in.only().logical(g);
    Value differing = g.cast(differs(g, x, layer.number("mask_value", 0)), DataType.FLOAT);
    Value any = g.reduce("ReduceMax", differing, true, x.rank() - 1);
    Value counts = g.greater(any, g.scalarLike(any, 0));
    Value mask = g.squeeze(counts, x.rank() - 1);
    return LaidOut.asIs(g.where(counts, x, g.scalarLike(x, 0))).masked(Optional.of(mask));
  }

  private static Value differs(GraphBuilder g, Value x, double from) {
    return g.op("Not", g.equal(x, g.scalarLike(x, from)));
  }
}
