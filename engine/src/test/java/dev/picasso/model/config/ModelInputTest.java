package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Fit;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.model.InputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInputTest {
  @TempDir Path folder;

  private ModelInput input(String yaml, List<String> layers, long... shape) throws IOException {
    Files.writeString(folder.resolve("m"), "");
    Path file = folder.resolve("picasso.yaml");
    Files.writeString(file, "models: [{path: m, preprocessing: {" + yaml + "}}]");
    PreprocessingSettings settings =
        Configuration.read(file, getClass().getClassLoader()).models().get(0).preprocessing();
    InputSpec spec = InputSpec.of(new Value("x", DataType.FLOAT, Shape.of(shape))).orElseThrow();
    return ModelInput.of(
        settings,
        "m",
        spec,
        PixelRange.of(layers.stream().map(k -> new LayerInfo(k, k, k, false, 0)).toList()));
  }

  private Preprocessing preprocessing(String yaml, long... shape) throws IOException {
    return ((Preprocessor) input(yaml, List.of(), shape).preprocessor()).settings();
  }

  @Test
  void aPresetBringsColoursAndNumbers() throws IOException {
    assertThat(preprocessing("preset: caffe", -1, 224, 200, 3))
        .isEqualTo(Preprocessing.of(224, 200).with(Preset.CAFFE));
    assertThat(preprocessing("preset: torch, crop: 224x224, resize: 256", -1, 3, 224, 224))
        .isEqualTo(
            Preprocessing.of(224, 224)
                .with(Preset.TORCH)
                .with(Layout.NCHW)
                .with(new Fit.CentreCrop(256), Preprocessing.of(1, 1).filter()));
  }

  @Test
  void singleKeysWinOverThePreset() throws IOException {
    Preprocessing read = preprocessing("preset: caffe, color: rgb, std: 2", -1, 8, 8, 3);
    assertThat(read.colour()).isEqualTo(ColourMode.RGB);
    assertThat(read.std()).containsExactly(2.);
    assertThat(read.mean()).hasSize(3);
  }

  @Test
  void aModelOfOneChannelTakesGrey() throws IOException {
    assertThat(preprocessing("scale: -1/255, offset: 1", -1, 28, 28).colour())
        .isEqualTo(ColourMode.GRAY);
    assertThat(preprocessing("preset: tf", -1, 784).layout()).isEqualTo(Layout.FLAT);
  }

  @Test
  void cropsAndMarginsDecideTheFit() throws IOException {
    assertThat(preprocessing("crop: center", -1, 8, 8, 3).fit()).isEqualTo(new Fit.Cover());
    assertThat(preprocessing("pad: 9", -1, 8, 8, 3).fit()).isEqualTo(new Fit.Letterbox(9));
    assertThat(preprocessing("", -1, 8, 8, 3).fit()).isEqualTo(new Fit.Stretch());
  }

  @Test
  void anOpenRangeIsAssumedAloud() throws IOException {
    assertThat(preprocessing("", -1, 8, 8, 3).scale()).isEqualTo(1 / 255.);
    assertThat(input("", List.of(), -1, 8, 8, 3).assumed())
        .singleElement()
        .asString()
        .contains("scaled to 0..1");
    ModelInput scaling = input("", List.of("InputLayer", "Rescaling", "Conv2D"), -1, 8, 8, 3);
    assertThat(((Preprocessor) scaling.preprocessor()).settings().scale()).isEqualTo(1);
    assertThat(scaling.assumed()).singleElement().asString().contains("0 to 255");
    assertThat(input("preset: none", List.of(), -1, 8, 8, 3).assumed()).isEmpty();
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    assertThatThrownBy(() -> input("resize: 10x8", List.of(), -1, 8, 8, 3))
        .hasMessage("m: the model takes images of 8x8, the preprocessing makes them 10x8.");
    assertThatThrownBy(() -> input("color: gray", List.of(), -1, 8, 8, 3))
        .hasMessage("m: the model takes 3 channels; color gray has 1.");
    assertThatThrownBy(() -> input("", List.of(), -1, 8, 8, 4))
        .hasMessage("m: the model takes 4 channels; an image has 3.");
  }
}
