package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.Named;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureNamesTest {
  @TempDir Path folder;

  /** So that a bound for a number is refused before the work begins, and only if there is none. */
  @Test
  void eachCheckFindsTheNumbersThatItNames() throws IOException {
    BufferedImage picture = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24 * 20; i++) {
      picture.setRGB(i % 24, i / 24, i * 0x010307 & 0xFFFFFF);
    }
    DecodedImage decoded = ImageDecoder.standard().decode("a", picture);
    try (ReadyModel model =
        ReadyModel.load(
            ConfiguredModel.of(TestModel.COLOUR.write(folder)),
            ModelLoader.standard(),
            RuntimeOptions.defaults())) {
      ImageInput image = model.prepare(decoded);
      Context context = model.context(List.of(image), Classes.top(1), Listener.NONE);
      Subject subject =
          Subject.of(
              context,
              image,
              context.predict(image).get(0),
              Methods.builtIn().named(Named.parse("integrated-gradients(steps=3)")),
              Objects.box("2,3,6,5"),
              0,
              Progress.NONE);
      int found = 0;
      for (Check check : Checks.builtIn().all()) {
        Judgement judgement = Judgement.of(subject, List.of(check), Progress.NONE);
        Finding finding = judgement.findings().get(0);
        if (!finding.measures().isEmpty()) {
          found++;
          assertThat(finding.measures())
              .as(check.id())
              .extracting(Measure::name)
              .containsExactlyInAnyOrderElementsOf(check.measures());
        }
      }
      assertThat(found).as("checks that found numbers").isGreaterThan(5);
    }
  }
}
