package dev.picasso.format.keras.recorded;

import static dev.picasso.format.keras.recorded.RecordedModel.brackets;
import static dev.picasso.format.keras.recorded.RecordedModel.layer;
import static dev.picasso.format.keras.recorded.RecordedModel.ops;
import static dev.picasso.format.keras.recorded.RecordedModel.raw;
import static dev.picasso.format.keras.recorded.RecordedModel.read;
import static dev.picasso.format.keras.recorded.RecordedModel.tf;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be imported is refused in one sentence that names layer and function. */
class RefusedFunctionsTest {
  /** A single layer y, and what the message says of it. */
  record Refused(String layer, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Refused> unknown() {
    return Stream.of(
        function("math.bessel_i0", "", "there is no importer for this function of TensorFlow."),
        function("random.normal", "", "draws random numbers"),
        function("nn.dropout", "'rate': 0.5", "draws random numbers"),
        function("map_fn", "", "calls Python code or branches"),
        function("numpy_function", "", "calls Python code or branches"),
        function("print", "", "reads or changes what lies outside of the model."),
        function("strings.length", "", "works on texts"),
        operation("FFT", "", "", "there is no importer for this operation of Keras."),
        operation("VectorizedMap", "", "", "calls Python code or branches"),
        operation("WhileLoop", "", "", "calls Python code or branches"),
        operator("Betainc", "", "there is no importer for this operator of TensorFlow."),
        operator("RandomUniform", "", "draws random numbers"),
        operator("AssignVariableOp", "", "reads or changes what lies outside"),
        new Refused(
            raw("y", "'no JSON'", "x", ""),
            "y (TensorFlowOpLayer): the file does not tell which function it stands for."),
        new Refused(
            layer("y", "TFOpLambda", "x", ""),
            "y (TFOpLambda): the file does not tell which function it stands for."));
  }

  static Stream<Refused> wrongArguments() {
    return Stream.of(
        function("math.reduce_mean", "'axis': 7", "axis is 7; the value has 4 axes."),
        function("math.reduce_mean", "'axis': 1.5", "axis is 1.5; it must be whole numbers"),
        function("math.reduce_mean", "'keepdims': 'yes'", "keepdims is \"yes\"; it must be true"),
        function("nn.relu", "'weird': 3", "the argument weird = 3 is not supported."),
        function("where", "", "it asks for the places of truths"),
        function("cast", "'dtype': 'complex64'", "the type complex64 is not supported."),
        function(
            "compat.v1.image.resize", "'size': [7, 5], 'method': 9", "method is 9, which is none."),
        function(
            "slice", "'begin': [0, 0, 0, 0], 'size': [1, 4, 6, 3]", "some images out of the batch"),
        function("concat", "'axis': 9", "axis is 9; the first value has 4 axes."),
        function("compat.v1.transpose", "'perm': [0, 1, 1, 2]", "[0, 1, 1, 2] does not fit"),
        function("gather", "'indices': [9], 'axis': 3", "the place 9 of an axis of 3."),
        function("gather", "'indices': [0], 'axis': 0", "it picks images out of the batch."),
        function("split", "'num_or_size_splits': 4, 'axis': 3", "does not fall into 4 parts."),
        function("math.add", "'y': 'text'", "y is \"text\"; it must be a tensor or numbers."),
        function("math.add", "'y': [1, [2, 3]]", "it has [2,3] where a number is needed."),
        function("math.add", "'y': [1, 2]", "do not broadcast"),
        function("image.resize", "'size': [7]", "size is [7]; it must be two sides"),
        function("image.resize", "'size': [7, 5], 'method': 'best'", "interpolation best"),
        function("nn.conv2d", "'filters': [[[[1.0]]]], 'strides': [1, 'x']", "strides"),
        function("nn.max_pool2d", "'ksize': 2, 'padding': 'FULL'", "padding is full"),
        function("linalg.matmul", "'b': [[1.0]]", "do not fit together"),
        operation("Reshape", "'newshape': [-1, 7]", "", "does not fit [-1, 7]."),
        operation("Squeeze", "'axis': 1", "", "the axis 1 of [N, 4, 6, 3] is not of length one."),
        operation("Einsum", "'subscripts': 'ab->a'", "", "does not fit [N, 4, 6, 3]"),
        operation("Norm", "'ord': 3", "", "the norm of order 3.0 along 4 axes"),
        operation("Add", "", ", 1, 2", "it is called with 3 arguments"),
        operator("AddV2", "'x', 'y', 'z'", "it has more inputs than its call gives it."));
  }

  static Stream<Refused> hostileNumbers() {
    return Stream.of(
        slice("{'start': 99999999999999, 'stop': null, 'step': null}", "99999999999999"),
        slice("{'start': 0.5, 'stop': null, 'step': null}", "0.5"),
        slice("{'start': 'a', 'stop': null, 'step': null}", "\"a\""),
        slice("{'start': 0, 'stop': 4, 'step': 0}", "its slice has a step of 0."),
        slice("{'start': 3, 'stop': 1, 'step': null}", "takes nothing of an axis of 4 places."),
        slice("2147483647", "it takes the place 2147483647 of an axis of 4."),
        slice("'abc'", "which is no slice."),
        new Refused(
            brackets("y", "x", "[0]"),
            "y (tf.__operators__.getitem): it takes one image out of the batch."),
        new Refused(
            brackets("y", "x", "[0, 0, 0, 0, 0]"),
            "y (tf.__operators__.getitem): it picks along 5 axes; the value has 4."),
        function("tile", "'multiples': [1, 100000, 100000, 1]", "which no image needs."),
        function("tile", "'multiples': [1, -1, 1, 1]", "which no image needs."),
        function("repeat", "'repeats': 2000000000, 'axis': 1", "which no image needs."),
        function("range", "'limit': 2147483647", "is computed from what the model sees"),
        function("repeat", "'repeats': 500000, 'axis': 2", "3000000 places, which no image needs."),
        function("repeat", "'repeats': 1e99, 'axis': 1", "repeats is"),
        function("pad", "'paddings': [[0, 0], [0, 99999999], [0, 0], [0, 0]]", "99999999"),
        function("pad", "'paddings': [[0, 0], [-1, 0], [0, 0], [0, 0]]", "paddings has -1"),
        function("pad", "'paddings': [[2, 0], [0, 0], [0, 0], [0, 0]]", "adds images to the batch"),
        function("image.resize", "'size': [2000000000, 2000000000]", "of at most 16384"),
        function("reshape", "'shape': [-1, 2000000000, 2000000000]", "does not fit"),
        function("broadcast_to", "'shape': [99999, 99999, 1, 4, 6, 3]", "which no image needs."),
        function("nn.local_response_normalization", "'depth_radius': 99999999", "depth_radius"),
        function(
            "image.pad_to_bounding_box",
            "'offset_height': 0, 'offset_width': 0, 'target_height': 99999, 'target_width': 99999",
            "which no image needs."));
  }

  private static Refused function(String function, String keywords, String message) {
    return new Refused(tf("y", function, "x", keywords), message);
  }

  private static Refused operation(String kind, String config, String more, String message) {
    return new Refused(ops("y", kind, "x", config, more), message);
  }

  private static Refused operator(String op, String inputs, String message) {
    return new Refused(
        raw("y", "{'op': '%s', 'input': [%s]}".formatted(op, inputs), "x", ""), message);
  }

  private static Refused slice(String second, String message) {
    String all = "{'start': null, 'stop': null, 'step': null}";
    return new Refused(brackets("y", "x", "[" + all + ", " + second + "]"), message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"unknown", "wrongArguments", "hostileNumbers"})
  void oneSentenceNamesLayerAndFunction(Refused refused) {
    assertThatThrownBy(() -> read(refused.layer()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("1 of 2 layers cannot be imported.")
        .hasMessageMatching("(?s).*\\by \\((tf|ops|raw|TFOp|TensorFlowOp)\\S*\\): .*")
        .hasMessageContaining(refused.message());
  }

  @Test
  void allThatCannotBeImportedAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    tf("a", "random.uniform", "x", ""),
                    tf("b", "math.lgamma", "a", ""),
                    layer("c", "LSTM", "b", ""),
                    ops("y", "SVD", "c", "", "")))
        .hasMessageContaining("4 of 5 layers cannot be imported.")
        .hasMessageContaining("a (tf.random.uniform): draws random numbers")
        .hasMessageContaining("b (tf.math.lgamma): there is no importer")
        .hasMessageContaining("c (LSTM): there is no importer for this layer.")
        .hasMessageContaining("y (ops.SVD): there is no importer for this operation");
  }
}
