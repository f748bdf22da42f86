package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInputTest {
  private static final PixelEvidence NOTHING = PixelEvidence.none();

  @TempDir Path folder;

  private ModelInput input(String yaml, PixelEvidence evidence, long... shape) throws IOException {
    Files.writeString(folder.resolve("m"), "");
    Path file = folder.resolve("picasso.yaml");
    Files.writeString(file, "models: [{path: m, preprocessing: {" + yaml + "}}]");
    PreprocessingSettings settings =
        Configuration.read(file, getClass().getClassLoader()).models().get(0).preprocessing();
    InputSpec spec = InputSpec.of(new Value("x", DataType.FLOAT, Shape.of(shape))).orElseThrow();
    return ModelInput.of(settings, "m", spec, evidence);
  }

  private Preprocessing preprocessing(String yaml, long... shape) throws IOException {
    return ((Preprocessor) input(yaml, NOTHING, shape).preprocessor()).settings();
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
    assertThat(input("", NOTHING, -1, 8, 8, 3).assumed())
        .singleElement()
        .asString()
        .contains("scaled to 0..1");
    ModelInput scaling = input("", PixelEvidence.of(PixelRange.BYTES, "It divides"), -1, 8, 8, 3);
    assertThat(((Preprocessor) scaling.preprocessor()).settings().scale()).isEqualTo(1);
    assertThat(scaling.assumed()).singleElement().asString().contains("0 to 255");
    assertThat(input("preset: none", NOTHING, -1, 8, 8, 3).assumed()).isEmpty();
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    assertThatThrownBy(() -> input("resize: 10x8", NOTHING, -1, 8, 8, 3))
        .hasMessage("m: the model takes images of 8x8, the preprocessing makes them 10x8.");
    assertThatThrownBy(() -> input("color: gray", NOTHING, -1, 8, 8, 3))
        .hasMessage("m: the model takes 3 channels; color gray has 1.");
    assertThatThrownBy(() -> input("", NOTHING, -1, 8, 8, 5))
        .hasMessageStartingWith("m: the model takes 5 channels; images have one, three or four.");
  }
}
