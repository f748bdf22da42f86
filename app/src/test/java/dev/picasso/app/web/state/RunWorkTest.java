package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportedModel;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.InputSpec;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a run is how it was when it was worked on. */
class RunWorkTest {
  @TempDir Path folder;

  /** A plugin that says how images get into every model. */
  private record Otherwise() implements ModelAdapter {
    @Override
    public String id() {
      return "otherwise";
    }

    @Override
    public String title() {
      return "Otherwise";
    }

    @Override
    public boolean isFor(Path file, ImportedModel imported) {
      return true;
    }

    @Override
    public ImagePreprocessor input(InputSpec input) {
      return new Preprocessor(Preprocessing.of(input.height(), input.width()).with(input.layout()));
    }
  }

  @Test
  void howImagesWereGivenIsToldAsItWasWhenAPluginChangesItLater() throws IOException {
    AtomicReference<List<ModelAdapter>> adapters = new AtomicReference<>(List.of());
    Session session = TestSession.in(folder.resolve("session"));
    ImageStore images = new ImageStore(ImageDecoder.standard(), new Thrift());
    StoredImage image = TestSession.image(images, session);
    Visualization<?> asked = Visualizations.builtIn().get("class-probabilities");
    try (ModelLoading loading = new ModelLoading(Device.CPU, adapters::get);
        ServedModel model =
            new ServedModel(ConfiguredModel.of(TestModel.COLOUR.write(folder)), loading)) {
      Run run =
          session
              .addRun(
                  new Run.Order(
                      model,
                      asked,
                      Map.of(),
                      Classes.top(1),
                      ExplainedInputs.SHOWN,
                      List.of(image),
                      OtherModels.NONE))
              .orElseThrow();
      new RunWork(run, session, images).goOn(() -> false);
      assertThat(run.status().problem()).isEmpty();
      Optional<String> then = run.given();
      assertThat(then).isPresent().isEqualTo(model.given());

      adapters.set(List.of(new Otherwise()));
      model.load().join();
      assertThat(model.given()).isPresent().isNotEqualTo(then);
      assertThat(run.given()).isEqualTo(then);
    }
  }
}
