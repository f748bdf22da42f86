package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.attribution.Gradients;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Display;
import dev.picasso.visualization.ImageInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How maps are shown: at once, in the browser, on what is there. */
class DisplayTest {
  private static final String IMAGE = "7-1.png";
  private static final Path SEVEN = Examples.sample(Examples.MNIST, IMAGE);

  /** The browser has 256 colours of each scale, and rounds once more. */
  private static final int ROUNDED = 2;

  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage explained(String model, String method, Path... files) {
    return explained(VISIT.open("?model=" + model + "&method=" + method), files);
  }

  private static PicassoPage explained(PicassoPage page, Path... files) {
    page.addFiles(files);
    page.explainAll();
    return page;
  }

  private static void show(PicassoPage page, String name, String value) {
    page.at("label:has([name='show-" + name + "'][value='" + value + "'])").click();
  }

  @Test
  void theStrengthOfMapsChangesAtOnceAndAsksTheServerForNothing() {
    PicassoPage page = explained(Examples.MNIST, "saliency", SEVEN);
    String run = page.run();
    List<String> asked = new ArrayList<>();
    page.tab().onRequest(request -> asked.add(request.method() + " " + request.url()));
    page.at("#show-opacity").fill("0.5");
    Locator view = page.map(IMAGE, 0).locator(".view");
    see(view.locator("canvas")).hasCount(1);
    see(page.at("output[for=show-opacity]")).hasText("50 %");
    assertThat(page.run()).isEqualTo(run);
    assertThat(asked).noneMatch(request -> request.startsWith("POST"));
    see(page.at("#explain-hint")).hasText("The results are of these choices.");
    page.tab().reload();
    page.awaitModel();
    see(page.at("output[for=show-opacity]")).hasText("50 %");
    page.at("#display-reset").click();
    see(page.at("figure.map canvas")).hasCount(0);
  }

  /** Cells of the map have whole and broken numbers of the screen's pixels, odd and even ones. */
  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {1300, 1440, 1500})
  void eachPixelOfASmallPictureHasTheColourThatTheEngineGivesIt(int width) {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency");
    page.tab().setViewportSize(width, 900);
    explained(page, SEVEN);
    page.at("#show-opacity").fill("0.5");
    Locator view = page.map(IMAGE, 0).locator(".view");
    see(view.locator("canvas")).hasCount(1);
    try (Engine engine = Engine.of(Examples.MNIST)) {
      ImageInput image = engine.image(SEVEN);
      List<HeatMap> maps = engine.saliency(image, Gradients.PLAIN, engine.best(image, 3));
      requireShown(
          page.onScreen(view),
          image.drawing().overlay(maps.get(0), Display.defaults().scale(maps, false), .5));
    }
  }

  @Test
  void ofManyMapsThoseNearTheWindowAreDrawn(@TempDir Path folder) throws IOException {
    Path[] files = new Path[24];
    for (int i = 0; i < files.length; i++) {
      files[i] = Files.copy(SEVEN, folder.resolve("seven-%02d.png".formatted(i)));
    }
    PicassoPage page = explained(Examples.MNIST, "saliency", files);
    page.at("#show-opacity").fill("0.5");
    Locator first = page.map("seven-00.png", 0).locator("canvas");
    Locator last = page.map("seven-23.png", 0).locator("canvas");
    see(first).hasCount(1);
    see(last).hasCount(0);
    page.map("seven-23.png", 0).scrollIntoViewIfNeeded();
    see(last).hasCount(1);
    see(first).hasCount(0);
  }

  private static void requireShown(BufferedImage screen, Canvas expected) {
    double across = (double) screen.getWidth() / expected.width();
    double down = (double) screen.getHeight() / expected.height();
    for (int y = 0; y < expected.height(); y++) {
      for (int x = 0; x < expected.width(); x++) {
        int shown = screen.getRGB((int) ((x + .5) * across), (int) ((y + .5) * down));
        assertThat(Pixels.distance(shown, expected.argb(x, y)))
            .as("(%d, %d)", x, y)
            .isLessThanOrEqualTo(ROUNDED);
      }
    }
  }

  @Test
  void aCoarseMapShowsItsCellsUnlessItIsToBeSmoothed() {
    String name = "tank-sunny-1.png";
    PicassoPage page =
        explained(Examples.BALANCED, "grad-cam", Examples.sample(Examples.BALANCED, name));
    Locator view = page.map(name, 0).locator(".view");
    see(view.locator("canvas")).hasCount(0);
    show(page, "blending", "map");
    see(view.locator("canvas")).hasCount(1);
    requireCells(page.onScreen(view));
    BufferedImage saved = PicassoPage.read(page.save(name, 0, "Save map").content());
    requireCells(saved);
    page.at("#display-reset").click();
    see(view.locator("canvas")).hasCount(0);
    page.at("#show-smooth").check();
    see(view.locator("canvas")).hasCount(1);
  }

  /** Whether each of 16 × 16 cells has one colour. */
  private static void requireCells(BufferedImage alone) {
    double cell = alone.getWidth() / 16.;
    int same = 0;
    for (int row = 0; row < 16; row++) {
      int y = (int) ((row + .5) * alone.getHeight() / 16);
      int left = (int) (7.2 * cell);
      int right = (int) (7.7 * cell);
      same += Pixels.distance(alone.getRGB(left, y), alone.getRGB(right, y)) <= 1 ? 1 : 0;
    }
    assertThat(same).as("rows in which one cell has one colour").isEqualTo(16);
  }

  @Test
  void oneScaleForAllSaysSo() {
    PicassoPage page =
        explained(Examples.MNIST, "saliency", SEVEN, Examples.sample(Examples.MNIST, "9-1.png"));
    see(page.at("#made")).containsText("Scales differ from row to row.");
    show(page, "scale", "table");
    see(page.at("#made")).containsText("All have one scale.");
    assertThat(page.at("figure.map .ends").allInnerTexts().stream().distinct()).hasSize(1);
    show(page, "scale", "map");
    see(page.at("#made")).containsText("Scales differ from map to map.");
  }

  @Test
  void pointingMarksThePlaceInAllMapsOfTheImageAndTellsTheirNumbers() {
    PicassoPage page = explained(Examples.MNIST, "saliency", SEVEN);
    page.map(IMAGE, 1).locator(".view").hover();
    see(page.row(IMAGE).locator(".reading")).hasCount(3);
    see(page.at("#rows.pointing")).hasCount(1);
    page.at("h1").hover();
    see(page.row(IMAGE).locator(".reading")).hasCount(0);
  }

  @Test
  void allPicturesAreZoomedTogetherByKeysToo() {
    PicassoPage page = explained(Examples.MNIST, "saliency", SEVEN);
    page.map(IMAGE, 0).locator("[data-enlarge]").focus();
    page.tab().keyboard().press("+");
    see(page.at("output[for=show-zoom]")).hasText("1.5 ×");
    Locator pictures = page.row(IMAGE).locator("img.picture");
    for (int i = 0; i < pictures.count(); i++) {
      assertThat(
              ((Number)
                      pictures
                          .nth(i)
                          .evaluate("e => e.getBoundingClientRect().width / e.offsetWidth"))
                  .doubleValue())
          .isCloseTo(1.5, org.assertj.core.api.Assertions.within(.01));
    }
    page.tab().keyboard().press("0");
    see(page.at("output[for=show-zoom]")).hasText("1 ×");
  }

  @Test
  void resultsOfEarlierChoicesSaySoAndBackIsOneStep() {
    PicassoPage page = explained(Examples.MNIST, "saliency", SEVEN);
    String run = page.run();
    page.pickMethod("grad-cam");
    see(page.at("#made")).containsText("Made with earlier choices: Saliency map");
    see(page.at("#rows")).hasClass(java.util.regex.Pattern.compile("earlier"));
    page.explainAll();
    see(page.at("#made")).not().containsText("earlier choices");
    page.tab().goBack();
    see(page.at("#method")).hasValue("saliency");
    see(page.at("#made")).containsText("Saliency map");
    see(page.at("#made")).not().containsText("earlier choices");
    assertThat(page.run()).isEqualTo(run);
  }
}
