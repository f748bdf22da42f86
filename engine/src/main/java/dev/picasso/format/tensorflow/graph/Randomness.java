package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/**
 * Random numbers, which a model draws for training only: dropout keeps all, scaled as nothing were
 * dropped; noise is left out.
 */
final class Randomness {
  private static final Set<String> DRAWING =
      Set.of(
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
  private static final Set<String> MASKING =
      Set.of("Floor", "Round", "Greater", "GreaterEqual", "Less", "LessEqual", "Ceil");
  private static final Set<String> SCALING = Set.of("Mul", "RealDiv", "Div");
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
        call -> List.of(new Known.Random(false, false)), DRAWING.toArray(String[]::new));
  }

  /** Whether an operator draws random numbers. */
  static boolean draws(String op) {
    return DRAWING.contains(op);
  }

  /** Whether what an operator makes of random numbers and others is random numbers. */
  static boolean isStillRandom(String op) {
    return KEEPING.contains(op) || op.equals("Identity");
  }

  static boolean touches(NodeCall call) {
    return call.inputs().stream().anyMatch(Known.Random.class::isInstance);
  }

  /** What an operator makes of random numbers and others. */
  static List<Known> read(NodeCall call) {
    boolean alone = call.inputs().stream().noneMatch(Known.Flow.class::isInstance);
    boolean mask = drawn(call).anyMatch(Known.Random::mask);
    boolean scaled = drawn(call).anyMatch(Known.Random::scaled);
    if (alone && (MASKING.contains(call.op()) || KEEPING.contains(call.op()))) {
      return List.of(
          new Known.Random(
              mask || MASKING.contains(call.op()),
              scaled || (mask && SCALING.contains(call.op()))));
    }
    if (!alone) {
      Optional<Known> rest = withoutNoise(call, mask, mask && !scaled);
      if (rest.isPresent()) {
        call.note("Dropout and noise, which draw random numbers, are left out.");
        return List.of(rest.get());
      }
    }
    throw new Unsupported("draws random numbers, so that an explanation would change every time.");
  }

  private static Stream<Known.Random> drawn(NodeCall call) {
    return call.inputs().stream()
        .filter(Known.Random.class::isInstance)
        .map(Known.Random.class::cast);
  }

  /**
   * What an operator makes of a value if nothing is dropped out and no noise is added; empty where
   * that is not so simple, as where dropped elements get another number than zero.
   *
   * @param mask whether elements are kept or not
   * @param scales whether those that are kept were scaled before
   */
  private static Optional<Known> withoutNoise(NodeCall call, boolean mask, boolean scales) {
    Known kept = call.input(flow(call));
    return switch (call.op()) {
      case "Add", "AddV2" -> mask ? Optional.empty() : Optional.of(kept);
      case "Sub" -> mask || flow(call) != 0 ? Optional.empty() : Optional.of(kept);
      case "Mul" -> Optional.of(scales ? unscaled(call, flow(call)) : kept);
      case "Select", "SelectV2" ->
          call.input(0) instanceof Known.Random
                  && call.input(1) instanceof Known.Flow
                  && dropsToZero(call)
              ? Optional.of(unscaled(call, 1))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether elements that are not kept are zero. */
  private static boolean dropsToZero(NodeCall call) {
    if (call.input(2) instanceof Known.Numbers numbers) {
      return isAll(numbers.tensor(), v -> v == 0);
    }
    return call.callOf(2).filter(c -> c.op().equals("ZerosLike")).isPresent();
  }

  private static boolean isAll(Tensor numbers, DoublePredicate test) {
    for (float value : numbers.floats()) {
      if (!test.test(value)) {
        return false;
      }
    }
    return true;
  }

  private static int flow(NodeCall call) {
    return call.input(0) instanceof Known.Flow ? 0 : 1;
  }

  /**
   * What was divided by the share that is kept, at most 1, or multiplied by its inverse; the value
   * itself, and a word about it, where it was not.
   */
  private static Known unscaled(NodeCall call, int place) {
    Optional<Known> before = call.callOf(place).flatMap(Randomness::beforeScaling);
    if (before.isEmpty()) {
      call.note(
          call.path()
              + " drops elements out and nothing before it scales those that stay; if something"
              + " after it does, that factor is still there.");
    }
    return before.orElse(call.input(place));
  }

  private static Optional<Known> beforeScaling(NodeCall maker) {
    boolean divides = maker.op().equals("RealDiv") || maker.op().equals("Div");
    if (maker.inputs().size() != 2 || !(divides || maker.op().equals("Mul"))) {
      return Optional.empty();
    }
    int other = !divides && maker.input(0) instanceof Known.Numbers ? 0 : 1;
    boolean scales =
        maker.input(other) instanceof Known.Numbers factor
            && factor.tensor().size() == 1
            && isAll(factor.tensor(), v -> divides ? v >= 0 && v <= 1 : v >= 1);
    return scales ? Optional.of(maker.input(1 - other)) : Optional.empty();
  }
}
