package dev.picasso.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.OneOff;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of outputs are what NumPy would take. */
class OutputSliceTest {
  @Test
  void aNameIsNoSlice() {
    assertThat(OutputSlice.parse("y")).isEmpty();
    assertThat(OutputSlice.parse("block/conv:0")).isEmpty();
    assertThat(OutputSlice.parse("y[a]")).isEmpty();
    assertThat(OutputSlice.nameIn("block/conv:0 [:, 4:]")).isEqualTo("block/conv:0");
  }

  /** Of an array [N, 3, 4] that counts from 0, the numbers of the first image. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y[:, 1:]         | [N, 2, 4] | 4 5 6 7 8 9 10 11",
        "y[:, :, 2:]      | [N, 3, 2] | 2 3 6 7 10 11",
        "y[..., 2:]       | [N, 3, 2] | 2 3 6 7 10 11",
        "y[..., -1]       | [N, 3]    | 3 7 11",
        "y[:, 0]          | [N, 4]    | 0 1 2 3",
        "y[:, -1, 1:3]    | [N, 2]    | 9 10",
        "y[:, ::2, 0]     | [N, 2]    | 0 8",
        "y[:, :-1, 3]     | [N, 2]    | 3 7",
        "y[:]             | [N, 3, 4] | 0 1 2 3 4 5 6 7 8 9 10 11",
      })
  void aPartIsCutOut(String text, String shape, String numbers) {
    OutputSlice.Added part = OutputSlice.parse(text).orElseThrow().addTo(graph(), "y");
    assertThat(part.graph().value(part.value()).shape().toString()).isEqualTo(shape);
    float[] x = new float[12];
    IntStream.range(0, 12).forEach(i -> x[i] = i);
    Map<String, Tensor> made = new OneOff().run(part.graph(), Map.of("x", Tensor.of(x, 1, 3, 4)));
    Tensor cut = Optional.ofNullable(made.get(part.value())).orElseThrow();
    assertThat(cut.longs())
        .containsExactly(
            java.util.Arrays.stream(numbers.split(" ")).mapToLong(Long::parseLong).toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"y[:, 1:2:-1]", "y[..., ...]", "y[:, ]", "y[:, 1.5]", "y[1 2]"})
  void whatIsNoSliceIsSaid(String text) {
    assertThatThrownBy(() -> OutputSlice.parse(text))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("output: " + text + " is no slice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y[:, :, :, 0] | has 4 axes; y is [N, 3, 4].",
        "y[:, 3]       | asks for element 3; y is [N, 3, 4].",
        "y[:, 3:]      | is empty; y is [N, 3, 4].",
        "y[0]          | cuts the images",
        "y[1:]         | cuts the images",
      })
  void whatDoesNotFitIsSaid(String text, String problem) {
    OutputSlice slice = OutputSlice.parse(text).orElseThrow();
    assertThatThrownBy(() -> slice.addTo(graph(), "y"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(problem);
  }

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    return g.build(
        g.named(g.identity(g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 4))), "y"));
  }
}
