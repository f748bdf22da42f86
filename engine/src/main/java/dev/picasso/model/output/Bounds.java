package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Between which numbers a value lies, whatever the image, by the operators that make it. */
public final class Bounds {
  private static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Range UNIT = new Range(0, 1);
  private static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);

  /** Constants with more numbers than a last layer's bias are not looked through. */
  private static final int SMALL = 1 << 16;

  private static final int DEEP = 60;

  private final Lookup look;
  private final Map<String, Range> known = new HashMap<>();

  public Bounds(Lookup look) {
    this.look = look;
  }

  /** The lowest and the highest number; infinite where there is no limit. */
  public record Range(double low, double high) {
    /** Whether all of the range is between two numbers, but for rounding. */
    public boolean within(double lowest, double highest) {
      double slack = 1e-4 * (highest - lowest);
      return low >= lowest - slack && high <= highest + slack;
    }

    private static Range of(double... corners) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double corner : corners) {
        if (Double.isNaN(corner)) {
          return ALL;
        }
        low = Math.min(low, corner);
        high = Math.max(high, corner);
      }
      return new Range(low, high);
    }

    private Range and(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    private Range plus(Range other) {
      return of(low + other.low, high + other.high);
    }

    private Range times(Range other) {
      return of(
          product(low, other.low),
          product(low, other.high),
          product(high, other.low),
          product(high, other.high));
    }

    private static double product(double a, double b) {
      return a == 0 || b == 0 ? 0 : a * b;
    }

    private Range negative() {
      return new Range(-high, -low);
    }

    private Range inverse() {
      return low > 0 || high < 0 ? of(1 / low, 1 / high) : ALL;
    }

    private Range limited(Range other) {
      return new Range(clamped(low, other), clamped(high, other));
    }

    private static double clamped(double x, Range to) {
      return Math.max(to.low, Math.min(to.high, x));
    }
  }

  public Range of(String value) {
    return of(value, DEEP);
  }

  private Range of(String value, int steps) {
    Range range = known.get(value);
    if (range == null) {
      range =
          look.graph().constant(value).map(Bounds::constant).orElseGet(() -> made(value, steps));
      known.put(value, range);
    }
    return range;
  }

  private static Range constant(Tensor tensor) {
    boolean readable = tensor.size() > 0 && tensor.size() <= SMALL;
    if (!readable) {
      return ALL;
    }
    double[] numbers = new double[(int) tensor.size()];
    float[] floats = tensor.floats();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats[i];
    }
    return Range.of(numbers);
  }

  private Range made(String value, int steps) {
    Optional<Node> node = look.maker(value).filter(n -> steps > 0 && n.output().equals(value));
    return node.map(n -> made(n, steps - 1)).orElse(ALL);
  }

  private Range made(Node node, int steps) {
    return switch (node.op()) {
      case "Sigmoid", "Softmax", "HardSigmoid", "Hardmax" -> UNIT;
      case "Exp", "Relu", "Abs", "Softplus", "Sqrt", "ReduceL1", "ReduceL2" -> NOT_NEGATIVE;
      case "LogSoftmax" -> NOT_NEGATIVE.negative();
      case "Tanh", "Erf", "Sin", "Cos", "Softsign" -> new Range(-1, 1);
      case "Neg" -> in(node, 0, steps).negative();
      case "Reciprocal" -> in(node, 0, steps).inverse();
      case "Add" -> in(node, 0, steps).plus(in(node, 1, steps));
      case "Sub" -> in(node, 0, steps).plus(in(node, 1, steps).negative());
      case "Mul" ->
          node.inputs().get(0).equals(node.inputs().get(1))
              ? NOT_NEGATIVE
              : in(node, 0, steps).times(in(node, 1, steps));
      case "Div" -> in(node, 0, steps).times(in(node, 1, steps).inverse());
      case "Clip" -> in(node, 0, steps).limited(limits(node));
      case "Max", "Min", "Mean", "Concat" -> together(node.inputs().stream(), steps);
      case "Where" -> together(node.inputs().stream().skip(1), steps);
      case "Identity",
          "Cast",
          "Dropout",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Transpose",
          "Slice",
          "Gather",
          "Split",
          "Expand",
          "Tile",
          "ReduceMean",
          "ReduceMax",
          "ReduceMin",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "MaxPool" ->
          in(node, 0, steps);
      case "Resize" ->
          node.attributes().text("mode", "nearest").equals("cubic") ? ALL : in(node, 0, steps);
      case "MatMul" ->
          Interpolation.of(look, node)
              .filter(Interpolation::positive)
              .map(i -> in(node, i.input(), steps))
              .orElse(ALL);
      case "ReduceSum" -> in(node, 0, steps).low() >= 0 ? NOT_NEGATIVE : ALL;
      default -> ALL;
    };
  }

  private Range in(Node node, int input, int steps) {
    return node.hasInput(input) ? of(node.inputs().get(input), steps) : ALL;
  }

  private Range together(Stream<String> values, int steps) {
    return values.map(v -> of(v, steps)).reduce(Range::and).orElse(ALL);
  }

  private Range limits(Node node) {
    OptionalDouble low = look.scalar(node, 1);
    OptionalDouble high = look.scalar(node, 2);
    return new Range(low.orElse(ALL.low()), high.orElse(ALL.high()));
  }
}
