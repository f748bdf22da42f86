package dev.picasso.model.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a layer's window is said to be. */
class DetailTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Value x = g.input("x", DataType.FLOAT, Shape.of(-1, 4, 9, 9));

  @Test
  void aConvolutionIsToldWithAllThatIsNotAsUsual() {
    Value y =
        convolution(
            Attributes.of("strides", new long[] {2, 1})
                .with("pads", new long[] {1, 1, 0, 0})
                .with("dilations", new long[] {1, 2})
                .with("group", 2),
            8,
            2,
            3,
            5);
    assertThat(details(y, y))
        .containsExactly(
            new Detail("weights", "8 × 2 × 3 × 5"),
            new Detail("kernel", "3 × 5"),
            new Detail("stride", "2 × 1"),
            new Detail("padding", "1 × 1 before, 0 × 0 after"),
            new Detail("dilation", "1 × 2"),
            new Detail("groups", "2"));
  }

  @Test
  void whatIsUsualGoesUnsaid() {
    Value y = convolution(Attributes.of("pads", new long[] {1, 1, 1, 1}), 8, 4, 3, 3);
    assertThat(details(y, y))
        .containsExactly(
            new Detail("weights", "8 × 4 × 3 × 3"),
            new Detail("kernel", "3 × 3"),
            new Detail("padding", "1 × 1"));
  }

  @Test
  void aPoolHasNoWeights() {
    Value y = g.op("MaxPool", Attributes.of("kernel_shape", new long[] {2, 2}), x);
    assertThat(details(y, y)).containsExactly(new Detail("kernel", "2 × 2"));
  }

  @Test
  void theWindowIsThatOfTheLayerAndNotOfTheOneBefore() {
    Value y = convolution(Attributes.none(), 8, 4, 1, 1);
    Value activated = g.relu(y);
    assertThat(details(activated, activated)).as("one layer of both").hasSize(2);
    assertThat(details(activated, y, activated)).as("a layer each").isEmpty();
  }

  private Value convolution(Attributes attributes, long... weights) {
    float[] numbers = new float[(int) Shape.of(weights).size()];
    return g.conv(x, g.constant(Tensor.of(numbers, weights)), Optional.empty(), attributes);
  }

  /** Of the layer of a value, in a model with these layers. */
  private List<Detail> details(Value of, Value... layers) {
    Graph graph = g.build(of);
    List<LayerInfo> named =
        List.of(layers).stream()
            .map(v -> new LayerInfo(v.name(), "Layer", v.name(), false, 0))
            .toList();
    return LayerGraph.of(graph, named, Map.of()).vertices().stream()
        .filter(v -> v.name().equals(of.name()))
        .findFirst()
        .orElseThrow()
        .details();
  }
}
