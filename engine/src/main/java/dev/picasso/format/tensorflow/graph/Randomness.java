package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Random numbers, which a model draws for training only: dropout keeps all, scaled as nothing were
 * dropped; noise is left out.
 */
final class Randomness {
  private static final Set<String> MASKING =
      Set.of("Floor", "Round", "Greater", "GreaterEqual", "Less", "LessEqual", "Ceil");
  private static final Set<String> KEEPING =
      Set.of(
          "Add",
          "AddV2",
          "Sub",
          "Mul",
          "RealDiv",
          "Div",
          "Cast",
          "Reshape",
          "Neg",
          "Maximum",
          "Minimum",
          "Sqrt",
          "Exp",
          "Log",
          "Square",
          "LogicalNot",
          "Shape",
          "ExpandDims");

  private Randomness() {}

  static void addTo(NodeTable table) {
    table.putSource(
        call -> List.of(new Known.Random(false)),
        "RandomUniform",
        "RandomUniformInt",
        "RandomStandardNormal",
        "ParameterizedTruncatedNormal",
        "TruncatedNormal",
        "StatelessRandomUniform",
        "StatelessRandomUniformV2",
        "StatelessRandomUniformInt",
        "StatelessRandomUniformIntV2",
        "StatelessRandomNormal",
        "StatelessRandomNormalV2",
        "StatelessTruncatedNormal",
        "StatelessTruncatedNormalV2",
        "StatelessRandomGetKeyCounter",
        "StatelessRandomGetAlg",
        "StatelessRandomGetKeyCounterAlg",
        "RngReadAndSkip");
  }

  static boolean touches(NodeCall call) {
    return call.inputs().stream().anyMatch(Known.Random.class::isInstance);
  }

  /** What an operator makes of random numbers and others. */
  static List<Known> read(NodeCall call) {
    boolean alone = call.inputs().stream().noneMatch(Known.Flow.class::isInstance);
    boolean mask =
        call.inputs().stream().anyMatch(k -> k instanceof Known.Random random && random.mask());
    if (alone && (MASKING.contains(call.op()) || KEEPING.contains(call.op()))) {
      return List.of(new Known.Random(mask || MASKING.contains(call.op())));
    }
    if (!alone) {
      Optional<Known> rest = withoutNoise(call, mask);
      if (rest.isPresent()) {
        call.note("Dropout and noise, which draw random numbers, are left out.");
        return List.of(rest.get());
      }
    }
    throw new Unsupported("draws random numbers, so that an explanation would change every time.");
  }

  private static Optional<Known> withoutNoise(NodeCall call, boolean mask) {
    return switch (call.op()) {
      case "Add", "AddV2" -> Optional.of(call.inputs().get(flow(call)));
      case "Sub" -> flow(call) == 0 ? Optional.of(call.inputs().get(0)) : Optional.empty();
      case "Mul" -> Optional.of(mask ? unscaled(call, flow(call)) : call.inputs().get(flow(call)));
      case "Select", "SelectV2" ->
          call.input(0) instanceof Known.Random && call.input(1) instanceof Known.Flow
              ? Optional.of(unscaled(call, 1))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static int flow(NodeCall call) {
    return call.input(0) instanceof Known.Flow ? 0 : 1;
  }

  /** What was divided by the share that is kept, or multiplied by its inverse. */
  private static Known unscaled(NodeCall call, int place) {
    Known scaled = call.input(place);
    Optional<NodeCall> maker = call.callOf(place);
    if (maker.isEmpty() || maker.get().inputs().size() != 2) {
      return scaled;
    }
    NodeDef node = maker.get().node();
    boolean scales = Set.of("Mul", "RealDiv", "Div").contains(node.getOp());
    int other = maker.get().input(0) instanceof Known.Numbers ? 0 : 1;
    boolean byOne =
        maker.get().input(other) instanceof Known.Numbers factor && factor.tensor().size() == 1;
    return scales && byOne ? maker.get().input(1 - other) : scaled;
  }
}
