package dev.picasso.model.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.gradient.Backpropagation;
import dev.picasso.gradient.Differentiator;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layer that is looked at unless another is named, and its numbers by PyTorch. */
class LastLayersTest {
  /** As pytorch-grad-cam recommends it for these families; of squeezenet, before its classifier. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vit,            /blocks/blocks.1/norm1/LayerNormalization, 2x3 +1",
    "vit_unpacked,   /blocks/blocks.1/norm1/LayerNormalization, 2x2 +1",
    "deit_distilled, /blocks/blocks.1/norm1/LayerNormalization, 2x2 +2",
    "vit_registers,  /blocks/blocks.1/norm1/LayerNormalization, 2x3 +4",
    "vit_class_last, /blocks/blocks.1/norm1/LayerNormalization, 2x3 +1",
    "vit_mean,       /norm/LayerNormalization,                  2x3 +3",
    "swin,           /norm/LayerNormalization,                  4x4",
    "resnet,         /3/relu2/Relu,                             3x4",
    "normalized,     /2/relu2/Relu,                             3x4",
    "vgg,            /5/MaxPool,                                2x3",
    "densenet,       /5/Relu,                                   3x4",
    "convnext,       /2/Add,                                    4x6",
    "efficientnet,   /2/Mul,                                    2x3",
    "squeezenet,     /2/Concat,                                 4x6",
  })
  void theLastLayerIsWhatPeopleChoose(String net, String name, String positions) {
    Model model = Networks.model(net);
    Layer layer = model.layers().lastSpatial().orElseThrow();
    assertThat(layer.name()).isEqualTo(name);
    assertThat(layer.grid().words()).isEqualTo(positions);
    assertThat(model.layers().stages()).last().isEqualTo(layer);

    Map<String, Tensor> oracle = Networks.oracle(net);
    Map<String, Tensor> ours =
        Networks.run(gridAndGradient(model, layer), Map.of("x", oracle.get("x")));
    assertSame(ours.get("a"), oracle.get("a"));
    assertSame(ours.get("g"), oracle.get("g"));
    assertSame(ours.get(model.scores().scores()), oracle.get("y"));
    assertThat(ours.get("g").floats()).isNotEmpty().doesNotContain(0f);
  }

  private static Graph gridAndGradient(Model model, Layer layer) {
    Graph graph = model.layers().graphWith(layer);
    GraphBuilder g = GraphBuilder.from(graph);
    Value scores = g.lookUp(model.scores().scores());
    Value seed = g.add(g.mul(scores, 0), g.constant(Tensor.of(new float[] {0, 1, 0}, 1, 3)));
    Value gradient =
        new Differentiator(Backpropagation.PLAIN.rules(graph))
            .gradients(g, graph, scores.name(), seed, List.of(layer.value()))
            .get(0);
    Value a = layer.grid().toGrid(g, g.lookUp(layer.value()));
    return g.build(
        g.named(g.identity(a), "a"),
        g.named(g.identity(layer.grid().toGrid(g, gradient)), "g"),
        scores);
  }

  private static void assertSame(Tensor ours, Tensor theirs) {
    assertThat(ours.shape()).isEqualTo(theirs.shape());
    float[] a = ours.floats();
    float[] b = theirs.floats();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-4f * (Math.abs(b[i]) + 0.1f)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vit,        /patch/Conv",
    "resnet,     /3/down/Conv",
    "normalized, /2/down/Conv",
    "densenet,   /3/Conv",
    "squeezenet, /4/Conv"
  })
  void theLastConvolutionMayBeFoldedIntoItsNormalization(String net, String name) {
    assertThat(Networks.model(net).layers().lastConvolution().map(Layer::name)).hasValue(name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vgg,    8x12 4x6 2x3",
    "resnet, 6x8 3x4",
    "swin,   8x8 4x4",
    "vit,    2x3 +1 | 2x3 +1 | 2x3 +1",
  })
  void stagesAreResolutionsAndElseDepths(String net, String positions) {
    List<Layer> stages = Networks.model(net).layers().stages();
    String separator = positions.contains("|") ? " | " : " ";
    assertThat(String.join(separator, stages.stream().map(s -> s.grid().words()).toList()))
        .isEqualTo(positions);
    assertThat(stages).doesNotHaveDuplicates();
  }

  static Stream<String> all() {
    return Stream.of("vit", "vit_class_last", "vit_mean", "swin", "normalized", "convnext");
  }

  @Test
  void whatIsPutBackIsWhatItWas() {
    for (String net : all().toList()) {
      Model model = Networks.model(net);
      Graph graph = model.scores().graph();
      GraphBuilder g = GraphBuilder.from(graph);
      List<Value> differences =
          model.layers().all().stream()
              .filter(l -> l.isSpatial() && !l.folded())
              .map(
                  l -> {
                    Value whole = g.lookUp(l.value());
                    Value back = l.grid().fromGrid(g, whole, l.grid().toGrid(g, whole));
                    assertThat(back.shape()).as(l.name()).isEqualTo(l.shape());
                    return g.reduce("ReduceMax", g.abs(g.sub(back, whole)), false);
                  })
              .toList();
      assertThat(differences).isNotEmpty();
      Networks.run(g.build(differences), Map.of("x", Networks.oracle(net).get("x")))
          .values()
          .forEach(d -> assertThat(d.floats()).containsExactly(0f));
    }
  }
}
