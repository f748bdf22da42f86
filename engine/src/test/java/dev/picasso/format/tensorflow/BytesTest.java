package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.Preprocessor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which range pixels get where nobody says it. */
class BytesTest {
  private static final Path ZOO = Path.of("src/test/resources/dev/picasso/format/tensorflow/zoo");

  @ParameterizedTest
  @CsvSource({
    "net_uint8_cast.pb, 1",
    "net_uint8_resize.pb, 1",
    "sm2_keras3_preprocessing, 1",
    "net_lenet.pb, 255"
  })
  void inputsOfBytesAreGivenPixelsAsTheyAre(String file, double divisor) {
    Model model = ModelLoader.standard().load(ModelRequest.of(ZOO.resolve(file)));
    ModelInput input = ModelInput.of(PreprocessingSettings.none(), model);
    assertThat(((Preprocessor) input.preprocessor()).settings().scale()).isEqualTo(1 / divisor);
  }
}
