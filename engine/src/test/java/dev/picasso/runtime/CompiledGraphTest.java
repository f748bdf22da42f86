package dev.picasso.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompiledGraphTest {
  @Test
  void aConvolutionWithLargeConstantsGivesItsSums() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 8, 8));
    float[] ones = new float[16 * 3 * 3 * 3];
    java.util.Arrays.fill(ones, 1);
    var w = g.constant("w", Tensor.of(ones, 16, 3, 3, 3));
    var y = g.conv(x, w, Optional.empty(), Attributes.of("pads", new long[] {1, 1, 1, 1}));
    Graph graph = g.build(y);
    float[] input = new float[2 * 3 * 64];
    java.util.Arrays.fill(input, 2);
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      Tensor result = compiled.run(Map.of("x", Tensor.of(input, 2, 3, 8, 8))).get(y.name());
      assertThat(result.shape()).isEqualTo(Shape.of(2, 16, 8, 8));
      assertThat(result.floats()[9]).isEqualTo(54f);
      assertThat(result.floats()[0]).isEqualTo(24f);
    }
  }

  @Test
  void booleansAndIntegersComeBackAsSuch() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.INT64, Shape.of(2));
    var y = g.less(x, g.longs(3, 3));
    try (CompiledGraph compiled = CompiledGraph.of(g.build(y, x), RuntimeOptions.defaults())) {
      var out = compiled.run(Map.of("x", Tensor.longs(2, 5)));
      assertThat(out.get(y.name()).type()).isEqualTo(DataType.BOOL);
      assertThat(out.get(y.name()).floats()).containsExactly(1f, 0f);
      assertThat(out.get("x").longs()).containsExactly(2, 5);
    }
  }

  @Test
  void anInputOfTheWrongShapeIsRefusedInWords() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3));
    try (CompiledGraph compiled = CompiledGraph.of(g.build(g.relu(x)), RuntimeOptions.defaults())) {
      assertThatThrownBy(() -> compiled.run(Map.of("x", Tensor.of(new float[4], 2, 2))))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("x");
    }
  }

  @Test
  void zerosAroundAnImageAreLargerThanNegativePixels() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1, 4));
    Attributes window = Attributes.of("kernel_shape", new long[] {3});
    var y = g.op("MaxPool", window, g.pad(x, 0, 0, 1, 0, 0, 3));
    try (CompiledGraph compiled = CompiledGraph.of(g.build(y), RuntimeOptions.defaults())) {
      var out = compiled.run(Map.of("x", Tensor.of(new float[] {-1, -2, -3, -4}, 1, 1, 4)));
      assertThat(out.get(y.name()).floats()).containsExactly(0, -1, -2, 0, 0, 0);
    }
  }
}
