package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.image.Prediction;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Picasso;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {
  private static final BufferedImage PICTURE = picture();

  @TempDir Path folder;

  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 24; x++) {
        picture.setRGB(x, y, (7 * x * x + 3 * y) % 256 << 16 | 11 * x % 256 << 8 | 13 * y % 256);
      }
    }
    return picture;
  }

  private ReadyModel ready(TestModel model) throws IOException {
    return ReadyModel.load(
        ConfiguredModel.of(model.write(folder)), ModelLoader.standard(), RuntimeOptions.defaults());
  }

  private static List<Part> parts(ReadyModel model, SideBySide.Settings settings) {
    return Picasso.of(model).explain(PICTURE, new SideBySide(), settings).result().parts();
  }

  private static SideBySide.Settings settings(
      String methods, String models, Scaling scaling, boolean difference) {
    return new SideBySide.Settings(methods, models, scaling, difference);
  }

  @Test
  void methodsStandInTheirOrderAndAgreeWithThemselves() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      List<Part> parts =
          parts(model, settings("saliency, gradient-x-input, saliency", "", Scaling.OWN, false));
      assertThat(parts).hasSize(4);
      assertThat(parts.get(0).label()).startsWith("Saliency map, ");
      assertThat(parts.get(1).label()).startsWith("Gradient × input, ");
      Table agreement = (Table) parts.get(3);
      assertThat(agreement.rows().get(0).get(1)).isEqualTo("1.00");
      assertThat(agreement.rows().get(0).get(3)).isEqualTo("1.00");
    }
  }

  @Test
  void theDifferenceIsOfTheNextMapOfTheSameMethod() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      String methods = "gradient-x-input, saliency, gradient-x-input";
      List<Part> parts = parts(model, settings(methods, "", Scaling.OWN, true));
      Panel difference = (Panel) parts.get(3);
      assertThat(difference.label()).isEqualTo("Difference");
      assertThat(difference.map().largest()).isZero();
    }
  }

  @Test
  void mapsOfDifferentMethodsAreDividedByTheirLargestNumber() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      List<Part> parts =
          parts(model, settings("saliency, gradient-x-input", "", Scaling.OWN, true));
      Panel a = (Panel) parts.get(0);
      Panel b = (Panel) parts.get(1);
      Panel difference = (Panel) parts.get(2);
      assertThat(difference.map().at(3, 4))
          .isCloseTo(
              a.map().at(3, 4) / a.map().largest() - b.map().at(3, 4) / b.map().largest(),
              within(1e-6f));
    }
  }

  @Test
  void oneScaleIsForAll() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      List<Part> parts =
          parts(model, settings("saliency, gradient-x-input", "", Scaling.COMMON, false));
      assertThat(((Panel) parts.get(0)).scale()).isEqualTo(((Panel) parts.get(1)).scale());
    }
  }

  @Test
  void anotherModelSeesThePictureItsOwnWay() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other = ready(TestModel.GREY)) {
      List<Part> parts =
          parts(
              model.beside(only("other", other)),
              settings("gradient-x-input", "other", Scaling.OWN, false));
      Panel second = (Panel) parts.get(1);
      assertThat(second.label()).endsWith(SideBySide.BETWEEN + other.model().title());
      Panel alone =
          Picasso.of(other)
              .classes(Picasso.of(model).predict(PICTURE).get(0).label())
              .explain(
                  PICTURE, new SideBySide(), settings("gradient-x-input", "", Scaling.OWN, false))
              .result()
              .panels()
              .get(0);
      assertThat(second.map().values())
          .as("cell by cell, since both see all of the picture")
          .containsExactly(alone.map().values());
    }
  }

  @Test
  void aMapOfAnotherPartOfThePictureIsBroughtIntoTheFrameOfTheFirst() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("picasso.yaml"),
            """
            models:
              - path: %s
                preprocessing: {crop: center}
            """
                .formatted(TestModel.GREY.write(folder).getFileName()));
    ConfiguredModel cropped =
        Configuration.read(file, getClass().getClassLoader()).model(Optional.empty());
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other =
            ReadyModel.load(cropped, ModelLoader.standard(), RuntimeOptions.defaults())) {
      Panel moved =
          (Panel)
              parts(
                      model.beside(only("other", other)),
                      settings("gradient-x-input", "other", Scaling.OWN, false))
                  .get(1);
      assertThat(List.of(moved.map().width(), moved.map().height())).containsExactly(12, 10);
      assertThat(moved.map().at(0, 5)).as("left of what the other sees").isNaN();
    }
  }

  @Test
  void eachMapTellsWhatItsModelPredicts() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other = ready(TestModel.GREY)) {
      List<Part> parts =
          parts(
              model.beside(only("other", other)),
              settings("saliency, gradient-x-input", "other", Scaling.OWN, true));
      Prediction ofFirst = Picasso.of(model).predict(PICTURE).get(0);
      Prediction ofOther = Picasso.of(other).predict(PICTURE).get(0);
      assertThat(parts.stream().filter(Panel.class::isInstance).map(p -> ((Panel) p).answer()))
          .containsExactly(
              Optional.of(new Answer("", model.model().title(), ofFirst)),
              Optional.of(new Answer("", model.model().title(), ofFirst)),
              Optional.of(new Answer("other", other.model().title(), ofOther)),
              Optional.of(new Answer("other", other.model().title(), ofOther)),
              Optional.empty());
      assertThat(parts.get(2).facts())
          .containsEntry("model", "other")
          .containsEntry("predicted", ofOther.label())
          .containsEntry("predictedNumber", ofOther.probability());
      assertThat(parts(model, settings("saliency", "", Scaling.OWN, false)).get(0).facts())
          .as("of one model there is one answer")
          .doesNotContainKey("predicted");
    }
  }

  @Test
  void asManyClassesAreShownAsAreAskedForAndOneWhereNobodySays() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      Picasso picasso = Picasso.of(model);
      SideBySide.Settings both = settings("saliency, gradient-x-input", "", Scaling.OWN, false);
      var usual = picasso.explain(PICTURE, new SideBySide(), both).result();
      var three = picasso.top(3).explain(PICTURE, new SideBySide(), both).result();
      assertThat(usual.panels()).hasSize(2);
      assertThat(three.panels()).hasSize(6);
      assertThat(three.predictions()).hasSize(3);
      assertThat(three.panels().get(2).label())
          .isEqualTo("Saliency map, " + three.predictions().get(2).label());
    }
  }

  @Test
  void aModelWithoutThatClassSaysSo() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other = ready(TestModel.GREY)) {
      var result =
          Picasso.of(model.beside(only("other", other)))
              .classes("3")
              .explain(PICTURE, new SideBySide(), settings("saliency", "other", Scaling.OWN, false))
              .result();
      assertThat(result.panels()).hasSize(2);
      assertThat(result.warnings())
          .anyMatch(w -> w.contains("no class \"class 3\"; its most probable one is explained"));
    }
  }

  private static OtherModels only(String known, ReadyModel model) {
    return new OtherModels() {
      @Override
      public <R> R use(String name, Function<ReadyModel, R> work) {
        assertThat(name).isEqualTo(known);
        return work.apply(model);
      }
    };
  }

  @Test
  void whatCannotBeIsSaidAndTheOthersStillCome() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      var result =
          Picasso.of(model)
              .explain(
                  PICTURE,
                  new SideBySide(),
                  settings("attention-relevance, saliency", "", Scaling.OWN, false))
              .result();
      assertThat(result.panels()).hasSize(1);
      assertThat(result.warnings()).anyMatch(w -> w.contains("attention"));
    }
  }

  @Test
  void wrongSettingsAreToldByName() {
    assertThatThrownBy(() -> settings("grad-camm", "", Scaling.OWN, false))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("did you mean grad-cam");
    assertThatThrownBy(() -> settings("", "", Scaling.OWN, false))
        .hasMessageContaining("Name between 1 and");
  }

  @Test
  void aModelThatIsNotThereIsSaid() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      assertThatThrownBy(() -> parts(model, settings("saliency", "elsewhere", Scaling.OWN, false)))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining("no model elsewhere");
    }
  }
}
