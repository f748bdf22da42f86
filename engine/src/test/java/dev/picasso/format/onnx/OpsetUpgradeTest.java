package dev.picasso.format.onnx;

import static dev.picasso.format.onnx.Models.attribute;
import static dev.picasso.format.onnx.Models.node;
import static dev.picasso.format.onnx.Models.output;
import static dev.picasso.format.onnx.Models.tensor;
import static dev.picasso.format.onnx.Models.value;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.picasso.format.ImportOptions;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old operators: ONNX Runtime runs the file itself, and the graph that we make of it. */
class OpsetUpgradeTest {
  @TempDir Path folder;

  static Stream<Case> cases() {
    return Stream.of(
        op(7, "Softmax").on(2, 3, 4),
        op(11, "Softmax").with("axis", 2).on(2, 3, 4),
        op(11, "Softmax").with("axis", -1).on(2, 3, 4),
        op(12, "Softmax").with("axis", -2).on(2, 3, 4),
        op(13, "Softmax").on(2, 3, 4),
        op(9, "LogSoftmax").with("axis", 0).on(2, 3, 4),
        op(9, "Hardmax").on(2, 3, 4),
        op(7, "Squeeze").with("axes", ints(1, 3)).on(2, 1, 3, 1),
        op(9, "Squeeze").on(2, 1, 3, 1),
        op(11, "Unsqueeze").with("axes", ints(0, -1)).on(2, 3),
        op(7, "Unsqueeze").with("axes", ints(0, 2)).on(2, 3),
        op(9, "ReduceSum").with("axes", ints(1)).with("keepdims", 0).on(2, 3, 4),
        op(11, "ReduceSum").on(2, 3, 4),
        op(13, "ReduceMean").with("axes", ints(2, 3)).on(2, 3, 4, 5),
        op(17, "ReduceMean").with("axes", ints(-1)).with("keepdims", 0).on(2, 3, 4, 5),
        op(8, "ReduceMax").with("axes", ints(1)).on(2, 3, 4),
        op(13, "ReduceL2").with("axes", ints(1)).on(2, 3, 4),
        op(13, "ReduceLogSumExp").with("axes", ints(1)).on(2, 3, 4),
        op(9, "TopK").with("k", 2).with("axis", 1).on(2, 5).outputs(2),
        op(10, "TopK").constant(Tensor.longs(3)).on(2, 5).outputs(2),
        op(7, "Clip").with("min", -0.2).with("max", 0.3).on(2, 5),
        op(6 + 1, "Clip").with("min", 0.0).on(2, 5),
        op(10, "Clip").with("max", 0.1).on(2, 5),
        op(11, "Clip").constant(Tensor.scalar(-0.1f)).on(2, 5),
        op(7, "Slice").with("starts", ints(1, 0)).with("ends", ints(9, -1)).on(3, 4),
        op(9, "Slice").with("starts", ints(1)).with("ends", ints(3)).with("axes", ints(1)).on(3, 4),
        op(10, "Slice").constant(Tensor.longs(1)).constant(Tensor.longs(3)).on(3, 4),
        op(7, "Pad").with("pads", ints(0, 0, 1, 2, 0, 0, 3, 4)).on(1, 2, 3, 3),
        op(10, "Pad").with("pads", ints(1, 0, 0, 2)).with("value", 1.5).on(2, 3),
        op(9, "Pad").with("pads", ints(1, 1, 1, 1)).with("mode", "reflect").on(3, 3),
        op(9, "Pad").with("pads", ints(1, 0, -1, 1)).with("mode", "edge").on(3, 3),
        op(7, "Split").with("axis", 1).on(2, 6).outputs(3),
        op(11, "Split").with("axis", 1).with("split", ints(1, 3, 2)).on(2, 6).outputs(3),
        op(13, "Split").with("axis", 1).on(2, 6).outputs(2),
        op(13, "Split").with("axis", -1).constant(Tensor.longs(1, 5)).on(2, 6).outputs(2),
        op(22, "LpNormalization").with("p", 1).on(2, 3),
        op(22, "MaxPool").with("kernel_shape", ints(2, 2)).on(1, 2, 4, 4),
        op(24, "Swish").with("alpha", 1.5).on(2, 3),
        op(23, "RMSNormalization").constant(random(4)).with("epsilon", .01).on(2, 3, 4),
        op(23, "RMSNormalization").constant(random(3, 4)).with("axis", -2).on(2, 3, 4),
        op(7, "Upsample").with("scales", floats(1, 1, 2, 3)).on(1, 2, 3, 3),
        op(8, "Upsample").with("scales", floats(1, 1, 2, 2)).with("mode", "linear").on(1, 2, 3, 3),
        op(9, "Upsample").constant(Tensor.of(floats(1, 1, 2, 2), 4)).on(1, 2, 3, 3),
        op(9, "Upsample")
            .with("mode", "linear")
            .constant(Tensor.of(floats(1, 1, 3, 3), 4))
            .on(1, 2, 3, 3),
        op(10, "Resize").constant(Tensor.of(floats(1, 1, 2, 2), 4)).on(1, 2, 3, 3),
        op(10, "Resize").constant(Tensor.of(floats(1, 1, .6f, .5f), 4)).on(1, 2, 5, 6),
        op(10, "Resize")
            .with("mode", "linear")
            .constant(Tensor.of(floats(1, 1, .6f, 2), 4))
            .on(1, 2, 5, 6),
        op(11, "Resize")
            .with("mode", "linear")
            .constant(Tensor.of(floats(), 0))
            .constant(Tensor.of(floats(), 0))
            .constant(Tensor.longs(1, 2, 7, 4))
            .on(1, 2, 5, 6),
        op(11, "Resize")
            .with("coordinate_transformation_mode", "tf_half_pixel_for_nn")
            .with("nearest_mode", "floor")
            .constant(Tensor.of(floats(), 0))
            .constant(Tensor.of(floats(1, 1, 2.5f, .5f), 4))
            .on(1, 2, 5, 6),
        op(11, "Resize")
            .with("mode", "cubic")
            .with("coordinate_transformation_mode", "align_corners")
            .constant(Tensor.of(floats(), 0))
            .constant(Tensor.of(floats(1, 1, 2, 2), 4))
            .on(1, 2, 5, 6),
        op(13, "Resize")
            .with("mode", "linear")
            .with("coordinate_transformation_mode", "pytorch_half_pixel")
            .skipped()
            .constant(Tensor.of(floats(1, 1, 2, 2), 4))
            .on(1, 2, 5, 6),
        op(7, "Dropout").with("ratio", 0.5).on(2, 3),
        op(10, "Dropout").on(2, 3),
        op(12, "Dropout").constant(Tensor.scalar(.5f)).on(2, 3).outputs(2),
        op(13, "Dropout")
            .constant(Tensor.scalar(.5f))
            .constant(Tensor.of(new boolean[] {false}))
            .on(2, 3),
        norm(7).with("epsilon", 0.01).with("momentum", 0.8).on(2, 3, 4, 4),
        norm(9).on(2, 3, 4, 4),
        norm(14).on(2, 3, 4, 4),
        norm(15).with("training_mode", 0).on(2, 3),
        op(7, "Gemm")
            .with("transB", 1)
            .with("alpha", 0.5)
            .constant(random(4, 3))
            .constant(random(4))
            .on(2, 3),
        op(11, "Gemm").constant(random(3, 4)).on(2, 3),
        op(9, "Cast").with("to", 7).on(2, 3),
        op(18, "GroupNormalization")
            .with("num_groups", 2)
            .constant(random(2))
            .constant(random(2))
            .on(2, 6, 3, 3),
        op(21, "GroupNormalization")
            .with("num_groups", 2)
            .constant(random(6))
            .constant(random(6))
            .on(2, 6, 3, 3),
        op(7, "AveragePool")
            .with("kernel_shape", ints(2, 2))
            .with("count_include_pad", 1)
            .with("pads", ints(1, 1, 1, 1))
            .on(1, 2, 4, 4),
        op(10, "AveragePool")
            .with("kernel_shape", ints(3, 3))
            .with("strides", ints(2, 2))
            .with("ceil_mode", 1)
            .on(1, 2, 6, 6),
        op(7, "AveragePool")
            .with("kernel_shape", ints(3, 3))
            .with("auto_pad", "SAME_UPPER")
            .on(1, 2, 4, 4),
        op(8, "MaxPool").with("kernel_shape", ints(2, 2)).on(1, 2, 4, 4).outputs(2),
        op(12, "MaxPool")
            .with("kernel_shape", ints(2, 2))
            .with("dilations", ints(2, 2))
            .on(1, 2, 5, 5),
        op(16, "GridSample").constant(random(1, 3, 3, 2)).on(1, 2, 4, 4),
        op(16, "GridSample").with("mode", "bicubic").constant(random(1, 3, 3, 2)).on(1, 2, 4, 4),
        op(16, "GridSample")
            .with("mode", "nearest")
            .with("align_corners", 1)
            .constant(random(1, 3, 3, 2))
            .on(1, 2, 4, 4),
        op(9, "Scatter")
            .with("axis", 1)
            .constant(Tensor.of(new long[] {1, 0}, 2, 1))
            .constant(random(2, 1))
            .on(2, 3),
        op(9, "ConstantOfShape").fixed(Tensor.longs(2, 3)).with("value", Tensor.of(floats(4), 1)),
        op(7, "PRelu").constant(random(3, 1, 1)).on(2, 3, 2, 2),
        op(7, "InstanceNormalization").constant(random(3)).constant(random(3)).on(2, 3, 4, 4),
        op(9, "Flatten").with("axis", 2).on(2, 3, 4),
        op(7, "Pow").constant(Tensor.scalar(2f)).on(2, 3),
        op(7, "LRN").with("size", 3).on(2, 5, 3, 3),
        op(7, "GlobalAveragePool").on(2, 3, 4, 4),
        op(11, "DepthToSpace").with("blocksize", 2).with("mode", "CRD").on(1, 8, 2, 2),
        op(7, "DepthToSpace").with("blocksize", 2).on(1, 8, 2, 2),
        op(11, "ArgMax").with("axis", -1).on(2, 5),
        op(1, "Softmax").on(2, 3, 4),
        op(1, "Conv").constant(random(2, 3, 2, 2)).on(1, 3, 4, 4),
        op(1, "MaxPool").with("kernel_shape", ints(2, 2)).on(1, 2, 4, 4),
        op(4, "Reshape").with("shape", ints(0, -1)).on(2, 3, 4),
        op(2, "Pad").with("pads", ints(0, 1, 0, 2)).on(2, 3),
        op(4, "Concat").with("axis", 1).constant(random(2, 3)).on(2, 3),
        op(6, "Relu").on(2, 3),
        op(6, "Clip").with("min", -.2).with("max", .3).on(2, 5),
        op(7, "ImageScaler").with("bias", floats(1, -2, .5f)).with("scale", 2.0).on(2, 3, 4, 4),
        op(7, "ImageScaler").with("bias", floats(-103, -116, -123)).on(1, 3, 2, 2),
        op(7, "Affine").with("alpha", 2.0).with("beta", -1.0).on(2, 3),
        op(7, "Affine").with("alpha", .5).on(2, 3),
        op(7, "Scale").with("scale", .25).on(2, 3),
        op(7, "ScaledTanh").with("alpha", 2.0).with("beta", .5).on(2, 3),
        op(7, "ParametricSoftplus").with("alpha", 2.0).with("beta", .5).on(2, 3),
        op(7, "ThresholdedRelu").with("alpha", .25).on(2, 3),
        op(7, "Crop").with("border", ints(1, 2, 0, 1)).on(1, 2, 6, 5),
        op(7, "Crop").with("border", ints(1, 2, 1, 1)).with("scale", ints(3, 2)).on(1, 2, 6, 5),
        op(7, "DynamicSlice").constant(Tensor.longs(0, 1)).constant(Tensor.longs(1, 3)).on(2, 3),
        op(7, "MeanVarianceNormalization").on(2, 3, 4, 5),
        op(7, "MeanVarianceNormalization").with("across_channels", 1).on(2, 3, 4, 5),
        op(7, "MeanVarianceNormalization").with("normalize_variance", 0).on(2, 3, 4, 5));
  }

  /** What ONNX Runtime does not run any more, and how it is said today. */
  static Stream<Case[]> rewordings() {
    return Stream.of(
        new Case[] {
          op(6, "Add").with("broadcast", 1).with("axis", 1).constant(random(3)).on(2, 3, 4, 5),
          op(13, "Add").constant(random(3, 1, 1)).on(2, 3, 4, 5)
        },
        new Case[] {
          op(1, "Mul").with("broadcast", 1).with("axis", 1).constant(random(3, 4)).on(2, 3, 4, 5),
          op(13, "Mul").constant(random(3, 4, 1)).on(2, 3, 4, 5)
        },
        new Case[] {
          op(6, "Sub").with("broadcast", 1).with("axis", -3).constant(random(3)).on(2, 3, 4, 5),
          op(13, "Sub").constant(random(3, 1, 1)).on(2, 3, 4, 5)
        },
        new Case[] {
          op(6, "Div").with("broadcast", 1).constant(random(5)).on(2, 3, 4, 5),
          op(13, "Div").constant(random(5)).on(2, 3, 4, 5)
        },
        new Case[] {
          op(6, "PRelu").constant(random(3)).on(2, 3, 4, 5),
          op(13, "PRelu").constant(random(3, 1, 1)).on(2, 3, 4, 5)
        },
        new Case[] {
          op(6, "Gemm").with("broadcast", 1).constant(random(3, 4)).constant(random(4)).on(2, 3),
          op(13, "Gemm").constant(random(3, 4)).constant(random(4)).on(2, 3)
        },
        new Case[] {
          norm(5).with("consumed_inputs", ints(0, 0, 0, 1, 1)).with("is_test", 1).on(2, 3, 2, 2),
          norm(15).on(2, 3, 2, 2)
        },
        new Case[] {norm(6).with("is_test", 1).on(2, 3, 2, 2), norm(15).on(2, 3, 2, 2)},
        new Case[] {
          op(1, "Upsample").with("height_scale", 2.0).with("width_scale", 3.0).on(1, 2, 2, 2),
          op(7, "Upsample").with("scales", floats(1, 1, 2, 3)).on(1, 2, 2, 2)
        },
        new Case[] {
          op(5, "Relu").with("consumed_inputs", ints(0)).on(2, 3), op(13, "Relu").on(2, 3)
        },
        new Case[] {
          op(5, "Selu").on(2, 3), op(6, "Selu").with("alpha", 1.6732).with("gamma", 1.0507).on(2, 3)
        },
        new Case[] {
          op(5, "Cast").with("to", "INT64").on(2, 3), op(9, "Cast").with("to", 7).on(2, 3)
        },
        new Case[] {
          op(1, "Concat").constant(random(2, 4)).on(2, 3),
          op(13, "Concat").with("axis", 1).constant(random(2, 4)).on(2, 3)
        },
        new Case[] {
          op(1, "Pad").with("paddings", ints(0, 1, 0, 2)).on(2, 3),
          op(2, "Pad").with("pads", ints(0, 1, 0, 2)).on(2, 3)
        },
        new Case[] {
          op(6, "Dropout").with("ratio", .5).with("is_test", 1).on(2, 3), op(13, "Dropout").on(2, 3)
        },
        new Case[] {
          op(1, "LpPool").with("kernel_shape", ints(2, 2)).with("p", 3.0).on(1, 2, 4, 4),
          op(11, "LpPool").with("kernel_shape", ints(2, 2)).with("p", 3).on(1, 2, 4, 4)
        },
        new Case[] {
          op(7, "GivenTensorFill").with("values", floats(1, 2, 3, 4)).with("shape", ints(2, 2)),
          op(9, "ConstantOfShape").fixed(Tensor.longs(2, 2))
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rewordings")
  void whatTheFirstOpsetsSaidMeansTheSameInTodaysWords(Case old, Case today) {
    Map<String, Tensor> inputs = today.inputs();
    Tensor expected =
        Objects.requireNonNull(
            BareRuntime.run(today.model().build().toByteArray(), inputs).get("y"));
    OnnxReader reader =
        OnnxReader.read(Models.write(folder, old.model()), ImportOptions.none(), new OneOff());
    Tensor actual = Objects.requireNonNull(BareRuntime.evaluate(reader.graph(), inputs).get("y"));
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.type()).isEqualTo(expected.type());
    if (old.op.equals("GivenTensorFill")) {
      assertThat(actual.floats()).containsExactly(1, 2, 3, 4);
    } else {
      assertThat(actual.floats()).containsExactly(expected.floats(), Offset.offset(1e-6f));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void meansTheSameInTodaysOpset(Case c) {
    ModelProto.Builder model = c.model();
    Map<String, Tensor> inputs = c.inputs();
    Map<String, Tensor> expected = BareRuntime.run(model.build().toByteArray(), inputs);

    OnnxReader reader =
        OnnxReader.read(Models.write(folder, model), ImportOptions.none(), new OneOff());
    Map<String, Tensor> actual = BareRuntime.evaluate(reader.graph(), inputs);

    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(actual.get(name).shape()).isEqualTo(tensor.shape());
          assertThat(actual.get(name).type()).isEqualTo(tensor.type());
          assertThat(actual.get(name).floats())
              .containsExactly(tensor.floats(), Offset.offset(1e-6f));
        });
  }

  private static long[] ints(long... values) {
    return values;
  }

  private static float[] floats(float... values) {
    return values;
  }

  private static Tensor random(long... dims) {
    Random random = new Random(5);
    long size = 1;
    for (long d : dims) {
      size *= d;
    }
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(values, dims);
  }

  private static Case op(int opset, String op) {
    return new Case(opset, op);
  }

  private static Case norm(int opset) {
    Case c = op(opset, "BatchNormalization");
    return c.constant(random(3))
        .constant(random(3))
        .constant(random(3))
        .constant(Tensor.of(floats(.5f, 1, 2), 3));
  }

  /** One operator on a random input x and constants after it. */
  private static final class Case {
    private final int opset;
    private final String op;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<Tensor> constants = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private long[] x = {};
    private int outputs = 1;

    Case(int opset, String op) {
      this.opset = opset;
      this.op = op;
    }

    Case with(String name, Object value) {
      attributes.put(name, value);
      return this;
    }

    Case constant(Tensor tensor) {
      constants.add(tensor);
      names.add("c" + names.size());
      return this;
    }

    Case skipped() {
      constants.add(Tensor.longs(0));
      names.add("");
      return this;
    }

    /** No input but this constant. */
    Case fixed(Tensor tensor) {
      return constant(tensor);
    }

    Case on(long... dims) {
      x = dims;
      return this;
    }

    Case outputs(int n) {
      outputs = n;
      return this;
    }

    Map<String, Tensor> inputs() {
      return x.length == 0 ? Map.of() : Map.of("x", random(x));
    }

    ModelProto.Builder model() {
      List<String> made = Stream.of("y", "y1", "y2").limit(outputs).toList();
      List<String> read = new ArrayList<>(x.length == 0 ? List.of() : List.of("x"));
      read.addAll(names);
      NodeProto.Builder node = node(op, String.join(",", read), String.join(",", made));
      attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
      GraphProto.Builder graph = GraphProto.newBuilder().addNode(node);
      if (x.length > 0) {
        graph.addInput(value("x", DataType.FLOAT, x));
      }
      for (int i = 0; i < constants.size(); i++) {
        if (!names.get(i).isEmpty()) {
          graph.addInitializer(tensor(names.get(i), constants.get(i)));
          if (opset < 9) {
            long[] dims = constants.get(i).shape().dims();
            graph.addInput(value(names.get(i), constants.get(i).type(), dims));
          }
        }
      }
      made.forEach(name -> graph.addOutput(output(name)));
      return Models.model(opset, graph);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(op + "-" + opset);
      attributes.forEach(
          (k, v) ->
              text.append(' ')
                  .append(k)
                  .append('=')
                  .append(attribute(k, v).toString().lines().skip(1).toList()));
      return text.append(" on ").append(java.util.Arrays.toString(x)).toString();
    }
  }
}
