package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The arguments of one call of a layer.
 *
 * @param positional in order, as in the Python call
 * @param named by keyword
 */
public record Inputs(List<Argument> positional, Map<String, Argument> named) {

  public Inputs {
    positional = List.copyOf(positional);
    named = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(named));
  }

  public static Inputs of(LaidOut... values) {
    return new Inputs(Stream.of(values).<Argument>map(Argument.Tensor::new).toList(), Map.of());
  }

  /** All tensors, those by keyword last. */
  public List<LaidOut> all() {
    return Stream.concat(positional.stream(), named.values().stream())
        .flatMap(Argument::tensors)
        .toList();
  }

  /** The tensor that most layers are called with: the first. */
  public LaidOut only() {
    List<LaidOut> all = all();
    if (all.isEmpty()) {
      throw new Unsupported("it is called without an input.");
    }
    return all.get(0);
  }

  /** The argument by its place or its keyword. */
  public Optional<Argument> argument(int place, String keyword) {
    return place < positional.size()
        ? Optional.of(positional.get(place))
        : Optional.ofNullable(named.get(keyword));
  }

  /** The tensor by its place or its keyword. */
  public Optional<LaidOut> tensor(int place, String keyword) {
    return argument(place, keyword).flatMap(a -> a.tensors().findFirst());
  }

  /** A switch by its place or its keyword, such as {@code use_causal_mask}; off where absent. */
  public boolean flag(int place, String keyword) {
    return argument(place, keyword)
        .map(a -> a instanceof Argument.Plain plain && plain.value().asBoolean(false))
        .orElse(false);
  }

  /** Which steps of the first tensor count: as the call says, or as was said before. */
  public Optional<Value> mask() {
    return Optional.ofNullable(named.get("mask"))
        .flatMap(a -> a.tensors().findFirst())
        .map(LaidOut::stored)
        .or(() -> only().mask());
  }
}
