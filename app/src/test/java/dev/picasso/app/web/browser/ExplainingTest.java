package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.HiddenWindows;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Scale;
import dev.picasso.visualization.ImageInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody picks a model, adds images, chooses a visualization and its settings, and gets for each
 * image a column for each class: the numbers and the pixels that the library computes.
 */
class ExplainingTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  /** A model and one of its images, with as many columns as its configuration says. */
  record Case(String model, String image, int top) {
    @Override
    public String toString() {
      return model + ", " + image;
    }

    Path file() {
      return Examples.sample(model, image);
    }

    PicassoPage page() {
      PicassoPage page = VISIT.open("");
      page.pickModel(model);
      return page;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Examples.MNIST, "7-1.png", 3),
        new Case(Examples.OVERCAST, "tank-overcast-1.png", 2),
        new Case(Examples.BALANCED, "tank-sunny-1.png", 2));
  }

  @Test
  void rowsAreThereBeforeTheResultsOfAComparisonOfMethods() {
    PicassoPage page =
        VISIT.open("?model=" + Examples.MNIST + "&method=plant-and-find&methods=saliency&tries=1");
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    page.explain();
    see(page.at(".row .original-cell")).hasCount(1);
    page.awaitEnd();
    see(page.row("7-1.png")).containsText("saliency");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSamplesAreListedWithTheirClassesBestFirst(Case c) {
    PicassoPage page = c.page();
    page.pickMethod("class-probabilities");
    page.addSamples();
    page.explainAll();
    List<Path> samples = Examples.model(c.model).images();
    see(page.at(".row")).hasCount(samples.size());
    try (Engine engine = Engine.of(c.model)) {
      for (Path sample : samples) {
        Locator classes = page.row(sample.getFileName().toString()).locator(".classes li");
        assertThat(classes.allInnerTexts().stream().map(t -> t.strip().replaceAll("\\s+", " ")))
            .containsExactlyElementsOf(engine.heads(engine.image(sample), c.top));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void partialOcclusionOfAnUploadedImageShowsTheProbabilitiesThatTheLibraryMeasures(Case c) {
    PicassoPage page = c.page();
    page.addFiles(c.file());
    page.pickMethod("partial-occlusion");
    page.setting("window").fill("0.3");
    page.at("[data-setting='perSide'] button").getByText("5").click();
    page.choose("fill", "black");
    page.choose("shows", "probability");
    page.explainAll();

    see(page.at("#made > :first-child")).containsText("window 0.3 · windows a side 5 · fill black");
    try (Engine engine = Engine.of(c.model)) {
      ImageInput image = engine.image(c.file());
      List<Integer> best = engine.best(image, c.top);
      assertThat(page.heads(c.image)).startsWith(engine.heads(image, c.top).toArray(String[]::new));
      HiddenWindows.Measured measured = engine.occlusion(image, new HiddenWindows(.3, 5, 0));
      Scale scale = new Scale(ColourMap.INFERNO, 0, 1);
      for (int column = 0; column < c.top; column++) {
        Locator map = page.map(c.image, column);
        see(map.locator(".ends")).hasText("01");
        see(map.locator(".meaning")).hasText("probability with this window hidden");
        Pixels.requireSame(
            page.picture(map.locator("img")),
            image.drawing().overlay(measured.map(best.get(column)), scale, 0));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSaliencyMapOfADroppedImageIsTheGradientThatTheLibraryComputes(Case c) {
    PicassoPage page =
        VISIT.open("?model=" + c.model + "&method=saliency&transparency=0.5&top=" + c.top);
    page.drop(c.file());
    see(page.trayItems()).hasCount(1);
    page.choose("gradient", "guided");
    page.explainAll();

    see(page.at("#made > :first-child")).containsText("gradient guided");
    try (Engine engine = Engine.of(c.model)) {
      ImageInput image = engine.image(c.file());
      assertThat(page.heads(c.image)).isEqualTo(engine.heads(image, c.top));
      List<Integer> best = engine.best(image, c.top);
      List<HeatMap> maps = engine.saliency(image, Gradients.GUIDED, best);
      for (int column = 0; column < c.top; column++) {
        HeatMap map = maps.get(column);
        BufferedImage shown = page.picture(page.map(c.image, column).locator("img"));
        Pixels.requireSame(
            shown, image.drawing().overlay(map, Display.defaults().scale(maps, false), .5));
        requireArray(page.save(c.image, column, "array"), c, engine.label(best.get(column)), map);
      }
      BufferedImage shown = page.picture(page.map(c.image, 0).locator("img"));
      requireMarkedWhereLarge(shown, maps.get(0), image);
    }
  }

  private static void requireArray(PicassoPage.Saved saved, Case c, String label, HeatMap map) {
    String stem = c.image.replace(".png", "");
    assertThat(saved.name())
        .isEqualTo("%s-saliency-%s.npy".formatted(stem, label.replace(' ', '_')));
    Tensor array = NpyFile.read(saved.name(), new ByteArrayInputStream(saved.content()));
    assertThat(array.shape().dims()).containsExactly(map.height(), map.width());
    float[] values = array.floats();
    float[] expected = map.values();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  /** Half of the picture and half of the brightest colour where the array is largest. */
  private static void requireMarkedWhereLarge(BufferedImage shown, HeatMap map, ImageInput image) {
    Pixels.Place largest = Pixels.ofLargest(map);
    int x = (int) image.prepared().frame().originalX(largest.x() + .5);
    int y = (int) image.prepared().frame().originalY(largest.y() + .5);
    int original = image.drawing().original().argb(x, y);
    assertThat(Pixels.distance(shown.getRGB(x, y), original)).isGreaterThan(25);
    assertThat(shown.getRGB(x, y) >> 16 & 0xFF)
        .as("red, of which the brightest colours have most")
        .isGreaterThan((original >> 16 & 0xFF) / 2 + 60);
  }
}
