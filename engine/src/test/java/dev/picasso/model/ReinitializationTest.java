package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.model.layers.Weighted;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReinitializationTest {
  private static final Path NETWORKS =
      Path.of("src/test/resources/dev/picasso/attribution/oracle").toAbsolutePath();

  private static Model load(String network) {
    return ModelLoader.standard()
        .load(ModelRequest.of(NETWORKS.resolve(network).resolve("model.onnx")));
  }

  private static float[] scores(Model model, Graph graph) {
    float[] x = new float[3 * 32 * 32];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(.37 * i);
    }
    String scores = model.scores().scores();
    Graph needed = graph.withOutputs(List.of(scores));
    String input = model.input().orElseThrow().name();
    try (CompiledGraph compiled = CompiledGraph.of(needed, RuntimeOptions.defaults())) {
      Map<String, Tensor> outputs = compiled.run(Map.of(input, Tensor.of(x, 1, 3, 32, 32)));
      return outputs.values().iterator().next().floats();
    }
  }

  private static float[] scores(Model model) {
    return scores(model, model.scores().graph());
  }

  @Test
  void layersWithWeightsAreFoundFromTheImageToTheScores() {
    List<Weighted> layers = load("vgg").layers().weighted();

    assertThat(layers).hasSize(7);
    assertThat(layers.get(0).name()).contains("features.0");
    assertThat(layers.get(6).name()).contains("classifier.2");
    assertThat(layers).allSatisfy(l -> assertThat(l.constants()).hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg", "resnet", "mobile", "mixed", "vit", "tokens"})
  void otherWeightsGiveOtherScoresAndLeaveTheTrainedModelAsItIs(String network) {
    Model trained = load(network);
    float[] before = scores(trained);
    List<Weighted> top = trained.layers().weighted();
    Model other = Reinitialization.NORMAL.of(trained, top, 1);
    Model same = Reinitialization.NORMAL.of(trained, top, 1);
    Model another = Reinitialization.NORMAL.of(trained, top, 2);

    assertThat(scores(other)).isNotEqualTo(before).isEqualTo(scores(same));
    assertThat(scores(another)).isNotEqualTo(scores(other));
    for (float score : scores(other)) {
      assertThat(score).isFinite();
    }
    assertThat(scores(trained)).isEqualTo(before);
  }

  @Test
  void aLayerHasTheSameWeightsInWhateverCompany() {
    Model trained = load("resnet");
    List<Weighted> all = trained.layers().weighted();
    Model step = trained;
    for (int i = all.size() - 1; i >= 0; i--) {
      step = Reinitialization.NORMAL.of(step, all.subList(i, i + 1), 5);
    }

    assertThat(scores(step)).isEqualTo(scores(Reinitialization.NORMAL.of(trained, all, 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "mobile"})
  void theGraphWithItsNormalizationsApartComputesTheSame(String network) {
    Model trained = load(network);
    Model other = Reinitialization.PERMUTED.of(trained, trained.layers().weighted(), 3);

    float[] folded = scores(other);
    float[] apart = scores(other, other.layers().unfolded());
    for (int i = 0; i < folded.length; i++) {
      assertThat(apart[i]).isCloseTo(folded[i], within(1e-3f * Math.max(1, Math.abs(folded[i]))));
    }
    assertThat(other.layers().all().stream().map(l -> l.name()).toList())
        .isEqualTo(trained.layers().all().stream().map(l -> l.name()).toList());
  }

  @ParameterizedTest
  @EnumSource(Reinitialization.class)
  void aLayerKeepsItsScale(Reinitialization how) {
    Model trained = load("vgg");
    Model other = how.of(trained, trained.layers().weighted(), 0);
    for (Weighted layer : trained.layers().weighted()) {
      for (String name : layer.constants()) {
        float[] learnt = trained.scores().graph().constant(name).orElseThrow().floats();
        float[] drawn = other.scores().graph().constant(name).orElseThrow().floats();
        assertThat(drawn).isNotEqualTo(learnt);
        assertThat(deviation(drawn)).isCloseTo(deviation(learnt), within(.2 * deviation(learnt)));
        if (how == Reinitialization.PERMUTED) {
          Arrays.sort(drawn);
          Arrays.sort(learnt);
          assertThat(drawn).isEqualTo(learnt);
        }
      }
    }
  }

  private static double deviation(float[] numbers) {
    double mean = 0;
    for (float number : numbers) {
      mean += number / (double) numbers.length;
    }
    double squares = 0;
    for (float number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return Math.sqrt(squares / numbers.length);
  }
}
