package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.attribution.HiddenWindows;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Scale;
import dev.picasso.visualization.ImageInput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands on the screen, pixel by pixel, where a small picture is shown crisp. */
class ScreenTest {
  private static final String IMAGE = "1-1.png";
  private static final int SIDE = 28;

  /** The browser scales pictures; colours in the middle of a large pixel may be off by so much. */
  private static final int SCALED = 3;

  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void aMapIsDarkOnTheScreenWhereHidingAWindowTakesTheClassAway() {
    Path file = Examples.sample(Examples.MNIST, IMAGE);
    PicassoPage page = VISIT.openMnist();
    page.addFiles(file);
    page.pickMethod("partial-occlusion");
    page.choose("shows", "probability");
    page.explainAll();
    Locator shown = page.map(IMAGE, 0).locator("img");
    BufferedImage picture = page.picture(shown);
    BufferedImage screen = page.onScreen(shown);
    try (Engine engine = Engine.of(Examples.MNIST)) {
      ImageInput image = engine.image(file);
      HeatMap map =
          engine.occlusion(image, new HiddenWindows(.2, 10, 128)).map(engine.best(image, 1).get(0));
      assertThat(map.width()).isEqualTo(SIDE);
      Scale scale = new Scale(ColourMap.INFERNO, 0, 1);
      Pixels.requireSame(picture, (x, y) -> scale.rgb(map.at(x, y)));
      for (Pixels.Place place :
          new Pixels.Place[] {
            Pixels.ofSmallest(map), Pixels.ofLargest(map), new Pixels.Place(SIDE - 1, SIDE - 1)
          }) {
        assertThat(
                Pixels.distance(
                    Pixels.shown(screen, picture, place), scale.rgb(map.at(place.x(), place.y()))))
            .as("%s on the screen", place)
            .isLessThanOrEqualTo(SCALED);
      }
      Pixels.Place hidden = Pixels.ofSmallest(map);
      assertThat(map.at(hidden.x(), hidden.y()))
          .as("a 1 without its upper half is no 1")
          .isLessThan(.6f);
    }
  }

  @Test
  void theOriginalStandsBesideItsMapsAsItIs() {
    Path file = Examples.sample(Examples.MNIST, IMAGE);
    PicassoPage page = VISIT.openMnist();
    page.addFiles(file);
    page.pickMethod("saliency");
    page.explainAll();
    Locator original = page.row(IMAGE).locator(".original-cell img");
    BufferedImage picture = page.picture(original);
    BufferedImage screen = page.onScreen(original);
    try (Engine engine = Engine.of(Examples.MNIST)) {
      Pixels.requireSame(picture, engine.image(file).drawing().original());
    }
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        assertThat(
                Pixels.distance(
                    Pixels.shown(screen, picture, new Pixels.Place(x, y)), picture.getRGB(x, y)))
            .as("(%d, %d) on the screen", x, y)
            .isLessThanOrEqualTo(SCALED);
      }
    }
  }

  @Test
  void theColourBarRunsThroughTheColoursOfTheMap() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, IMAGE));
    page.pickMethod("partial-occlusion");
    page.choose("shows", "probability");
    page.explainAll();
    Locator bar = page.map(IMAGE, 0).locator(".colours");
    see(bar).hasAttribute("style", Pattern.compile("linear-gradient"));
    BufferedImage screen = page.onScreen(bar);
    int y = screen.getHeight() / 2;
    for (int x = 1; x < screen.getWidth() - 1; x++) { // its ends share pixels with the ground
      int colour = screen.getRGB(x, y);
      double share = (x + .5) / screen.getWidth();
      double pixel = 1. / screen.getWidth(); // the bar need not begin or end at a whole one
      assertThat(DoubleStream.of(share - pixel, share, share + pixel))
          .as("%d of %d", x, screen.getWidth())
          .anyMatch(s -> Pixels.distance(colour, ColourMap.INFERNO.rgb(s)) <= SCALED);
    }
  }
}
