package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.Fit;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.ResizeFilter;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Island;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DisplayTest {
  private static final int SIDE = 40;
  private static final int PICTURE = 0xFFC80000;
  private static final int DARKENED = 0xFF460000;
  private static final Display DISPLAY = Display.defaults();
  private static final Scale ONE = new Scale(ColourMap.GREY, 0, 4);
  private static final Scale BOTH = new Scale(ColourMap.DIVERGING, -4, 4);

  /** Strong in a square, weak and of the other sign in another, no number in the last column. */
  private static final HeatMap MAP = map();

  private static final Drawing DRAWING = drawing();

  private static HeatMap map() {
    float[] values = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean first = x >= 5 && x < 15 && y >= 10 && y < 30;
        boolean second = x >= 25 && x < 35 && y >= 10 && y < 30;
        values[y * SIDE + x] = x == SIDE - 1 ? Float.NaN : first ? 4 : second ? -1 : 0;
      }
    }
    return HeatMap.of(SIDE, SIDE, values);
  }

  private static Drawing drawing() {
    float[] rgb = new float[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = 200;
    }
    return new Drawing(Picture.of(SIDE, SIDE, rgb), Frame.identity(SIDE, SIDE));
  }

  private static Canvas draw(Scale scale, Blending blending) {
    return DRAWING.draw(MAP, scale, DISPLAY.with(blending));
  }

  @Test
  void aMapAloneIsTransparentWhereItHasNoNumber() {
    Canvas canvas = draw(ONE, Blending.MAP);
    assertThat(canvas.argb(10, 20)).isEqualTo(0xFFFFFFFF);
    assertThat(canvas.argb(39, 20)).isZero();
  }

  @Test
  void anOverlayIsEverywhereAsOpaque() {
    Canvas canvas = DRAWING.draw(MAP, ONE, DISPLAY.with(Blending.OVERLAY).withOpacity(.5));
    assertThat(canvas.argb(10, 20)).isEqualTo(0xFFE48080);
    assertThat(canvas.argb(20, 20)).isEqualTo(0xFF640000);
    assertThat(canvas.argb(39, 20)).isEqualTo(DARKENED);
    assertThat(canvas.png()).isEqualTo(DRAWING.overlay(MAP, ONE, .5).png());
  }

  @Test
  void opacityFollowsStrengthOnBothSides() {
    Canvas canvas = draw(BOTH, Blending.STRENGTH);
    assertThat(canvas.argb(10, 20)).isEqualTo(0xFF000000 | BOTH.rgb(4));
    assertThat(canvas.argb(20, 20)).isEqualTo(PICTURE);
    assertThat(canvas.argb(39, 20)).isEqualTo(DARKENED);
    int blue = BOTH.rgb(-1);
    assertThat(canvas.argb(30, 20) & 0xFF).isEqualTo(Math.round(.25f * (blue & 0xFF)));
    Canvas half = DRAWING.draw(MAP, BOTH, DISPLAY.withOpacity(.5));
    assertThat(half.argb(30, 20) & 0xFF).isEqualTo(Math.round(.125f * (blue & 0xFF)));
  }

  @Test
  void thePictureAndTheMapStandSideBySide() {
    Canvas canvas = draw(ONE, Blending.SIDE_BY_SIDE);
    assertThat(canvas.height()).isEqualTo(SIDE);
    assertThat(canvas.width()).isEqualTo(2 * SIDE + 1);
    assertThat(canvas.argb(10, 20)).isEqualTo(PICTURE);
    assertThat(canvas.argb(40, 20)).isZero();
    assertThat(canvas.argb(51, 20)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void aMaskShowsThePictureWhereTheMapIsStrongAndPositive() {
    Canvas canvas = draw(BOTH, Blending.MASKED);
    int grey = Math.round(.35f * .299f * 200);
    assertThat(canvas.argb(10, 20)).isEqualTo(PICTURE);
    assertThat(canvas.argb(30, 20)).isEqualTo(0xFF000000 | grey << 16 | grey << 8 | grey);
    Canvas negative =
        DRAWING.draw(MAP, new Scale(ColourMap.DIVERGING, -1, 1), DISPLAY.with(Blending.MASKED));
    assertThat(negative.argb(30, 20)).isNotEqualTo(PICTURE);
  }

  @Test
  void boxesLieAroundWhatIsStrong() {
    Strong strong = DRAWING.strong(MAP, BOTH, DISPLAY);
    assertThat(strong.mask().area()).isEqualTo(200);
    assertThat(strong.islands()).extracting(Island::box).containsExactly(new Window(5, 10, 10, 20));
    Canvas canvas = draw(BOTH, Blending.BOXES);
    int line = 0xFF000000 | BOTH.rgb(4);
    assertThat(canvas.argb(10, 9)).isEqualTo(line);
    assertThat(canvas.argb(4, 20)).isEqualTo(line);
    assertThat(canvas.argb(15, 20)).isEqualTo(line);
    assertThat(canvas.argb(5, 10)).isEqualTo(PICTURE);
    assertThat(canvas.argb(30, 9)).isEqualTo(PICTURE);
    assertThat(canvas.argb(39, 20)).isEqualTo(DARKENED);
  }

  @Test
  void contoursRunWhereTheMapReachesTheirLevels() {
    Canvas canvas = DRAWING.draw(MAP, BOTH, DISPLAY.with(Blending.CONTOUR).withLevels(List.of(.2)));
    int line = BOTH.rgb(.8f);
    assertThat(List.of(canvas.argb(4, 20) & 0xFFFFFF, canvas.argb(5, 20) & 0xFFFFFF))
        .contains(line);
    assertThat(canvas.argb(10, 20)).isEqualTo(PICTURE);
    assertThat(canvas.argb(20, 20)).isEqualTo(PICTURE);
    assertThat(canvas.argb(30, 20)).isEqualTo(PICTURE);
    // The other sign has a line too, of its own colour.
    assertThat(canvas.argb(25, 20) & 0xFFFFFF).isNotEqualTo(PICTURE & 0xFFFFFF);
    assertThat(draw(new Scale(ColourMap.GREY, 0, 0), Blending.CONTOUR).argb(5, 20))
        .isEqualTo(PICTURE);
  }

  @ParameterizedTest
  @EnumSource(Blending.class)
  void everyBlendingTakesMapsWithoutNumbersAndScalesWithoutWidth(Blending blending) {
    HeatMap none = HeatMap.of(1, 1, new float[] {Float.NaN});
    HeatMap endless = HeatMap.of(2, 1, new float[] {Float.POSITIVE_INFINITY, 1});
    HeatMap zero = HeatMap.of(3, 1, new float[3]);
    Display display = DISPLAY.with(blending).withSmoothing(.1);
    for (HeatMap map : List.of(none, endless, zero)) {
      Scale scale = display.scale(List.of(map), true);
      assertThat(DRAWING.draw(map, scale, display).height()).isEqualTo(SIDE);
    }
  }

  @Test
  void whatIsSmoothedIsWhatIsScaled() {
    float[] values = new float[SIDE * SIDE];
    values[SIDE * 20 + 20] = 100;
    HeatMap point = HeatMap.of(SIDE, SIDE, values);
    Display display = DISPLAY.withPercentile(100).withSmoothing(.05);
    Scale scale = display.scale(List.of(point), false);
    assertThat(scale.high()).isLessThan(10);
    Canvas canvas = DRAWING.draw(point, scale, display.with(Blending.MAP));
    List<Integer> stops = ColourMap.INFERNO.stops();
    assertThat(canvas.argb(20, 20) & 0xFFFFFF).isEqualTo(stops.get(stops.size() - 1));
  }

  @Test
  void specksAreLeftOutUnlessThereIsNothingElse() {
    float[] values = new float[100 * 100];
    values[0] = 1;
    values[9_999] = 1;
    HeatMap specks = HeatMap.of(100, 100, values.clone());
    assertThat(Strong.of(specks, new Scale(ColourMap.GREY, 0, 1), .5).islands()).hasSize(1);
    for (int i = 5000; i < 5050; i++) {
      values[i] = 1;
    }
    HeatMap line = HeatMap.of(100, 100, values);
    assertThat(Strong.of(line, new Scale(ColourMap.GREY, 0, 1), .5).islands())
        .extracting(Island::area)
        .containsExactly(50);
  }

  @Test
  void strongPartsAreCountedInPixelsOfTheOriginal() {
    Picture wide = Picture.grey(3200, 1600, 9);
    Frame frame =
        new Preprocessor(Preprocessing.of(SIDE, SIDE).with(new Fit.Cover(), ResizeFilter.BILINEAR))
            .fit(wide)
            .frame();
    Strong strong = Drawing.of(wide, frame).strong(MAP, ONE, DISPLAY);
    assertThat(strong.mask().width()).isEqualTo(3200);
    assertThat(strong.islands().get(0).box()).isEqualTo(new Window(1000, 400, 400, 800));
  }

  @Test
  void coloursFollowTheSign() {
    Display display = DISPLAY.with(ColourMap.TURBO).with(ColourMap.PURPLE_ORANGE);
    assertThat(display.scale(List.of(MAP), false).colours()).isEqualTo(ColourMap.TURBO);
    assertThat(display.scale(List.of(MAP), true).colours()).isEqualTo(ColourMap.PURPLE_ORANGE);
  }

  static Stream<ThrowingCallable> wrong() {
    return Stream.of(
        () -> DISPLAY.withPercentile(0),
        () -> DISPLAY.withPercentile(100.1),
        () -> DISPLAY.withPercentile(Double.NaN),
        () -> DISPLAY.withSmoothing(-.1),
        () -> DISPLAY.withOpacity(1.5),
        () -> DISPLAY.withThreshold(0),
        () -> DISPLAY.withLevels(List.of(.5, 1.)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsOutOfRangeIsRefusedWithItsRange(ThrowingCallable call) {
    assertThatThrownBy(call).hasMessageMatching("Display: .* is .*; it must be .*\\.");
  }
}
