package dev.picasso.graph.shape;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Types and shapes of what an operator makes, for the operators that importers and gradient rules
 * emit. (Graphs read from ONNX files learn their shapes by being run once instead.)
 */
public final class ShapeInference {
  private static final ShapeInference STANDARD = new ShapeInference();

  /** One operator's rule: the shapes of its outputs. */
  interface Rule extends Function<Operands, List<Shape>> {}

  /** Type and shape of one output. */
  public record Inferred(DataType type, Shape shape) {}

  private final Map<String, Rule> rules = new HashMap<>();

  private ShapeInference() {
    ElementwiseShapes.addTo(rules);
    ConvolutionShapes.addTo(rules);
    ReductionShapes.addTo(rules);
    LayoutShapes.addTo(rules);
    MatrixShapes.addTo(rules);
  }

  public static ShapeInference standard() {
    return STANDARD;
  }

  public boolean knows(String op) {
    return rules.containsKey(op);
  }

  /** The operators that have a rule. */
  public Set<String> ops() {
    return Set.copyOf(rules.keySet());
  }

  /**
   * Types and shapes of the outputs.
   *
   * @throws IllegalArgumentException if the operator is unknown, or its inputs do not fit it
   */
  public List<Inferred> infer(Operands operands) {
    Rule rule = rules.get(operands.op());
    if (rule == null) {
      throw new IllegalArgumentException("no shape rule for the operator " + operands.op());
    }
    List<Shape> shapes = rule.apply(operands);
    return java.util.stream.IntStream.range(0, shapes.size())
        .mapToObj(i -> new Inferred(type(operands, i), shapes.get(i)))
        .toList();
  }

  private static final Set<String> BOOLEAN =
      Set.of(
          "Equal",
          "Less",
          "Greater",
          "LessOrEqual",
          "GreaterOrEqual",
          "And",
          "Or",
          "Xor",
          "Not",
          "IsNaN",
          "IsInf");

  private static DataType type(Operands in, int output) {
    String op = in.op();
    if (BOOLEAN.contains(op)) {
      return DataType.BOOL;
    }
    return switch (op) {
      case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> DataType.INT64;
      case "MaxPool", "TopK" -> output == 1 ? DataType.INT64 : in.type(0);
      case "Where", "CastLike" -> in.type(1);
      case "OneHot" -> in.type(2);
      case "Cast" ->
          DataType.ofOnnxCode((int) in.attributes().integer("to", DataType.FLOAT.onnxCode()))
              .orElseThrow(() -> new IllegalArgumentException("Cast to an unsupported type"));
      case "Bernoulli", "RandomNormalLike", "RandomUniformLike" ->
          DataType.ofOnnxCode((int) in.attributes().integer("dtype", 0)).orElse(in.type(0));
      case "ConstantOfShape" ->
          in.attributes().tensor("value").map(t -> t.type()).orElse(DataType.FLOAT);
      default -> in.type(0);
    };
  }
}
