package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of which people reported something: what the input is, operators. */
class SharedFaultsTest {
  private static Model load(String file, ImportOptions options) {
    Path path = TestData.require("faults/" + file);
    return ModelLoader.standard().load(ModelRequest.of(path).with(options));
  }

  private static List<String> inputs(Model model) {
    return model.imported().graph().inputs().stream().map(i -> i.name() + " " + i.shape()).toList();
  }

  private static float[] run(Model model, Tensor x) {
    var graph = model.imported().graph();
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return Objects.requireNonNull(
              compiled.run(Map.of(graph.inputs().get(0).name(), x)).get(graph.outputs().get(0)))
          .as(DataType.FLOAT)
          .floats();
    }
  }

  @Test
  void theImageIsTheInputAndNotWhatIsFedWhileTraining() {
    Model model = load("retrained_graph.pb", ImportOptions.none());
    assertThat(inputs(model)).containsExactly("input [N, 32, 32, 3]");
    assertThat(model.imported().notes())
        .anyMatch(n -> n.startsWith("input_1/BottleneckInputPlaceholder could be fed; it was"));
  }

  @Test
  void whatAPersonNamesIsTheInput() {
    String bottleneck = "input_1/BottleneckInputPlaceholder";
    Model model = load("retrained_graph.pb", ImportOptions.none().withInputs(List.of(bottleneck)));
    assertThat(inputs(model)).containsExactly(bottleneck + " [N, 8]");
  }

  @Test
  void aDropoutIsSteeredByNobody() {
    Model model = load("unnamed_keep_prob.pb", ImportOptions.none());
    assertThat(inputs(model)).containsExactly("Placeholder [N, 40, 40, 3]");
    assertThat(model.imported().notes())
        .contains("Placeholder_1 was taken as 1: by its use it tells how much a dropout keeps.");
  }

  /** Of x = 1, 2, …; what TensorFlow computes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select.pb      | y    | 2 3   | 1 2 3 0 0 0",
        "cross.pb       | y    | 2 3   | -4 8 -4 -10 20 -10",
        "diag.pb        | y    | 3     | 1 0 0 0 2 0 0 0 3",
        "fq_pos.pb      | y    | 1 3   | 1.1428571 2 3.142857",
        "argmaxpool.pb  | y    | 1 4 4 1 | 6 8 14 16",
        "argmaxpool.pb  | p:1  | 1 4 4 1 | 5 7 13 15",
        "revseq.pb      | y    | 2 3 4 | 5 6 7 8 1 2 3 4 9 10 11 12 21 22 23 24 17 18 19 20 13 14"
            + " 15 16"
      })
  void operatorsComputeWhatTensorFlowComputes(
      String file, String output, String shape, String expected) {
    long[] dims = numbers(shape).stream().mapToLong(Double::longValue).toArray();
    float[] x = new float[(int) Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
    }
    Model model = load(file, ImportOptions.none().withOutputs(List.of(output)));
    assertThat(run(model, Tensor.of(x, dims))).containsExactly(floats(expected), within(1e-5f));
  }

  @Test
  void anOrderThatIsComputedIsInverted() {
    Model model = load("invperm.pb", ImportOptions.none());
    Tensor order = Tensor.longs(new long[] {2, 0, 1}).as(DataType.INT32);
    assertThat(run(model, order)).containsExactly(1, 2, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf_argmax1.pb", "tf_argmax2.pb", "unet_one_sm"})
  void othersAreRead(String file) {
    assertThat(load(file, ImportOptions.none()).imported().graph().outputs()).hasSize(1);
  }

  private static float[] floats(String text) {
    List<Double> numbers = numbers(text);
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.trim().split(" ", -1)).map(Double::valueOf).toList();
  }
}
