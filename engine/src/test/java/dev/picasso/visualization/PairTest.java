package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.gradients.GradientTimesInput;
import dev.picasso.attribution.perturbation.Occlusion;
import dev.picasso.image.Prediction;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Explanation;
import dev.picasso.run.ImageSource;
import dev.picasso.run.Picasso;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One class is explained against another. */
class PairTest {
  /** Those that ask no class at all, or choose by themselves what they compare with. */
  private static final Set<String> SAME_WHATEVER_THE_CLASS =
      Set.of("activation", "eigen-cam", "finer-cam");

  private static final BufferedImage PICTURE = picture();

  @TempDir Path folder;

  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 12; x++) {
        picture.setRGB(x, y, (37 * x * x + 3 * y) % 256 << 16 | 11 * x % 256 << 8 | 23 * y % 256);
      }
    }
    return picture;
  }

  private ReadyModel ready(TestModel model) throws IOException {
    return ReadyModel.load(
        ConfiguredModel.of(model.write(folder)), ModelLoader.standard(), RuntimeOptions.defaults());
  }

  private static ImageInput prepared(ReadyModel model) {
    return model.prepare(ImageSource.of("picture", PICTURE).read(new Stop()).image());
  }

  private static Predictions told(ReadyModel model) {
    ImageInput input = prepared(model);
    return model.explainer().predict(input.prepared().x());
  }

  @Test
  void itsMapIsThatOfTheDifferenceAndItsNumberHowFarTheOneIsAhead() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      GradientTimesInput method = new GradientTimesInput();
      Explanation pair = Picasso.of(model).pair("2", "1").explain(PICTURE, method);
      Explanation each = Picasso.of(model).classes("2", "1").explain(PICTURE, method);
      float[] one = each.maps().get(0).values();
      float[] other = each.maps().get(1).values();
      float[] lead = pair.maps().get(0).values();
      assertThat(pair.maps()).hasSize(1);
      assertThat(lead).hasSameSizeAs(one);
      for (int i = 0; i < lead.length; i++) {
        assertThat(lead[i]).isCloseTo(one[i] - other[i], within(1e-5f));
      }
      Panel panel = pair.result().panels().get(0);
      Predictions told = told(model);
      assertThat(panel.label()).isEqualTo("class 2 against class 1");
      assertThat(panel.number()).isCloseTo(told.score(0, 2) - told.score(0, 1), within(1e-5));
      assertThat(panel.numberOf()).hasValue("difference of the logits");
      assertThat(panel.numberText()).matches("[+-]\\d+\\.\\d{3}");
      assertThat(panel.facts()).containsEntry("numberOf", "difference of the logits");
      assertThat(panel.meaning()).endsWith("; the score is that of class 2 less that of class 1");
      assertThat(pair.predictions().stream().map(Prediction::index)).containsExactly(2, 1);
    }
  }

  @Test
  void whatIsHiddenIsMeasuredInScores() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      Occlusion whole = new Occlusion(12, 12, "0", 0); // one patch over all that there is
      Panel panel =
          Picasso.of(model).pair("2", "1").explain(PICTURE, whole).result().panels().get(0);
      // What is left of a picture without numbers is the same for all: no activation, no bias.
      assertThat(panel.map().at(3, 3)).isCloseTo((float) panel.number(), within(1e-4f));
      assertThat(panel.meaning()).startsWith("drop of the score with the patch hidden");
    }
  }

  static Stream<Visualization<?>> visualizations() {
    return Visualizations.builtIn().all().stream().map(v -> v);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("visualizations")
  void eachExplainsItOrSaysThatItDoesNot(Visualization<?> visualization) throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      explainOrRefuse(model, visualization);
    }
  }

  private static <S extends Record> void explainOrRefuse(
      ReadyModel model, Visualization<S> visualization) {
    ImageInput input = prepared(model);
    List<ImageResult> results;
    try {
      S unused = model.settings(visualization, Map.of());
    } catch (PicassoException e) {
      return; // it is not for such a model, whatever is asked
    }
    try {
      results =
          model
              .explain(
                  visualization,
                  visualization.defaults(),
                  List.of(input),
                  Classes.pair(2, 1),
                  Listener.NONE)
              .images();
    } catch (InapplicableException e) {
      assertThat(e.getMessage()).contains("against another");
      return;
    }
    assertThat(SAME_WHATEVER_THE_CLASS).doesNotContain(visualization.id());
    assertThat(results.get(0).problem()).isEmpty();
    assertThat(results.get(0).panels())
        .isNotEmpty()
        .allSatisfy(panel -> assertThat(panel.numberOf()).hasValue("difference of the logits"));
  }

  @Test
  void ofAComparisonAMethodThatCannotSaysSoAndTheOthersGoOn() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      SideBySide.Settings settings =
          new SideBySide.Settings("saliency, eigen-cam, grad-cam", "", Scaling.OWN, false);
      List<Part> parts =
          Picasso.of(model)
              .pair("2", "1")
              .explain(PICTURE, new SideBySide(), settings)
              .result()
              .parts();
      assertThat(parts.stream().map(Part::label))
          .containsExactly(
              "Saliency map, class 2 against class 1",
              "Grad-CAM, class 2 against class 1",
              "Eigen-CAM",
              "Agreement");
      assertThat(((Verdict) parts.get(2)).text()).contains("the same whatever the class");
    }
  }

  @Test
  void ofTwoModelsItSaysSoOnce() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other = ready(TestModel.GREY)) {
      SideBySide.Settings settings =
          new SideBySide.Settings("eigen-cam, saliency", "other", Scaling.OWN, false);
      List<Part> parts =
          Picasso.of(model.beside(only("other", other)))
              .pair("2", "1")
              .explain(PICTURE, new SideBySide(), settings)
              .result()
              .parts();
      assertThat(parts.stream().map(Part::kind)).containsExactly("map", "map", "text", "table");
    }
  }

  @Test
  void aComparisonOfMethodsThatAllCannotSaysWhy() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      SideBySide.Settings settings = new SideBySide.Settings("eigen-cam", "", Scaling.OWN, false);
      Picasso pair = Picasso.of(model).pair("2", "1");
      assertThatThrownBy(() -> pair.explain(PICTURE, new SideBySide(), settings))
          .hasMessageContaining("None of the methods can explain this. Eigen-CAM is the same");
    }
  }

  @Test
  void aModelWithoutOneOfTheTwoIsLeftOutOfAComparison() throws IOException {
    try (ReadyModel model = ready(TestModel.COLOUR);
        ReadyModel other = ready(TestModel.GREY)) {
      SideBySide.Settings settings =
          new SideBySide.Settings("saliency", "other", Scaling.OWN, false);
      ImageResult result =
          Picasso.of(model.beside(only("other", other)))
              .pair("3", "1")
              .explain(PICTURE, new SideBySide(), settings)
              .result();
      assertThat(result.panels()).hasSize(1);
      assertThat(result.warnings())
          .anyMatch(
              w -> w.contains("has no class \"class 3\", so that it has no map of one class"));
    }
  }

  private static OtherModels only(String name, ReadyModel model) {
    return new OtherModels() {
      @Override
      public <R> R use(String wanted, Function<ReadyModel, R> work) {
        assertThat(wanted).isEqualTo(name);
        return work.apply(model);
      }
    };
  }

  @Test
  void aClassIsNotSetAgainstItselfNorOneThatIsNotThere() throws IOException {
    assertThatThrownBy(() -> Classes.pair(3, 3))
        .isInstanceOf(PicassoException.class)
        .hasMessage("Class 3 cannot be set against itself; choose another one to set it against.");
    try (ReadyModel model = ready(TestModel.COLOUR)) {
      assertThatThrownBy(() -> Classes.pair(1, 4).require(model.model()))
          .hasMessage("There is no class 4; the model has the classes 0 to 3.");
      assertThatThrownBy(() -> Classes.pair(-1, 2).require(model.model()))
          .hasMessageStartingWith("There is no class -1;");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ONE_SIGMOID", "ONE_NUMBER"})
  void ofOneOutputNoSideIsSetAgainstTheOther(TestModel kind) throws IOException {
    try (ReadyModel model = ready(kind)) {
      assertThatThrownBy(() -> Picasso.of(model).pair("1", "0"))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining(" has one output, so that one side of it against the other");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | the mean over all places | difference of the logits",
        "1,2,3,3 | in the box 1,2,3,3 | difference of the logits, summed over the region",
        "1,2 | at the point 1,2 | difference of the logits"
      })
  void ofAMapOfClassesItIsAskedWhereTheRegionSays(String region, String where, String number)
      throws IOException {
    try (ReadyModel model = ready(TestModel.MAP)) {
      Visualization<?> method = Visualizations.builtIn().get("gradient-x-input");
      Panel pair = explained(model, method, region, Classes.pair(2, 1)).panels().get(0);
      List<Panel> each = explained(model, method, region, Classes.chosen(List.of(2, 1))).panels();
      float[] lead = pair.map().values();
      for (int i = 0; i < lead.length; i++) {
        float apart = each.get(0).map().values()[i] - each.get(1).map().values()[i];
        assertThat(lead[i]).isCloseTo(apart, within(1e-4f));
      }
      assertThat(pair.meaning()).endsWith("less that of class 1, " + where);
      assertThat(pair.numberOf()).hasValue(number);
    }
  }

  @Test
  void ofAMapOfClassesItIsAskedWhereTheFirstIsPredicted() throws IOException {
    try (ReadyModel model = ready(TestModel.MAP)) {
      Visualization<?> method = Visualizations.builtIn().get("saliency");
      List<String> said = new ArrayList<>();
      for (int c = 0; c < 3; c++) {
        ImageResult result = explained(model, method, "auto", Classes.pair(c, (c + 1) % 3));
        said.add(result.problem().orElseGet(() -> result.panels().get(0).meaning()));
      }
      assertThat(said).anyMatch(words -> words.contains(" is predicted"));
      assertThat(said)
          .allMatch(
              words ->
                  words.contains(" nowhere in the image; choose a box or a point")
                      || words.matches(".*less that of class \\d, where class \\d is predicted"));
    }
  }

  private static <S extends Record> ImageResult explained(
      ReadyModel model, Visualization<S> visualization, String region, Classes classes) {
    S settings = model.settings(visualization, Map.of("region", region), classes);
    return model
        .explain(visualization, settings, List.of(prepared(model)), classes, Listener.NONE)
        .images()
        .get(0);
  }
}
