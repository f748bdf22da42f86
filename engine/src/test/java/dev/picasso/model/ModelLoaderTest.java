package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelLoaderTest {
  private static final Path FILE =
      Path.of("src/test/resources/dev/picasso/format/keras/k21_net_cnn.h5");

  private static Model load(String input) {
    ImportOptions named = ImportOptions.none().withInputs(List.of(input));
    return ModelLoader.standard().load(ModelRequest.of(FILE).with(named));
  }

  @Test
  void anInputThatTheConfigurationNamesMustBeThere() {
    assertThat(load("conv2d_input").input()).isPresent();
    assertThatThrownBy(() -> load("data"))
        .isInstanceOf(ModelException.class)
        .hasMessage("k21_net_cnn.h5: has no input data; its inputs are conv2d_input.");
  }
}
