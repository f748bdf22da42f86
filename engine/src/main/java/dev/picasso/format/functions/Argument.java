package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.LaidOut;
import java.util.List;
import java.util.stream.Stream;

/** What a layer is called with: a tensor, a plain value, or a list of such. */
public sealed interface Argument {
  /** The output of another layer. */
  record Tensor(LaidOut value) implements Argument {}

  /** A number, a text, a list of numbers, or null. */
  record Plain(JsonNode value) implements Argument {}

  /** Numbers of the file that are a tensor there. */
  record Numbers(dev.picasso.graph.Tensor tensor) implements Argument {}

  /** A list with at least one tensor in it. */
  record Many(List<Argument> parts) implements Argument {
    public Many {
      parts = List.copyOf(parts);
    }
  }

  /** All tensors inside, in order. */
  default Stream<LaidOut> tensors() {
    if (this instanceof Tensor tensor) {
      return Stream.of(tensor.value());
    }
    return this instanceof Many many
        ? many.parts().stream().flatMap(Argument::tensors)
        : Stream.empty();
  }
}
