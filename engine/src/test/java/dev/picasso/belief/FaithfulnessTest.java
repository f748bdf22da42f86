package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletion, sensitivity-n, infidelity and sparseness where the right answer is known. */
class FaithfulnessTest {
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final Removing PIXELWISE = new Removing(1, Substrate.ZERO);

  @TempDir Path folder;

  /** Each pixel's share of the score of class 0: its number times its weight. */
  private static float[] shares() {
    float[] shares = SmallModels.zigzag(PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      shares[i] *= image()[i];
    }
    return shares;
  }

  private static float[] image() {
    float[] image = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      image[i] = 1 + (i * 7 % 5) / 5f;
    }
    return image;
  }

  /** A linear model of grey images of 8 × 8 pixels, with a softmax behind it or not. */
  private Explainer linear(boolean softmax) throws IOException {
    float[] w = new float[2 * PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      w[2 * i] = SmallModels.zigzag(PIXELS)[i];
    }
    return new Explainer(
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 1, SIDE, SIDE),
            (g, x) -> {
              var scores = SmallModels.linear(g, x, w, 2);
              return softmax ? g.op("Softmax", scores) : scores;
            }),
        RuntimeOptions.defaults());
  }

  private static Subject subject(Explainer explainer, float[] map) {
    int side = (int) Math.sqrt(map.length);
    return Subjects.of(
        explainer,
        Tensor.of(image(), 1, 1, SIDE, SIDE),
        0,
        Maps.signed(Tensor.of(map, 1, side, side), Maps.Frame.PIXELS, "share"));
  }

  private static double measure(Finding finding, String name) {
    return finding.measures().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void theSharesOfALinearModelAreFoundPerfect() throws IOException {
    try (Explainer explainer = linear(true)) {
      Subject subject = subject(explainer, shares());
      Finding sums = new SensitivityN(19, Quantity.LOGITS, PIXELWISE).check(subject, Progress.NONE);
      assertThat(measure(sums, "correlation")).isCloseTo(1, within(1e-4));
      assertThat(sums.answer()).isEqualTo(Answer.YES);

      Finding squares =
          new Infidelity(99, Infidelity.Says.PIXELS, true, Quantity.LOGITS, Substrate.ZERO)
              .check(subject, Progress.NONE);
      assertThat(measure(squares, "unexplained")).isCloseTo(0, within(1e-6));
      assertThat(measure(squares, "scale")).isCloseTo(1, within(1e-4));
      assertThat(squares.answer()).isEqualTo(Answer.YES);

      Finding curves =
          new Deletion(Deletion.Protocol.OWN, 12, PIXELWISE).check(subject, Progress.NONE);
      assertThat(curves.answer()).isEqualTo(Answer.YES);
      for (String other : List.of("random", "centre", "edge")) {
        assertThat(measure(curves, "deletion-beats-" + other)).as(other).isPositive();
        assertThat(measure(curves, "insertion-beats-" + other)).as(other).isPositive();
      }
    }
  }

  @Test
  void theGradientOfALinearModelTellsEachDifference() throws IOException {
    try (Explainer explainer = linear(false)) {
      Subject subject = subject(explainer, SmallModels.zigzag(PIXELS));
      Finding finding =
          new Infidelity(50, Infidelity.Says.DIFFERENCE, false, Quantity.LOGITS, Substrate.MEAN)
              .check(subject, Progress.NONE);
      assertThat(measure(finding, "infidelity")).isCloseTo(0, within(1e-8));
    }
  }

  @Test
  void whatIsTheOtherWayRoundDoesNotBeatEdges() throws IOException {
    float[] wrong = shares();
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = -wrong[i];
    }
    try (Explainer explainer = linear(true)) {
      Subject subject = subject(explainer, wrong);
      for (Check check :
          List.of(
              new Deletion(Deletion.Protocol.OWN, 12, PIXELWISE),
              new SensitivityN(19, Quantity.LOGITS, PIXELWISE),
              new Infidelity(99, Infidelity.Says.PIXELS, true, Quantity.LOGITS, Substrate.ZERO))) {
        Finding finding = check.check(subject, Progress.NONE);
        assertThat(finding.answer()).as(check.id()).isEqualTo(Answer.NO);
      }
    }
  }

  @Test
  void withoutProbabilitiesTheScoreIsCompared() throws IOException {
    try (Explainer explainer = linear(false)) {
      Subject subject = subject(explainer, shares());
      Finding finding =
          new Deletion(Deletion.Protocol.OWN, 12, PIXELWISE).check(subject, Progress.NONE);
      assertThat(finding.words()).contains("The mean " + subject.noun() + " is");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deletion", "sensitivity-n", "infidelity", "sparseness"})
  void aMapThatSaysNothingIsToldInWords(String id) throws IOException {
    Check check = Checks.builtIn().chosen(id).get(0);
    try (Explainer explainer = linear(true)) {
      float[] broken = shares();
      broken[9] = Float.NaN;
      assertThatThrownBy(() -> check.check(subject(explainer, broken), Progress.NONE))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("NaN");
      if (!id.equals("infidelity")) {
        assertThatThrownBy(() -> check.check(subject(explainer, new float[PIXELS]), Progress.NONE))
            .isInstanceOf(InapplicableException.class)
            .hasMessageContaining("everywhere");
      }
    }
  }

  @Test
  void blocksThatLeaveNoChoiceAreRefused() throws IOException {
    try (Explainer explainer = linear(true)) {
      Check check = new Deletion(Deletion.Protocol.OWN, 12, new Removing(5, Substrate.MEAN));
      Subject subject = subject(explainer, shares());
      assertThat(check.check(subject, Progress.NONE).words()).contains("5 × 5");
      Check coarse = new Deletion(Deletion.Protocol.OWN, 12, new Removing(8, Substrate.MEAN));
      assertThatThrownBy(() -> coarse.check(subject, Progress.NONE))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("Choose smaller ones");
    }
  }

  @ParameterizedTest
  @EnumSource(Substrate.class)
  void aSubstrateChangesOnlyWhatIsTakenOut(Substrate substrate) throws IOException {
    try (Explainer explainer = linear(true)) {
      Subject subject = subject(explainer, shares());
      if (substrate == Substrate.BLACK) {
        assertThatThrownBy(() -> substrate.of(subject.input(), subject.x(), 0))
            .hasMessageContaining("no black");
        return;
      }
      Filling filling = substrate.of(subject.input(), subject.x(), 0);
      BitSet removed = new BitSet();
      removed.set(3, 20);
      float[] filled = filling.without(removed);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(filled[i] != image()[i]).as("pixel %d", i).isEqualTo(removed.get(i));
      }
      removed.set(0, PIXELS);
      for (float value : filling.without(removed)) {
        assertThat(value).isBetween(-.1f, 2f);
      }
      assertThat(filling.without(new BitSet())).containsExactly(image());
    }
  }

  @Test
  void neighboursGoOnASlope() throws IOException {
    try (Explainer explainer = linear(true)) {
      float[] slope = new float[PIXELS];
      for (int i = 0; i < PIXELS; i++) {
        slope[i] = i % SIDE + 2f * (i / SIDE);
      }
      BitSet hole = new BitSet();
      for (int y = 2; y < 6; y++) {
        hole.set(y * SIDE + 1, y * SIDE + 7);
      }
      float[] filled = NeighbourFilling.of(explainer.imageInput(), slope, 0, 0).without(hole);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(filled[i]).as("pixel %d", i).isCloseTo(slope[i], within(1e-4f));
      }
    }
  }

  @Test
  void aSeedRepeatsAllOfIt() throws IOException {
    try (Explainer explainer = linear(true)) {
      Subject subject = subject(explainer, shares());
      for (String id : List.of("deletion(substrate=road)", "sensitivity-n", "infidelity")) {
        Check check = Checks.builtIn().chosen(id).get(0);
        assertThat(check.check(subject, Progress.NONE))
            .as(id)
            .isEqualTo(check.check(subject, Progress.NONE));
      }
    }
  }

  @Test
  void whatTakesLongIsNotQuick() {
    assertThat(effort("deletion")).isEqualTo(Check.Effort.QUICK);
    assertThat(effort("deletion(protocol=rise)")).isEqualTo(Check.Effort.LONG);
    assertThat(effort("deletion(substrate=road)")).isEqualTo(Check.Effort.LONG);
    assertThat(effort("deletion(steps=25)")).isEqualTo(Check.Effort.LONG);
    assertThat(effort("sensitivity-n")).isEqualTo(Check.Effort.QUICK);
    assertThat(effort("sensitivity-n(samples=100)")).isEqualTo(Check.Effort.LONG);
    assertThat(effort("infidelity")).isEqualTo(Check.Effort.QUICK);
    assertThat(effort("infidelity(samples=500)")).isEqualTo(Check.Effort.LONG);
  }

  private static Check.Effort effort(String text) {
    return Checks.builtIn().chosen(text).get(0).effort();
  }

  @Test
  void onePixelAloneIsTheSparsest() throws IOException {
    try (Explainer explainer = linear(true)) {
      float[] one = new float[PIXELS];
      one[11] = -3;
      Finding finding = new Sparseness().check(subject(explainer, one), Progress.NONE);
      assertThat(measure(finding, "gini")).isCloseTo(1 - 1. / PIXELS, within(1e-9));
      assertThat(measure(finding, "entropy")).isZero();
      assertThat(measure(finding, "effective-complexity")).isEqualTo(1. / PIXELS);
      assertThat(finding.answer()).isEqualTo(Answer.OPEN);

      float[] alike = new float[PIXELS];
      Arrays.fill(alike, 2);
      Finding flat = new Sparseness().check(subject(explainer, alike), Progress.NONE);
      assertThat(measure(flat, "gini")).isCloseTo(0, within(1e-9));
      assertThat(measure(flat, "entropy")).isCloseTo(Math.log(PIXELS), within(1e-9));
    }
  }
}
