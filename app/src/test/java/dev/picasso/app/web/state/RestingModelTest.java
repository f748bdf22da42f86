package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.testkit.TestModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestingModelTest {
  @TempDir Path folder;

  @Test
  void aModelThatRestsGivesItsMemoryBackAndIsLoadedAgain() throws Exception {
    try (ModelLoading loading = new ModelLoading(Device.CPU);
        ServedModel model =
            new ServedModel(ConfiguredModel.of(TestModel.COLOUR.write(folder)), loading)) {
      model.unload();
      assertThat(model.state()).as("it never was").isEqualTo(ServedModel.State.IDLE);
      int targets = model.use(ready -> ready.model().scores().targets());
      assertThat(model.state()).isEqualTo(ServedModel.State.READY);
      model.unload();
      assertThat(model.state()).isEqualTo(ServedModel.State.IDLE);
      int again = model.use(ready -> ready.model().scores().targets());
      assertThat(again).isEqualTo(targets);
    }
  }

  @Test
  void aModelThatSomebodyWorksWithStays() throws Exception {
    try (ModelLoading loading = new ModelLoading(Device.CPU);
        ServedModel model =
            new ServedModel(ConfiguredModel.of(TestModel.COLOUR.write(folder)), loading)) {
      ServedModel.State during =
          model.use(
              ready -> {
                model.unload();
                return model.state();
              });
      assertThat(during).isEqualTo(ServedModel.State.READY);
    }
  }
}
