package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Window;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatIfTest {
  @TempDir Path folder;

  private Explainer explainer(Model model) {
    return new Explainer(model, RuntimeOptions.defaults());
  }

  private static Tensor image(Explainer explainer) {
    Random random = new Random(5);
    int n = Math.toIntExact(explainer.imageInput().shape().withBatch(1).size());
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat();
    }
    return Tensor.of(x, explainer.imageInput().shape().withBatch(1).dims());
  }

  @ParameterizedTest
  @EnumSource(
      value = TestModel.class,
      names = {"COLOUR", "GREY", "FLAT", "ONE_SIGMOID"})
  void aBoxIsHiddenAsIfThePictureWereSo(TestModel kind) throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(kind.write(folder)));
    try (Explainer explainer = explainer(model)) {
      Tensor x = image(explainer);
      WhatIf whatIf = WhatIf.of(explainer, Images.of(x), "0.5", 0);
      assertThat(whatIf.before().probabilities().floats())
          .isEqualTo(explainer.predict(x).probabilities().floats());
      int width = explainer.imageInput().width();
      int height = explainer.imageInput().height();
      for (Window box :
          List.of(
              new Window(1, 2, 3, 2),
              new Window(width - 1, height - 1, 1, 1),
              new Window(0, 0, width, height),
              new Window(0, 3, width, 2),
              new Window(1, 2, 3, 2))) {
        assertThat(whatIf.hiding(box).probabilities().floats())
            .as("%s", box)
            .containsExactly(
                explainer.predict(hidden(explainer, x, box)).probabilities().floats(),
                within(1e-5f));
      }
    }
  }

  private static Tensor hidden(Explainer explainer, Tensor x, Window box) {
    float[] all = x.floats();
    for (int y = box.top(); y < box.top() + box.height(); y++) {
      for (int i = box.left(); i < box.left() + box.width(); i++) {
        for (int c = 0; c < explainer.imageInput().channels(); c++) {
          all[
                  c * explainer.imageInput().channelStride()
                      + (y * explainer.imageInput().width() + i)
                          * explainer.imageInput().pixelStride()] =
              .5f;
        }
      }
    }
    return Tensor.of(all, x.shape().dims());
  }

  @Test
  void whatIsNoBoxOrNoFillIsRefused() throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestModel.COLOUR.write(folder)));
    try (Explainer explainer = explainer(model)) {
      Images x = Images.of(image(explainer));
      WhatIf whatIf = WhatIf.of(explainer, x, "0", 0);
      for (Window box :
          List.of(new Window(0, 0, 0, 3), new Window(-1, 0, 3, 3), new Window(10, 0, 3, 3))) {
        assertThatThrownBy(() -> whatIf.hiding(box)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> WhatIf.of(explainer, x, "gray", 0))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("did you mean grey?");
    }
  }
}
