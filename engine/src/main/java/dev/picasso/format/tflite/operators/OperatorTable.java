package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which handler is for which operator. Each family adds its own. */
public final class OperatorTable {
  /** Operators that run others, or that keep something from run to run. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "IF", "branches while the model runs.",
          "WHILE", "is a loop that runs while the model does.",
          "CALL_ONCE", "sets variables before the model runs.",
          "VAR_HANDLE", "keeps something from run to run.",
          "READ_VARIABLE", "keeps something from run to run.",
          "ASSIGN_VARIABLE", "keeps something from run to run.",
          "RANDOM_UNIFORM", "draws random numbers, so that an explanation would change.",
          "RANDOM_STANDARD_NORMAL", "draws random numbers, so that an explanation would change.",
          "MULTINOMIAL", "draws random numbers, so that an explanation would change.");

  private final Map<String, OperatorHandler> handlers = new HashMap<>();

  /** All that Picasso brings. */
  public static OperatorTable standard() {
    OperatorTable table = new OperatorTable();
    SameAsTensorFlow.addTo(table);
    Sums.addTo(table);
    Activations.addTo(table);
    Convolutions.addTo(table);
    Pooling.addTo(table);
    Products.addTo(table);
    Reshaping.addTo(table);
    Joining.addTo(table);
    Slicing.addTo(table);
    Reductions.addTo(table);
    Images.addTo(table);
    Normalizations.addTo(table);
    Conversions.addTo(table);
    return table;
  }

  /** An operator with one output. */
  void put(String kind, OperatorHandler.Single handler) {
    putAny(kind, (g, op) -> List.of(new Argument.Tensor(handler.emit(g, op))));
  }

  /** An operator with several outputs that the model computes. */
  void putMany(
      String kind,
      java.util.function.BiFunction<dev.picasso.graph.GraphBuilder, Operation, List<LaidOut>>
          handler) {
    putAny(
        kind,
        (g, op) -> handler.apply(g, op).stream().<Argument>map(Argument.Tensor::new).toList());
  }

  /** An operator whose output may be known without running it. */
  void putAny(String kind, OperatorHandler handler) {
    if (handlers.put(kind, handler) != null) {
      throw new IllegalStateException("two handlers for " + kind);
    }
  }

  /**
   * The handler of an operator.
   *
   * @throws Unsupported if there is none, and why
   */
  OperatorHandler find(String kind) {
    return Optional.ofNullable(handlers.get(kind))
        .orElseThrow(
            () ->
                new Unsupported(
                    REFUSED.getOrDefault(kind, "there is no importer for this operator.")));
  }

  /** The names of all operators that can be imported. */
  public Set<String> kinds() {
    return Set.copyOf(handlers.keySet());
  }
}
