package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.Head;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was said of a model is written, and read again as it was. */
class KeptConfigurationTest {
  @TempDir Path folder;
  @TempDir Path served;

  private ConfiguredModel plain() {
    Path file = folder.resolve("own/net.onnx");
    ModelRequest request =
        new ModelRequest("net-2", "A net", file, Optional.empty(), ImportOptions.none(), List.of());
    return new ConfiguredModel(
        request.at(file, folder.resolve("own")),
        PreprocessingSettings.none(),
        ConfiguredModel.TOP,
        List.of());
  }

  /** A file that whoever serves the model has. */
  private Path everybodys(String name) throws IOException {
    return Files.writeString(served.resolve(name), "");
  }

  private ConfiguredModel readAgain(ConfiguredModel said, ConfiguredModel base) throws IOException {
    Path file = folder.resolve("kept.yaml");
    Files.writeString(file, ConfigurationWriter.said(said, folder));
    return SentConfiguration.kept(file, base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{preprocessing: {}}",
        "{preprocessing: {preset: tf, color: bgr}}",
        "{preprocessing: {layout: nchw, resize: 8x9, filter: area, antialias: false}}",
        "{preprocessing: {resize: 256, crop: center, scale: -1/255, offset: 1}}",
        "{preprocessing: {crop: 8x9, mean: [0.485, 1e-7, .406], std: [1/3, 2, 123456789.5]}}",
        "{preprocessing: {pad: 0, mean: 12}}",
        "{labels: [\"no\", \"null\", \"a: b\", \"#1\", \"\\u0085\\ufffe\", \"Ωmega ☂\"]}",
        "{head: sigmoid, output: ['y[:, 4:]']}",
        "{head: none, labels: \"cat\\ndog\"}",
      })
  void isReadAsItWas(String parts) throws IOException {
    ConfiguredModel said = SentConfiguration.parts(parts, plain()).model();
    assertThat(readAgain(said, plain())).isEqualTo(said);
  }

  @Test
  void whatCameAlongIsNamedAndWhatLiesElsewhereIsWhereItWas() throws IOException {
    Files.createDirectories(folder.resolve("own"));
    Path weights = Files.writeString(folder.resolve("own/w.h5"), "");
    Path sample = Files.writeString(folder.resolve("own/s.png"), "");
    Path elsewhere = everybodys("elsewhere.npy");
    LambdaMeaning.Custom twice = new LambdaMeaning.Custom((g, x) -> g.mul(x, 2));
    ImportOptions options =
        ImportOptions.none()
            .withWeights(Optional.of(weights))
            .withTheanoKernels(true)
            .withLambdas(Map.of("a", new LambdaMeaning.Identity(), "b", twice));
    ConfiguredModel base =
        plain()
            .with(plain().request().with(ImportOptions.none().withLambdas(Map.of("b", twice))))
            .holding(Map.of("z", elsewhere));
    ConfiguredModel said =
        new ConfiguredModel(
                plain().request().with(options).withHead(Optional.of(Head.Kind.SIGMOID)),
                PreprocessingSettings.none(),
                7,
                List.of(sample))
            .holding(Map.of("y", sample, "z", elsewhere));
    assertThat(readAgain(said, base)).isEqualTo(said);
  }

  @Test
  void theInputThatAPersonExplainsIsTheSameAgain() throws IOException {
    Path red = everybodys("red.png");
    Path own = Files.writeString(folder.resolve("own.png"), "");
    ConfiguredModel base = plain().holding(Map.of("b", red));
    ConfiguredModel turned = base.holdingOnly(Map.of("a", red));
    assertThat(readAgain(turned, base)).as("everybody's file in another input").isEqualTo(turned);
    ConfiguredModel ownToo = base.holdingOnly(Map.of("a", own));
    assertThat(readAgain(ownToo, base)).as("a file of the person's").isEqualTo(ownToo);
  }

  @Test
  void whatTheServerHasNoMoreIsNotLookedFor() throws IOException {
    Path red = everybodys("red.png");
    ConfiguredModel said = plain().holding(Map.of("b", red)).with(plain().request());
    Path blue = everybodys("blue.png");
    ConfiguredModel now = plain().holding(Map.of("b", blue));
    assertThat(readAgain(said, now).held()).as("what everybody's holds now").isEqualTo(now.held());
    ConfiguredModel turned = said.holdingOnly(Map.of("a", red));
    assertThat(readAgain(turned, now).held()).as("it is asked for again").isEmpty();
  }

  @Test
  void aClassThatPreparesImagesStays() throws IOException {
    PreprocessingSettings byClass =
        PreprocessingSettings.by(new Preprocessor(dev.picasso.image.Preprocessing.of(4, 4)));
    ConfiguredModel base = plain().with(byClass);
    ConfiguredModel said = base.with(base.request().withLabels(List.of("a", "b"), ""));
    assertThat(readAgain(said, base)).isEqualTo(said);
  }

  @Test
  void whatIsCutShortIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.yaml"), "models:\n  - title: \"A n");
    assertThatThrownBy(() -> SentConfiguration.kept(file, plain()))
        .isInstanceOf(ConfigurationException.class);
  }
}
