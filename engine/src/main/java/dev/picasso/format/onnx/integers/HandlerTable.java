package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The operators that compute with quantized numbers. */
final class HandlerTable {
  /** The domain of ONNX Runtime's own operators. */
  private static final String MICROSOFT = "com.microsoft";

  private static final HandlerTable STANDARD = new HandlerTable();

  private final Map<String, Handler> handlers = new HashMap<>();
  private final Map<String, IntPredicate> weights = new HashMap<>();

  private HandlerTable() {
    Conversions.addTo(this);
    Products.addTo(this);
    Functions.addTo(this);
  }

  static HandlerTable standard() {
    return STANDARD;
  }

  /**
   * An operator of ONNX that ONNX Runtime has as its own as well, for more types.
   *
   * @param numbers which inputs are numbers that are computed with, not scales or zero points
   */
  void put(String op, Handler handler, IntPredicate numbers) {
    handlers.put(op, handler);
    weights.put(op, numbers);
    putOwn(op, handler, numbers);
  }

  /** An operator of ONNX Runtime alone. */
  void putOwn(String op, Handler handler, IntPredicate numbers) {
    handlers.put(MICROSOFT + "." + op, handler);
    weights.put(MICROSOFT + "." + op, numbers);
  }

  /** These inputs. */
  static IntPredicate inputs(int... places) {
    return i -> IntStream.of(places).anyMatch(p -> p == i);
  }

  Optional<Handler> find(Node node) {
    return Optional.ofNullable(handlers.get(key(node)));
  }

  /** Which inputs of a node are numbers that are computed with; empty for other operators. */
  Optional<IntPredicate> numbers(Node node) {
    return Optional.ofNullable(weights.get(key(node)));
  }

  private static String key(Node node) {
    return node.domain().isEmpty() ? node.op() : node.domain() + "." + node.op();
  }

  /** The names of all operators, with the domain of those that are not ONNX's. */
  Set<String> operators() {
    return Set.copyOf(handlers.keySet());
  }
}
