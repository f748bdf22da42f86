package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.image.Prediction;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.testkit.TestImages;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java file in the folder of plugins that says how models are used. */
class ModelAdapterTest {
  /** The classes in the opposite order, and pixels as Caffe takes them. */
  private static final String SOURCE =
      """
      import dev.picasso.format.ImportedModel;
      import dev.picasso.graph.*;
      import dev.picasso.image.*;
      import dev.picasso.model.*;
      import java.nio.file.Path;
      import java.util.List;

      public final class Backwards implements ModelAdapter {
        public String id() { return "backwards"; }
        public String title() { return "Backwards"; }
        public boolean isFor(Path file, ImportedModel model) {
          return file.endsWith("colour.onnx");
        }
        public ImagePreprocessor input(InputSpec input) {
          return new Preprocessor(
              Preprocessing.of(input.height(), input.width())
                  .with(input.layout())
                  .with(Preset.CAFFE));
        }
        public Value output(GraphBuilder g, List<Value> outputs) {
          float[] turned = {0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0};
          BODY
        }
        public List<String> labels() {
          return List.of("d", "c", "b", "a");
        }
      }
      """;

  private static final String BODY =
      "return g.matMul(outputs.get(0), g.constant(Tensor.of(turned, 4, 4)));";

  @TempDir Path folder;
  private Path plugins = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void write() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    model = TestModel.COLOUR.write(folder);
  }

  private Visualizations drop(String body) throws IOException {
    Files.writeString(plugins.resolve("Backwards.java"), SOURCE.replace("BODY", body));
    return Visualizations.withPlugins(plugins);
  }

  private static ReadyModel load(Visualizations with, ConfiguredModel configured) {
    return ReadyModel.load(
        configured, ModelLoader.standard().adaptedBy(with.adapters()), RuntimeOptions.defaults());
  }

  private ImageResult explained(ReadyModel ready) {
    ImageInput image = ready.prepare(TestImages.all().get(1));
    Visualization<?> saliency = Visualizations.of(new Saliency());
    return only(ready, saliency, image);
  }

  private static <S extends Record> ImageResult only(
      ReadyModel ready, Visualization<S> visualization, ImageInput image) {
    return ready
        .explain(
            visualization, visualization.defaults(), List.of(image), Classes.top(4), Listener.NONE)
        .images()
        .get(0);
  }

  @Test
  void itSaysHowPicturesGoInAndWhatComesOut() throws IOException {
    Visualizations with = drop(BODY);
    assertThat(with.problems()).isEmpty();
    try (ReadyModel plain = load(Visualizations.builtIn(), ConfiguredModel.of(model));
        ReadyModel adapted = load(with, ConfiguredModel.of(model))) {
      assertThat(plain.model().adapter()).isEmpty();
      assertThat(adapted.notes()).contains("It is used as the adapter Backwards says.");
      Preprocessor preprocessor = (Preprocessor) adapted.input().preprocessor();
      assertThat(preprocessor.settings().mean())
          .isEqualTo(dev.picasso.image.Preprocessing.of(1, 1).with(Preset.CAFFE).mean());
      List<Prediction> classes = explained(adapted).predictions();
      assertThat(classes)
          .extracting(Prediction::label)
          .containsExactlyInAnyOrder("a", "b", "c", "d");
      // The same picture through the model alone, its classes counted from the other end.
      ImageInput same = adapted.prepare(TestImages.all().get(1));
      float[] alone = plain.explainer().predict(same.prepared().x()).probabilities().floats();
      for (Prediction p : classes) {
        assertThat(p.probability()).isEqualTo(alone[3 - p.index()]);
      }
    }
  }

  @Test
  void gradientsGoThroughWhatItDoesToTheOutput() throws IOException {
    try (ReadyModel adapted = load(drop(BODY), ConfiguredModel.of(model))) {
      assertThat(explained(adapted).panels())
          .hasSize(4)
          .allSatisfy(
              p -> assertThat(p.map().values()).isNotEqualTo(new float[p.map().values().length]));
    }
  }

  @Test
  void otherModelsAndWhatAConfigurationSaysAreLeftAlone() throws IOException {
    Visualizations with = drop(BODY);
    try (ReadyModel other = load(with, ConfiguredModel.of(TestModel.MAP.write(folder)))) {
      assertThat(other.model().adapter()).isEmpty();
    }
    Path yaml =
        Files.writeString(
            folder.resolve("picasso.yaml"),
            """
            models:
              - path: colour.onnx
                labels: [one, two, three, four]
                preprocessing: {scale: 2}
            """);
    ConfiguredModel configured =
        Configuration.read(yaml, getClass().getClassLoader()).models().get(0);
    try (ReadyModel said = load(with, configured)) {
      assertThat(((Preprocessor) said.input().preprocessor()).settings().scale()).isEqualTo(2);
      assertThat(said.model().label(0)).isEqualTo("one");
    }
  }

  @Test
  void whatFailsInItIsToldInWordsAndOnItsCard() throws IOException {
    Visualizations with = drop("throw new IllegalStateException(\"which way?\");");
    assertThatThrownBy(() -> load(with, ConfiguredModel.of(model)))
        .isInstanceOf(PicassoException.class)
        .hasMessage(
            "Backwards.output() fails (java.lang.IllegalStateException: which way?); mend the"
                + " plugin, or take it out.");
    assertThat(with.plugins().get(0).failures())
        .singleElement()
        .satisfies(t -> assertThat(t.words()).endsWith("at Backwards.java:22."));
  }

  @Test
  void aModelIsOutdatedWhenItsAdapterHasChangedOrIsGone() throws IOException {
    Visualizations with = drop(BODY);
    try (ReadyModel adapted = load(with, ConfiguredModel.of(model));
        ReadyModel plain = load(Visualizations.builtIn(), ConfiguredModel.of(model))) {
      assertThat(now(with).wouldAdapt(adapted.model())).isFalse();
      assertThat(now(with).wouldAdapt(plain.model())).isTrue();
      drop(BODY + " // changed");
      assertThat(now(with).wouldAdapt(adapted.model())).isTrue();
      Files.delete(plugins.resolve("Backwards.java"));
      assertThat(now(with).wouldAdapt(adapted.model())).isTrue();
      assertThat(now(with).wouldAdapt(plain.model())).isFalse();
    }
  }

  private static ModelLoader now(Visualizations with) {
    return ModelLoader.standard().adaptedBy(with.adapters());
  }
}
