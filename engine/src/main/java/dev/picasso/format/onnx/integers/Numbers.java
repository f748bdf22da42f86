package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** From integers to the real numbers that they stand for, and what a quantization does to these. */
final class Numbers {
  /** Operators that pixels pass before they are quantized, with constants beside them. */
  private static final Set<String> NORMALIZING =
      Set.of(
          "Identity",
          "Cast",
          "Transpose",
          "Reshape",
          "Flatten",
          "Slice",
          "Squeeze",
          "Unsqueeze",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "BatchNormalization");

  /** And a little, since scales are rounded. */
  private static final double ONE_STEP = 1.01;

  private final RealGraph g;
  private final Set<String> halfBytes;

  /**
   * Works on a graph.
   *
   * @param halfBytes names of constants whose integers have four bits in the file
   */
  Numbers(RealGraph g, Set<String> halfBytes) {
    this.g = g;
    this.halfBytes = halfBytes;
  }

  /** The type of integers with that zero point. */
  DataType type(String zeroPoint, DataType whenUnknown) {
    Optional<DataType> constant = g.constant(zeroPoint).map(Tensor::type);
    if (constant.isPresent()) {
      return constant.get();
    }
    return g.maker(zeroPoint)
        .filter(n -> n.op().equals("Cast"))
        .flatMap(n -> DataType.ofOnnxCode((int) n.attributes().integer("to", 0)))
        .orElse(whenUnknown);
  }

  /** The real numbers of a value whose integers are read so. */
  String real(Node beside, String value, Meaning as) {
    if (g.meaning(value).filter(m -> same(m, as)).isPresent()) {
      return value;
    }
    if (g.isFixed(value) && g.isFixed(as.scale()) && g.isFixed(as.zeroPoint())) {
      return dequantized(beside, value, as);
    }
    return decoded(beside, integers(beside, value), as);
  }

  /** The integers themselves, as floating-point numbers that are not rounded. */
  String integers(Node beside, String value) {
    Optional<Meaning> meaning = g.meaning(value);
    if (meaning.isEmpty()) {
      boolean real = g.input(value).map(Value::type).filter(DataType::isFloating).isPresent();
      return real ? value : g.asFloat(beside, value);
    }
    Meaning m = meaning.get();
    if (!isUniform(m)) {
      String centred = g.emit(beside, "Sub", value, field(beside, value, 0, m));
      return g.emit(beside, "Div", centred, step(beside, value, m));
    }
    String steps =
        isOne(m.scale()) ? value : g.emit(beside, "Div", value, number(beside, m.scale()));
    return isZero(m.zeroPoint())
        ? steps
        : g.emit(beside, "Add", steps, g.asFloat(beside, m.zeroPoint()));
  }

  /** The real numbers of integers that are given as floating-point numbers. */
  String decoded(Node beside, String integers, Meaning as) {
    if (!isUniform(as)) {
      String scaled = g.emit(beside, "Mul", integers, step(beside, integers, as));
      return g.emit(beside, "Add", scaled, field(beside, integers, 0, as));
    }
    String centred =
        isZero(as.zeroPoint())
            ? integers
            : g.emit(beside, "Sub", integers, g.asFloat(beside, as.zeroPoint()));
    return isOne(as.scale()) ? centred : g.emit(beside, "Mul", centred, number(beside, as.scale()));
  }

  private String dequantized(Node beside, String integers, Meaning as) {
    String scale = as.scale().isEmpty() ? ones(beside, as.zeroPoint()) : as.scale();
    return as.zeroPoint().isEmpty()
        ? g.emit(beside, "DequantizeLinear", as.layout(), integers, scale)
        : g.emit(beside, "DequantizeLinear", as.layout(), integers, scale, as.zeroPoint());
  }

  /** Scales of one, as many as zero points. */
  private String ones(Node beside, String zeroPoint) {
    Optional<Tensor> zeros = g.constant(zeroPoint);
    long[] dims = zeros.map(z -> z.shape().dims()).orElseGet(() -> new long[0]);
    float[] ones = new float[zeros.map(z -> (int) z.size()).orElse(1)];
    Arrays.fill(ones, 1);
    return g.constant(beside, "one", Tensor.of(ones, dims));
  }

  /** What one step of the integers is worth at each place of a value. */
  private String step(Node beside, String like, Meaning m) {
    return field(beside, like, 1, new Meaning(m.scale(), "", m.layout(), m.type()));
  }

  /** What this integer stands for at each place of a value, where scales differ by place. */
  private String field(Node beside, String like, long integer, Meaning m) {
    Tensor one = Tensor.scalar(integer).as(m.type());
    String shape = g.emit(beside, "Shape", like);
    String same = g.emit(beside, "Expand", g.constant(beside, "integer", one), shape);
    return dequantized(beside, same, m);
  }

  /**
   * Makes what a node of the file quantizes: the real numbers, within those that integers reach,
   * but not rounded.
   *
   * @param output the value of the file's integers
   * @param x the real numbers
   */
  void quantized(Node node, String output, String x, Meaning m) {
    g.mean(output, m);
    double[] ends = integers(m);
    if (ends.length == 0) {
      g.add(identity(node, output, x));
    } else if (!isUniform(m)) {
      String low = field(node, x, (long) ends[0], m);
      String high = field(node, x, (long) ends[1], m);
      String above = g.emit(node, "Max", x, low);
      g.add(node(node, "Min", output, above, high));
    } else if (constant(m.scale(), 1).isEmpty() || constant(m.zeroPoint(), 0).isEmpty()) {
      String low = decoded(node, scalar(node, ends[0]), m);
      String high = decoded(node, scalar(node, ends[1]), m);
      String above = g.emit(node, "Max", x, low);
      g.add(node(node, "Min", output, above, high));
    } else {
      double scale = constant(m.scale(), 1).orElseThrow();
      double zero = constant(m.zeroPoint(), 0).orElseThrow();
      clip(node, output, x, scale, (ends[0] - zero) * scale, (ends[1] - zero) * scale);
    }
  }

  /**
   * Bounds that x passes by no more than a step bound nothing. Pixels lie on the bounds, black ones
   * and white ones, where a Clip has no gradient; they get that of bounds half a step further out.
   */
  private void clip(Node node, String output, String x, double scale, double low, double high) {
    Range range = g.range(x);
    boolean below = range.low() < low - ONE_STEP * scale;
    boolean above = range.high() > high + ONE_STEP * scale;
    if (!below && !above) {
      g.add(identity(node, output, x));
    } else if (isPixels(x)) {
      String exact = g.emit(node, "Clip", x, scalar(node, low), scalar(node, high));
      String wider =
          g.emit(node, "Clip", x, scalar(node, low - scale / 2), scalar(node, high + scale / 2));
      String more = g.emit(node, "StopGradient", g.emit(node, "Sub", exact, wider));
      g.add(node(node, "Add", output, wider, more));
    } else if (above) {
      g.add(node(node, "Clip", output, x, below ? scalar(node, low) : "", scalar(node, high)));
    } else {
      g.add(node(node, "Clip", output, x, scalar(node, low)));
    }
  }

  private boolean isPixels(String value) {
    String at = value;
    while (g.input(at).isEmpty()) {
      Optional<Node> maker = g.maker(at).filter(n -> NORMALIZING.contains(n.op()));
      Optional<String> before =
          maker.flatMap(n -> n.inputs().stream().filter(i -> !g.isFixed(i)).findFirst());
      if (before.isEmpty()
          || maker.orElseThrow().inputs().stream().filter(i -> !g.isFixed(i)).count() != 1) {
        return false;
      }
      at = before.get();
    }
    return true;
  }

  /** The least and the greatest integer; empty where they are too many to be a bound. */
  private double[] integers(Meaning m) {
    boolean half = halfBytes.contains(m.zeroPoint());
    return switch (m.type()) {
      case INT8 -> half ? new double[] {-8, 7} : new double[] {-128, 127};
      case UINT8 -> half ? new double[] {0, 15} : new double[] {0, 255};
      case INT16 -> new double[] {-32768, 32767};
      case UINT16 -> new double[] {0, 65535};
      default -> new double[0];
    };
  }

  /** The value as the integers that the file has, for an operator that sees nothing else. */
  String restored(Node beside, String value) {
    Meaning m = g.meaning(value).orElseThrow();
    boolean rounds = m.type() != DataType.INT32 && m.type() != DataType.INT64;
    if (!rounds || isOne(m.scale())) {
      String whole = g.emit(beside, "Round", integers(beside, value));
      return g.emit(beside, "Cast", Attributes.of("to", m.type().onnxCode()), whole);
    }
    return m.zeroPoint().isEmpty()
        ? g.emit(
            beside,
            "QuantizeLinear",
            m.layout().with("output_dtype", m.type().onnxCode()),
            value,
            m.scale())
        : g.emit(beside, "QuantizeLinear", m.layout(), value, m.scale(), m.zeroPoint());
  }

  /** Whether all elements share a scale and a zero point. */
  boolean isUniform(Meaning m) {
    return g.constant(m.scale()).map(t -> t.size() == 1).orElse(true)
        && g.constant(m.zeroPoint()).map(t -> t.size() == 1).orElse(true);
  }

  /** Whether integers stand for the same under both. */
  boolean same(Meaning a, Meaning b) {
    boolean alike = sameNumbers(a.scale(), b.scale(), 1);
    return alike
        && sameNumbers(a.zeroPoint(), b.zeroPoint(), 0)
        && (isUniform(a) || a.layout().equals(b.layout()));
  }

  private boolean sameNumbers(String a, String b, double whenLeftOut) {
    if (a.equals(b)) {
      return true;
    }
    Optional<Double> one = constant(a, whenLeftOut);
    if (one.isPresent()) {
      return one.equals(constant(b, whenLeftOut));
    }
    Optional<float[]> many = g.constant(a).map(Tensor::floats);
    return many.isPresent()
        && g.constant(b).filter(t -> Arrays.equals(t.floats(), many.get())).isPresent();
  }

  /** The only number of a constant. */
  private Optional<Double> constant(String name, double whenLeftOut) {
    return name.isEmpty()
        ? Optional.of(whenLeftOut)
        : g.constant(name).filter(t -> t.size() == 1).map(t -> (double) t.floats()[0]);
  }

  private boolean isOne(String scale) {
    return constant(scale, 1).filter(s -> s == 1).isPresent();
  }

  private boolean isZero(String zeroPoint) {
    return constant(zeroPoint, 0).filter(z -> z == 0).isPresent();
  }

  /** A scale as a number without axes, where it is known. */
  private String number(Node beside, String scale) {
    return g.constant(scale).filter(t -> t.size() == 1).isPresent()
        ? g.asFloat(beside, scale)
        : scale;
  }

  private String scalar(Node beside, double value) {
    return g.constant(beside, "bound", Tensor.scalar((float) value));
  }

  static Node identity(Node node, String output, String x) {
    return node(node, "Identity", output, x);
  }

  private static Node node(Node like, String op, String output, String... inputs) {
    return new Node(
        like.name(), op, java.util.List.of(inputs), java.util.List.of(output), Attributes.none());
  }
}
