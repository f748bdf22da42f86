package dev.picasso.model.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the file calls a layer is there to be asked. */
class ReachedLayersTest {
  @ParameterizedTest
  @ValueSource(strings = {"vit", "swin", "resnet", "normalized", "densenet", "efficientnet"})
  void eachLayerPutsOutWhatItDoesInTheFile(String net) {
    Model model = Networks.model(net);
    Layers layers = model.layers();
    List<String> names = model.imported().layers().stream().map(LayerInfo::name).toList();
    assertThat(layers.all().stream().map(Layer::name)).containsExactlyElementsOf(names);

    Map<String, Tensor> x = Map.of("x", Networks.oracle(net).get("x"));
    List<String> values = layers.all().stream().map(Layer::value).distinct().toList();
    List<String> asked = new ArrayList<>(values);
    asked.add(model.scores().scores());
    Graph graph = layers.graphWith(layers.all());
    Map<String, Tensor> ours = Networks.run(graph.withOutputs(asked), x);
    Map<String, Tensor> file = Networks.run(model.imported().graph().withOutputs(values), x);
    for (Layer layer : layers.all()) {
      assertThat(ours.get(layer.value()).floats())
          .as(layer.name())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(file.get(layer.value()).floats());
    }
    float[] scores = ours.get(model.scores().scores()).floats();
    float[] before = Networks.oracle(net).get("y").floats();
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isCloseTo(before[i], within(1e-4f));
    }
  }

  @Test
  void onlyTheNormalizationsThatAreAskedForAreComputedApart() {
    Model model = Networks.model("normalized");
    Layers layers = model.layers();
    assertThat(layers.all().stream().filter(Layer::folded).map(Layer::name))
        .containsExactly("/0/Conv", "/2/conv1/Conv", "/2/conv2/Conv");
    assertThat(normalizations(model.scores().graph())).isZero();
    Layer first = layers.named("/0/Conv");
    assertThat(normalizations(layers.graphWith(first))).isEqualTo(1);
    assertThat(normalizations(layers.graphWith(layers.all()))).isEqualTo(3);
    Layer last = layers.lastSpatial().orElseThrow();
    assertThat(layers.graphWith(last)).isSameAs(model.scores().graph());
    assertThat(first.grid().words()).isEqualTo("6x8");
    assertThat(layers.graphWith(first).constants().values())
        .as("weights are shared, not copied")
        .containsAll(
            model.imported().graph().constants().values().stream()
                .filter(t -> t.shape().rank() == 4 && t.shape().dim(1) == 3)
                .toList());
  }

  private static long normalizations(Graph graph) {
    return graph.nodes().stream().filter(n -> n.op().equals("BatchNormalization")).count();
  }

  @Test
  void aLayerHasAlsoTheNameOfItsValueAndTensorFlowsNameOfIt() {
    Layers layers = Networks.model("vgg").layers();
    Layer relu = layers.named("/4/Relu");
    assertThat(layers.named("/4/Relu:0")).isEqualTo(relu);
    assertThat(layers.named(relu.value())).isEqualTo(relu);
  }

  @Test
  void anUnknownLayerIsAnsweredWithTheNearestName() {
    Layers layers = Networks.model("vgg").layers();
    assertThatThrownBy(() -> layers.named("/4/ReLu6"))
        .hasMessage(
            "vgg.onnx: has no layer /4/ReLu6. Did you mean /4/Relu? Its layers are /0/Conv,"
                + " /1/Relu, /2/MaxPool, /3/Conv, /4/Relu, /5/MaxPool, /6/Flatten, /7/Gemm.");
    assertThatThrownBy(() -> Networks.model("swin").layers().named("stage 4"))
        .hasMessageStartingWith(
            "swin.onnx: has no layer stage 4. Its first layers are /patch/Conv,")
        .hasMessageEndingWith("; inspect lists all 139.");
  }
}
