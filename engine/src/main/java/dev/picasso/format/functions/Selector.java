package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands between the brackets of x[…]: one for each axis, more or less. */
sealed interface Selector {
  /** Every step-th place from start up to stop, as Python counts. */
  record Range(Optional<Long> start, Optional<Long> stop, long step) implements Selector {
    boolean isAll() {
      return step == 1 && start.orElse(0L) == 0 && stop.isEmpty();
    }
  }

  /** One place; the axis goes. */
  record Place(long index) implements Selector {}

  /** Several places in this order. */
  record Places(List<Long> indices) implements Selector {
    public Places {
      indices = List.copyOf(indices);
    }
  }

  /** A new axis of length one. */
  record NewAxis() implements Selector {}

  /** All axes that are not named. */
  record Ellipsis() implements Selector {}

  /** All places of an axis. */
  static Range all() {
    return new Range(Optional.empty(), Optional.empty(), 1);
  }

  /** From what Keras writes for the brackets: a list, or a single thing. */
  static List<Selector> parse(Optional<Argument> argument) {
    List<Selector> selectors = new ArrayList<>();
    if (argument.isEmpty()) {
      selectors.add(new NewAxis());
    } else if (argument.get() instanceof Argument.Many many) {
      many.parts().forEach(p -> selectors.add(one(p)));
    } else if (argument.get() instanceof Argument.Plain plain
        && Literals.unwrapped(plain.value()).isArray()) {
      Literals.unwrapped(plain.value()).forEach(n -> selectors.add(one(new Argument.Plain(n))));
    } else {
      selectors.add(one(argument.get()));
    }
    return selectors;
  }

  private static Selector one(Argument argument) {
    if (argument instanceof Argument.Tensor tensor) {
      return tensor
          .value()
          .sizes()
          .filter(s -> s.size() == 1 && !s.get(0).perImage())
          .<Selector>map(s -> new Place(s.get(0).number()))
          .orElseThrow(() -> new Unsupported("it picks places that the model computes."));
    }
    if (!(argument instanceof Argument.Plain plain)) {
      throw new Unsupported("it picks places that the model computes.");
    }
    JsonNode node = Literals.unwrapped(plain.value());
    if (node.isNull()) {
      return new NewAxis();
    }
    if (node.isNumber()) {
      return new Place(whole(node));
    }
    if (node.isArray()) {
      List<Long> places = new ArrayList<>();
      node.forEach(n -> places.add(whole(n)));
      return new Places(places);
    }
    String kind = node.path("class_name").asText("");
    if (kind.equals("__ellipsis__") || node.asText("").equals("...")) {
      return new Ellipsis();
    }
    JsonNode range = kind.equals("__slice__") ? node.path("config") : node;
    if (range.has("start") && range.has("stop")) {
      return new Range(
          bound(range.path("start")),
          bound(range.path("stop")),
          bound(range.path("step")).orElse(1L));
    }
    throw new Unsupported("it picks " + Literals.shortened(node) + ", which is no slice.");
  }

  private static Optional<Long> bound(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? Optional.empty() : Optional.of(whole(node));
  }

  private static long whole(JsonNode node) {
    if (!node.isIntegralNumber() || Math.abs(node.doubleValue()) > Integer.MAX_VALUE) {
      throw new Unsupported(
          "its slice has " + Literals.shortened(node) + " where a place of an axis is needed.");
    }
    return node.longValue();
  }
}
