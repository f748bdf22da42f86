package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.gradients.GradientTimesInput;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Layout;
import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.segments.Mask;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ImageInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps of 12 × 12 of pictures of 24 × 24. */
class OnObjectTest {
  private static final int SIDE = 12;

  @TempDir Path folder;

  private static Mask mask(int side, IntPredicate in) {
    return Mask.of(side, side, in);
  }

  /** The left upper quarter of the picture. */
  private static final Mask CORNER = mask(2 * SIDE, i -> i % 24 < 12 && i / 24 < 12);

  private Finding found(Optional<Mask> object, OnObject check, IntPredicate bright)
      throws IOException {
    Preprocessor preprocessor =
        new Preprocessor(Preprocessing.of(SIDE, SIDE).with(Layout.NCHW).scaled(1 / 255., 0));
    Picture picture = Picture.grey(2 * SIDE, 2 * SIDE, 128);
    ImageInput image = new ImageInput("a.png", picture, preprocessor.apply(picture));
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      values[i] = bright.test(i) ? 1 + i % 7 : -5;
    }
    Attribution method = new GradientTimesInput();
    try (Explainer explainer =
        new Explainer(
            SmallModels.of(
                folder,
                Shape.of(Shape.BATCH, 3, SIDE, SIDE),
                (g, x) -> SmallModels.linear(g, x, SmallModels.zigzag(6 * SIDE * SIDE), 2)),
            RuntimeOptions.defaults())) {
      return check.check(
          new Subject(
              explainer,
              image,
              new Prediction(0, "0", 1),
              Target.ofClass(0),
              method,
              Images.of(image.prepared().x(), preprocessor),
              Maps.signed(Tensor.of(values, 1, 3, SIDE, SIDE), Maps.Frame.INPUT, "numbers"),
              object,
              0),
          Progress.NONE);
    }
  }

  static Stream<Arguments> maps() {
    IntPredicate corner = i -> i % SIDE < 4 && i / SIDE < 5;
    IntPredicate other = i -> i % SIDE > 7 && i / SIDE > 7;
    IntPredicate middle = i -> isNear(i, SIDE, 3);
    Mask inMiddle = mask(24, i -> isNear(i, 24, 9));
    return Stream.of(
        Arguments.of("on it", CORNER, corner, Answer.YES),
        Arguments.of("beside it", CORNER, other, Answer.NO),
        Arguments.of("in the middle, as a blob is", inMiddle, spread(middle), Answer.OPEN));
  }

  /** Whether a pixel is near the middle of a square, in both directions. */
  private static boolean isNear(int pixel, int side, int distance) {
    int row = pixel / side;
    double middle = (side - 1) / 2.;
    return Math.abs(pixel % side - middle) < distance && Math.abs(row - middle) < distance;
  }

  /** Most of it, and some beside it. */
  private static IntPredicate spread(IntPredicate in) {
    return i -> in.test(i) || i % 5 == 0;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("maps")
  void aMapOnTheObjectIsTold(String name, Mask object, IntPredicate bright, Answer answer)
      throws IOException {
    Finding finding = found(Optional.of(object), new OnObject(), bright);
    assertThat(finding.answer()).isEqualTo(answer);
    assertThat(finding.claim()).isEqualTo("on the object");
  }

  @Test
  void onlyWhatIsPositiveCounts() throws IOException {
    Finding finding = found(Optional.of(CORNER), new OnObject(), i -> i % SIDE < 4 && i / SIDE < 5);
    assertThat(finding.measures().get(0).name()).isEqualTo("mass");
    assertThat(finding.measures().get(0).value()).isEqualTo(1);
  }

  static Stream<Arguments> masks() {
    return Stream.of(
        Arguments.of(Optional.empty(), "It is not known where the object is in a.png;"),
        Arguments.of(
            Optional.of(mask(12, i -> i < 9)),
            "The mask has 12 × 12 pixels, the picture 24 × 24; both must be of one size."),
        Arguments.of(Optional.of(mask(24, i -> false)), "The mask is empty"),
        Arguments.of(Optional.of(mask(24, i -> true)), "The mask is all of the image"),
        Arguments.of(Optional.of(mask(24, i -> i == 30)), "The model sees nothing of the object"));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void aMaskThatTellsNothingIsSaid(Optional<Mask> mask, String message) {
    assertThatThrownBy(() -> found(mask, new OnObject(), i -> i < 30))
        .isInstanceOf(InapplicableException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aMapWithoutPositiveNumbersPointsNowhere() {
    assertThatThrownBy(() -> found(Optional.of(CORNER), new OnObject(), i -> false))
        .isInstanceOf(InapplicableException.class)
        .hasMessageStartingWith("Nothing in the map is positive");
  }

  @Test
  void moreStrongestPixelsThanThereAreAreRefused() {
    assertThatThrownBy(() -> found(Optional.of(CORNER), new OnObject(0, 145), i -> i < 30))
        .hasMessage("Top is 145; the model's input has 144 pixels.");
  }
}
