package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Pasting;
import dev.picasso.image.Picture;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
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
      WhatIf whatIf = WhatIf.of(explainer, Images.of(x));
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
        assertThat(whatIf.hiding(box, "0.5").probabilities().floats())
            .as("%s", box)
            .containsExactly(
                explainer.predict(hidden(explainer, x, box)).probabilities().floats(),
                within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestModel.class,
      names = {"COLOUR", "GREY", "FLAT", "ONE_SIGMOID"})
  void aPartOfAnyShapeIsHiddenAsIfThePictureWereSo(TestModel kind) throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(kind.write(folder)));
    try (Explainer explainer = explainer(model)) {
      Tensor x = image(explainer);
      WhatIf whatIf = WhatIf.of(explainer, Images.of(x));
      int width = explainer.imageInput().width();
      int height = explainer.imageInput().height();
      for (IntPredicate part :
          List.<IntPredicate>of(
              i -> i == 0,
              i -> i % width > 2 && i / width > i % width,
              i -> i == 0 || i == width * height - 1,
              i -> true)) {
        assertThat(whatIf.hiding(Mask.of(width, height, part), "0.5").probabilities().floats())
            .containsExactly(
                explainer.predict(hidden(explainer, x, part)).probabilities().floats(),
                within(1e-5f));
      }
    }
  }

  @Test
  void oneFillAfterAnotherIsToldAsEachAlone() throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestModel.COLOUR.write(folder)));
    try (Explainer explainer = explainer(model)) {
      Images x = Images.of(image(explainer));
      WhatIf whatIf = WhatIf.of(explainer, x);
      Window box = new Window(1, 1, 4, 4);
      for (int i = 0; i < 30; i++) {
        String fill = String.valueOf(i % 15 / 15f);
        assertThat(whatIf.hiding(box, fill).scores().floats())
            .isEqualTo(WhatIf.of(explainer, x).hiding(box, fill).scores().floats());
      }
    }
  }

  /** Three channels of floats between 0 and 1, so that a picture's 255 is 1. */
  @Test
  void aPieceOfAnotherPictureIsPastedAsIfThePictureWereSo() throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestModel.COLOUR.write(folder)));
    try (Explainer explainer = explainer(model)) {
      ImagePreprocessor way = ModelInput.of(PreprocessingSettings.none(), model).preprocessor();
      int width = explainer.imageInput().width();
      int height = explainer.imageInput().height();
      Picture picture = random(width, height, 7);
      Picture other = random(40, 30, 8);
      Tensor x = way.normalize(List.of(picture));
      WhatIf whatIf = WhatIf.of(explainer, Images.of(x, way));
      for (Window box :
          List.of(
              new Window(2, 1, 5, 4), new Window(-3, -2, 6, 9), new Window(0, 0, width, height))) {
        Window piece = new Window(3, 4, 20, 16);
        Tensor pasted = way.normalize(List.of(Pasting.paste(picture, box, other, piece)));
        assertThat(whatIf.pasting(box, other, piece).probabilities().floats())
            .containsExactly(explainer.predict(pasted).probabilities().floats(), within(1e-4f));
      }
      assertThatThrownBy(
              () -> whatIf.pasting(new Window(width, 0, 3, 3), other, new Window(0, 0, 1, 1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  WhatIf.of(explainer, Images.of(x))
                      .pasting(new Window(0, 0, 3, 3), other, new Window(0, 0, 1, 1)))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("nothing can be pasted");
    }
  }

  private static Picture random(int width, int height, int seed) {
    Random random = new Random(seed);
    float[] samples = new float[3 * width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(256);
    }
    return Picture.of(width, height, samples);
  }

  private static Tensor hidden(Explainer explainer, Tensor x, Window box) {
    int width = explainer.imageInput().width();
    return hidden(
        explainer,
        x,
        i ->
            i % width >= box.left()
                && i % width < box.left() + box.width()
                && i / width >= box.top()
                && i / width < box.top() + box.height());
  }

  private static Tensor hidden(Explainer explainer, Tensor x, IntPredicate part) {
    float[] all = x.floats();
    InputSpec input = explainer.imageInput();
    for (int i = 0; i < input.width() * input.height(); i++) {
      for (int c = 0; c < input.channels() && part.test(i); c++) {
        all[c * input.channelStride() + i * input.pixelStride()] = .5f;
      }
    }
    return Tensor.of(all, x.shape().dims());
  }

  @Test
  void whatIsNoBoxOrNoFillIsRefused() throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestModel.COLOUR.write(folder)));
    try (Explainer explainer = explainer(model)) {
      Images x = Images.of(image(explainer));
      WhatIf whatIf = WhatIf.of(explainer, x);
      for (Window box :
          List.of(new Window(0, 0, 0, 3), new Window(-1, 0, 3, 3), new Window(10, 0, 3, 3))) {
        assertThatThrownBy(() -> whatIf.hiding(box, "0"))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> whatIf.hiding(new Window(0, 0, 3, 3), "gray"))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("did you mean grey?");
    }
  }
}
