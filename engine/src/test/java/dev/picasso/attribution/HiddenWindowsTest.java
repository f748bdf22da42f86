package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.linear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Shape;
import dev.picasso.image.ColourMode;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Layout;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Window;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenWindowsTest {
  @TempDir Path folder;

  private static final Preprocessor GREY_0_TO_1 =
      new Preprocessor(
          Preprocessing.of(4, 4).with(ColourMode.GRAY).with(Layout.NCHW).scaled(1 / 255., 0));

  /**
   * The only value is the sum of all pixels, so that hiding a window in black takes its part away.
   */
  @Test
  void hidingAWindowTakesItsPartOfTheSumAway() throws IOException {
    float[] ones = new float[16];
    java.util.Arrays.fill(ones, 1);
    Model model =
        SmallModels.of(folder, Shape.of(Shape.BATCH, 1, 4, 4), (g, x) -> linear(g, x, ones, 1));
    float[] rgb = new float[48];
    for (int i = 0; i < 48; i++) {
      rgb[i] = 255f * (i / 3) / 15;
    }
    List<Integer> heard = new ArrayList<>();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      var measured =
          new HiddenWindows(.5, 2, 0)
              .explain(explainer, GREY_0_TO_1, Picture.of(4, 4, rgb), heard::add);
      HeatMap map = measured.map(0);
      float whole = 8;
      assertThat(map.at(0, 0)).isEqualTo(whole - (0 + 1 + 4 + 5) / 15f, within(1e-5f));
      assertThat(map.at(1, 1)).isEqualTo(map.at(0, 0));
      assertThat(map.at(2, 0)).isEqualTo(whole - (2 + 3 + 6 + 7) / 15f, within(1e-5f));
      assertThat(map.at(3, 3)).isEqualTo(whole - (10 + 11 + 14 + 15) / 15f, within(1e-5f));
    }
    assertThat(heard).containsExactly(4);
  }

  @Property(tries = 100)
  void aPlaceHasTheMeanOfTheWindowsOverIt(
      @ForAll @DoubleRange(min = .01, max = .9) double window,
      @ForAll @IntRange(min = 2, max = 12) int perSide,
      @ForAll Random dice) {
    List<Window> windows = new HiddenWindows(window, perSide, 0).windows(23, 17);
    float[] probabilities = new float[windows.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = dice.nextFloat() * (dice.nextBoolean() ? 1e-9f : 1);
    }
    HeatMap map = new HiddenWindows.Measured(23, 17, windows, List.of(probabilities)).map(0);
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 23; x++) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < probabilities.length; i++) {
          Window w = windows.get(i);
          boolean over =
              x >= w.left() && x < w.left() + w.width() && y >= w.top() && y < w.top() + w.height();
          sum += over ? probabilities[i] : 0;
          count += over ? 1 : 0;
        }
        float mean = (float) (sum / count);
        if (count == 0) {
          assertThat(map.at(x, y)).isNaN();
        } else {
          assertThat(map.at(x, y)).isEqualTo(mean, within(Math.ulp(mean)));
        }
      }
    }
  }

  @Property
  void windowsTouchTheBordersAndNeverLeaveThePicture(
      @ForAll @DoubleRange(min = .01, max = .9) double window,
      @ForAll @IntRange(min = 2, max = 40) int perSide,
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height) {
    List<Window> windows = new HiddenWindows(window, perSide, 0).windows(width, height);
    assertThat(windows).hasSize(perSide * perSide);
    assertThat(windows)
        .allSatisfy(
            w -> {
              assertThat(w.left()).isNotNegative();
              assertThat(w.top()).isNotNegative();
              assertThat(w.left() + w.width()).isLessThanOrEqualTo(width);
              assertThat(w.top() + w.height()).isLessThanOrEqualTo(height);
            });
    Window last = windows.get(windows.size() - 1);
    assertThat(windows.get(0).left()).isZero();
    assertThat(windows.get(0).top()).isZero();
    assertThat(last.left() + last.width()).isEqualTo(width);
    assertThat(last.top() + last.height()).isEqualTo(height);
  }

  @Test
  void windowsAreThoseOfTheFirstPicasso() {
    List<Window> windows = new HiddenWindows(.2, 5, 0).windows(244, 244);
    assertThat(windows.get(0).width()).isEqualTo(49);
    assertThat(windows.subList(0, 5)).extracting(Window::left).containsExactly(0, 48, 97, 146, 195);
  }
}
