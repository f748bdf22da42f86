package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.layout.LaidOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A call of a layer as the topology has it: which outputs of which layers it reads.
 *
 * @param positional arguments in order
 * @param named arguments by keyword
 */
record CallSpec(List<Part> positional, Map<String, Part> named) {

  /** Output number {@code tensor} of the call number {@code node} of a layer. */
  record Key(String layer, int node, int tensor) {}

  /** One argument. */
  sealed interface Part {
    /** What another layer made. */
    record Ref(Key key) implements Part {}

    /** A value that is no tensor. */
    record Plain(JsonNode value) implements Part {}

    /** A list with references in it. */
    record Many(List<Part> parts) implements Part {}

    /** All references inside, in order. */
    default Stream<Key> keys() {
      if (this instanceof Ref ref) {
        return Stream.of(ref.key());
      }
      return this instanceof Many many ? many.parts().stream().flatMap(Part::keys) : Stream.empty();
    }
  }

  Stream<Key> keys() {
    return Stream.concat(positional.stream(), named.values().stream()).flatMap(Part::keys);
  }

  /** The arguments themselves; empty if one of them could not be made. */
  Optional<Inputs> resolve(Function<Key, Optional<LaidOut>> outputs) {
    List<Optional<Argument>> places = positional.stream().map(p -> argument(p, outputs)).toList();
    Map<String, Argument> keywords = new java.util.LinkedHashMap<>();
    for (var entry : named.entrySet()) {
      Optional<Argument> argument = argument(entry.getValue(), outputs);
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      keywords.put(entry.getKey(), argument.get());
    }
    return places.stream().allMatch(Optional::isPresent)
        ? Optional.of(new Inputs(places.stream().flatMap(Optional::stream).toList(), keywords))
        : Optional.empty();
  }

  private static Optional<Argument> argument(Part part, Function<Key, Optional<LaidOut>> outputs) {
    if (part instanceof Part.Ref ref) {
      return outputs.apply(ref.key()).map(Argument.Tensor::new);
    }
    if (part instanceof Part.Many many) {
      List<Optional<Argument>> parts =
          many.parts().stream().map(p -> argument(p, outputs)).toList();
      return parts.stream().allMatch(Optional::isPresent)
          ? Optional.of(new Argument.Many(parts.stream().flatMap(Optional::stream).toList()))
          : Optional.empty();
    }
    return part instanceof Part.Plain plain
        ? Optional.of(new Argument.Plain(plain.value()))
        : Optional.empty();
  }
}
