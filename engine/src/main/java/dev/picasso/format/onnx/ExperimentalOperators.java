package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators that ONNX had on trial until its version 1.5 and that files of 2017 to 2019 still have,
 * in words that stayed. CoreML's converter wrote ImageScaler, Caffe2's exporter most others.
 */
final class ExperimentalOperators {
  private ExperimentalOperators() {}

  static void addTo(OpsetUpgrade table) {
    table.always("ImageScaler", ExperimentalOperators::imageScaler);
    table.always("Affine", ExperimentalOperators::affine);
    table.always("Scale", ExperimentalOperators::scale);
    table.always("ScaledTanh", (node, g) -> scaled(node, g, "Tanh"));
    table.always("ParametricSoftplus", (node, g) -> scaled(node, g, "Softplus"));
    table.always("Crop", ExperimentalOperators::crop);
    table.always("DynamicSlice", (node, g) -> Rewrite.op(node, "Slice"));
    table.always("GivenTensorFill", ExperimentalOperators::given);
    table.below(9, "MeanVarianceNormalization", ExperimentalOperators::meanVariance);
  }

  /** y = scale · x + bias, with a bias for each channel. */
  private static Node imageScaler(Node node, GraphDraft g) {
    float scale = node.attributes().real("scale", 1);
    float[] bias = floats(node, "bias");
    String x = scale == 1 ? node.inputs().get(0) : times(node, g, node.inputs().get(0), scale);
    Tensor each = Tensor.of(bias, bias.length == 0 ? 1 : bias.length, 1, 1);
    return composed(node, "Add", x, g.constant(node, "bias", each));
  }

  /** y = α · x + β. */
  private static Node affine(Node node, GraphDraft g) {
    String x = times(node, g, node.inputs().get(0), node.attributes().real("alpha", 1));
    Tensor beta = Tensor.scalar(node.attributes().real("beta", 0));
    return composed(node, "Add", x, g.constant(node, "beta", beta));
  }

  private static Node scale(Node node, GraphDraft g) {
    Tensor scale = Tensor.scalar(node.attributes().real("scale", 1));
    return composed(node, "Mul", node.inputs().get(0), g.constant(node, "scale", scale));
  }

  /** y = α · f(β · x). */
  private static Node scaled(Node node, GraphDraft g, String function) {
    String inner = times(node, g, node.inputs().get(0), node.attributes().real("beta", 1));
    String y = g.emit(node, function, Attributes.none(), inner);
    Tensor alpha = Tensor.scalar(node.attributes().real("alpha", 1));
    return composed(node, "Mul", y, g.constant(node, "alpha", alpha));
  }

  /**
   * Pixels cut off on the left, top, right and bottom; or a height and width instead of the latter.
   */
  private static Node crop(Node node, GraphDraft g) {
    long[] border = node.attributes().integers("border").orElseGet(() -> new long[0]);
    long[] size = node.attributes().integers("scale").orElseGet(() -> new long[0]);
    if (border.length != 4 || (size.length != 0 && size.length != 2)) {
      throw new ModelException("its border is not that of four sides, or its scale not of two");
    }
    long left = border[0];
    long top = border[1];
    boolean sized = size.length == 2;
    long bottom = sized ? top + size[0] : border[3] == 0 ? Long.MAX_VALUE : -border[3];
    long right = sized ? left + size[1] : border[2] == 0 ? Long.MAX_VALUE : -border[2];
    return composed(
        node,
        "Slice",
        node.inputs().get(0),
        g.constant(node, "starts", Tensor.longs(top, left)),
        g.constant(node, "ends", Tensor.longs(bottom, right)),
        g.constant(node, "axes", Tensor.longs(2, 3)));
  }

  private static Node given(Node node, GraphDraft g) {
    float[] values = floats(node, "values");
    long[] shape = node.attributes().integers("shape").orElse(new long[] {values.length});
    if (node.attributes().flag("input_as_shape", false) || node.attributes().has("extra_shape")) {
      throw new ModelException("takes its shape from an input");
    }
    return composed(node, "Identity", g.constant(node, "values", Tensor.of(values, shape)));
  }

  /** Over a channel of all images, or over everything; the variance may stay what it is. */
  private static Node meanVariance(Node node, GraphDraft g) {
    boolean across = node.attributes().flag("across_channels", false);
    long[] axes = across ? new long[] {0, 1, 2, 3} : new long[] {0, 2, 3};
    if (node.attributes().flag("normalize_variance", true)) {
      return Rewrite.attributes(node, Attributes.of("axes", axes));
    }
    String x = node.inputs().get(0);
    String constant = g.constant(node, "axes", Tensor.longs(axes));
    String mean = g.emit(node, "ReduceMean", Attributes.none(), x, constant);
    return composed(node, "Sub", x, mean);
  }

  private static String times(Node node, GraphDraft g, String x, float factor) {
    String constant = g.constant(node, "factor", Tensor.scalar(factor));
    return g.emit(node, "Mul", Attributes.none(), x, constant);
  }

  private static Node composed(Node node, String op, String... inputs) {
    return new Node(node.name(), op, List.of(inputs), node.outputs(), Attributes.none());
  }

  private static float[] floats(Node node, String attribute) {
    List<Float> values = new ArrayList<>();
    if (node.attributes().asMap().get(attribute) instanceof List<?> list) {
      for (Object value : list) {
        if (!(value instanceof Float number)) {
          throw new ModelException("its attribute " + attribute + " is no list of numbers");
        }
        values.add(number);
      }
    }
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }
}
