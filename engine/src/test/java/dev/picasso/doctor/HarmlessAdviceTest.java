package dev.picasso.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.model.Model;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice that harms is worse than none. */
class HarmlessAdviceTest {
  private static final List<DecodedImage> PICTURES = StatisticsNetwork.pictures(12);

  @TempDir Path folder;

  private static Preprocessing given(Model model) {
    return ((Preprocessor) ModelInput.of(PreprocessingSettings.none(), model).preprocessor())
        .settings();
  }

  /** Which of two: darker than a threshold, or brighter; of no filters that could tell a range. */
  private static Value darkOrBright(GraphBuilder g, Value x, double threshold, double factor) {
    Value over = g.mul(g.add(g.mean(x, false, 1, 2, 3), -threshold), factor);
    Value column = g.reshape(over, Shape.BATCH, 1);
    return g.softmax(g.concat(1, List.of(g.neg(column), column)), 1);
  }

  private static Graph plain(double threshold) {
    GraphBuilder g = new GraphBuilder();
    long side = StatisticsNetwork.SIDE;
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, side, side));
    return g.build(darkOrBright(g, x, threshold, 4));
  }

  /** The pictures with what they truly show: the dark half first. */
  private static List<Specimen> known() {
    List<Specimen> known = new ArrayList<>();
    for (int i = 0; i < PICTURES.size(); i++) {
      DecodedImage picture = PICTURES.get(i);
      known.add(new Specimen(() -> picture, OptionalInt.of(2 * i < PICTURES.size() ? 0 : 1)));
    }
    return known;
  }

  @Test
  void largerNumbersAreNotAdvisedBecauseTheyMakeSurerAnswers() throws IOException {
    Model model = SmallModels.of(folder, plain(.49));
    Diagnosis found = new Doctor(model).examine(given(model), PICTURES);
    assertThat(found.isRepaired()).isFalse();
    assertThat(found.pixels().isAnswered()).isFalse();
  }

  @Test
  void trueLabelsLeaveWhatIsRightAndRepairWhatIsNot() throws IOException {
    Model model = SmallModels.of(folder, plain(.49));
    Preprocessing right = given(model);
    Diagnosis found = new Doctor(model).examine(right, known(), share -> {});
    assertThat(found.isRepaired()).isFalse();
    assertThat(found.rests())
        .anyMatch(r -> r.contains("Of 12 images whose true classes are known it is right for 12"));
    assertThat(found.ranked().get(0).hits()).isEqualTo(new Hits(12, 12));
    Preprocessing wrong = right.with(Preset.CAFFE);
    Diagnosis repaired = new Doctor(model).examine(wrong, known(), share -> {});
    assertThat(repaired.pixels().answer()).isEqualTo(Scaling.UNIT.words());
    assertThat(repaired.ranked().get(0).candidate().scaling()).isEqualTo(Scaling.UNIT);
  }

  @Test
  void statisticsDoNotWinOverTrueLabels() throws IOException {
    Graph graph =
        StatisticsNetwork.of(
            PICTURES,
            s -> s / 127.5 - 1,
            1,
            (g, x, features) ->
                // the features must be read, and change nothing
                darkOrBright(g, g.add(x, g.mul(g.mean(features, true, 1, 2, 3), 1e-6)), .49, 4));
    Model model = SmallModels.of(folder, graph);
    Preprocessing unit = given(model);
    Diagnosis unknown = new Doctor(model).examine(unit, PICTURES);
    assertThat(unknown.repaired().number(0, 0)).as("by the statistics alone").isEqualTo(-1);
    Diagnosis found = new Doctor(model).examine(unit, known(), share -> {});
    assertThat(found.isRepaired()).isFalse();
    assertThat(found.pixels().certainty()).isNotEqualTo(Aspect.Certainty.SURE);
  }

  @Test
  void numbersThatNobodyUsesAreFound() throws IOException {
    Model model = SmallModels.of(folder, odd(s -> (s - 33.3) / 78.6));
    Diagnosis found = new Doctor(model).examine(given(model), PICTURES);
    assertThat(found.pixels().answer()).contains("found by fitting");
    assertThat(found.pixels().certainty()).isEqualTo(Aspect.Certainty.LIKELY);
    assertThat(found.repaired().number(0, 0)).isCloseTo(-.42, within(.15));
    assertThat(found.repaired().number(255, 0)).isCloseTo(2.82, within(.15));
    assertThat(PlainWords.of(found)).hasValueSatisfying(w -> assertThat(w).contains("was likely"));
  }

  @Test
  void knownNumbersAreNotReplacedByFittedOnes() throws IOException {
    for (Scaling scaling : List.of(Scaling.UNIT, Scaling.SIGNED, Scaling.BYTES)) {
      Model model = SmallModels.of(folder, odd(s -> scaling.number(s, 0)));
      Diagnosis found = new Doctor(model).examine(given(model), PICTURES);
      assertThat(found.pixels().answer()).isEqualTo(scaling.words());
    }
  }

  @Test
  void nothingIsAdvisedWhereNothingFits() throws IOException {
    Model model = SmallModels.of(folder, spoiled(s -> s / 255, 200));
    Diagnosis found = new Doctor(model).examine(given(model), PICTURES);
    assertThat(found.fits()).isFalse();
    assertThat(found.isRepaired()).isFalse();
    assertThat(DiagnosisText.summary(found)).startsWith("None of the inputs that were tried fits");
  }

  private static Graph odd(DoubleUnaryOperator seen) {
    return spoiled(seen, 1);
  }

  private static Graph spoiled(DoubleUnaryOperator seen, double spoiled) {
    return StatisticsNetwork.of(
        PICTURES, seen, spoiled, (g, x, features) -> g.softmax(g.mean(features, false, 2, 3), 1));
  }

  @Test
  void numbersThatAreNoClassesTellNothing() throws IOException {
    GraphBuilder g = new GraphBuilder();
    long side = StatisticsNetwork.SIDE;
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, side, side));
    Value level = g.mul(g.mean(x, false, 1, 2, 3), 50);
    Model model = SmallModels.of(folder, g.build(g.reshape(level, Shape.BATCH, 1)));
    assertThat(model.tellsNumbers()).isTrue();
    Diagnosis found = new Doctor(model).examine(given(model), PICTURES);
    assertThat(found.isRepaired()).isFalse();
    assertThat(found.isAnswered()).isFalse();
    assertThat(found.rests()).anyMatch(r -> r.contains("numbers and no classes"));
  }

  @Test
  void imagesAreSpreadOverAllOfThem() {
    List<Specimen> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(new Specimen(() -> PICTURES.get(0), OptionalInt.of(i)));
    }
    List<Integer> truths =
        Specimen.chosen(all, 4, 8).stream().map(s -> s.truth().getAsInt()).toList();
    assertThat(truths).startsWith(0, 25, 50, 75).hasSize(8).doesNotHaveDuplicates();
  }
}
