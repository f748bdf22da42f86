package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** EinsumDense: y = f(Σ x·W + b), where an equation such as "abc,cd->abd" says what is summed. */
final class EinsumDense {
  private static final String ELLIPSIS = "...";

  private EinsumDense() {}

  static LaidOut emit(GraphBuilder g, Layer layer, Inputs in) {
    Value x = in.only().logical(g);
    layer.ignore("output_shape");
    String equation = explicit(layer.text("equation", ""), x.rank());
    Tensor kernel = layer.anyWeight("kernel");
    boolean biased = !layer.text("bias_axes", "").isEmpty();
    Tensor bias = biased ? layer.anyWeight("bias") : Tensor.scalar(0f);
    kernel = LowRank.added(layer, kernel, "lora_kernel_a", "lora_kernel_b");
    String[] terms = equation.split("->|,", -1);
    if (terms.length != 3
        || terms[0].length() != x.rank()
        || terms[1].length() != kernel.shape().rank()) {
      throw new Unsupported(
          "the equation " + equation + " does not fit " + x.shape() + " and " + kernel.shape());
    }
    Value w = layer.constant(g, "kernel", kernel);
    Value y = g.op("Einsum", Attributes.of("equation", equation), x, w);
    LaidOut sum = LaidOut.asIs(biased ? g.add(y, layer.constant(g, "bias", bias)) : y);
    return LayerActivations.apply(g, layer, sum);
  }

  /** The equation with a letter for each axis that an ellipsis leaves out. */
  private static String explicit(String equation, int rank) {
    String plain = equation.replace(" ", "");
    int at = plain.indexOf(ELLIPSIS);
    if (at < 0) {
      return plain;
    }
    int named = plain.substring(0, Math.max(plain.indexOf(','), 0)).length() - ELLIPSIS.length();
    String free =
        IntStream.rangeClosed('A', 'Z')
            .filter(c -> plain.indexOf(c) < 0)
            .limit(Math.max(rank - named, 0))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return plain.replace(ELLIPSIS, free);
  }
}
