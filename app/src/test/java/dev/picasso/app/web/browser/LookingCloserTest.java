package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.picasso.attribution.Gradients;
import dev.picasso.image.HeatMap;
import dev.picasso.visualization.ImageInput;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One map at full size, and walking the maps by keys. */
class LookingCloserTest {
  private static final Path SEVEN = Examples.sample(Examples.MNIST, "7-1.png");
  private static final Path NINE = Examples.sample(Examples.MNIST, "9-1.png");

  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage explained(Path... files) {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(files);
    page.pickMethod("saliency");
    page.explainAll();
    return page;
  }

  private static Locator enlarge(PicassoPage page, String image, int column) {
    return page.map(image, column).locator("[data-enlarge]");
  }

  @Test
  void thePointerReadsTheNumbersOfTheMap() {
    PicassoPage page = explained(SEVEN);
    enlarge(page, "7-1.png", 0).click();
    Locator reading = page.at("#reading");
    see(reading).hasText("Point at the map to read its numbers.");
    see(page.at(".enlarge .under")).hasClass(Pattern.compile("crisp")); // it is as large as it gets
    BoundingBox box = page.at(".stack").boundingBox();
    try (Engine engine = Engine.of(Examples.MNIST)) {
      ImageInput image = engine.image(SEVEN);
      HeatMap map = engine.saliency(image, Gradients.PLAIN, engine.best(image, 1)).get(0);
      Pixels.Place largest = Pixels.ofLargest(map);
      double x = box.x + (largest.x() + .5) * box.width / map.width();
      double y = box.y + (largest.y() + .5) * box.height / map.height();
      page.tab()
          .waitForCondition( // the numbers come after the picture
              () -> {
                page.tab().mouse().move(x, y - 1);
                page.tab().mouse().move(x, y);
                return reading.textContent().endsWith(" at the pointer");
              });
      assertThat(Double.parseDouble(reading.textContent().replace(" at the pointer", "")))
          .isCloseTo(map.at(largest.x(), largest.y()), withinPercentage(.5));
    }
  }

  @Test
  void theStrengthOfTheMapOverItsPictureCanBeSet() {
    PicassoPage page = explained(SEVEN);
    BufferedImage original = page.picture(page.row("7-1.png").locator(".original-cell img"));
    BufferedImage map = page.picture(page.map("7-1.png", 0).locator("img"));
    enlarge(page, "7-1.png", 0).click();
    page.at("#strength").fill("0");
    see(page.at("output[for=strength]")).hasText("0 %");
    requireShown(page, original);
    page.at("#strength").fill("1");
    requireShown(page, map);
  }

  private static void requireShown(PicassoPage page, BufferedImage picture) {
    page.onScreen(page.at(".enlarge .under"));
    BufferedImage screen = page.onScreen(page.at(".enlarge .over"));
    for (int y = 0; y < picture.getHeight(); y += 3) {
      for (int x = 0; x < picture.getWidth(); x += 3) {
        int shown = Pixels.shown(screen, picture, new Pixels.Place(x, y));
        assertThat(Pixels.distance(shown, picture.getRGB(x, y)))
            .as("(%d, %d)", x, y)
            .isLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void keysWalkTheMapsAndEnlargeOne() {
    PicassoPage page = explained(SEVEN, NINE);
    enlarge(page, "7-1.png", 0).focus();
    page.tab().keyboard().press("ArrowRight");
    see(enlarge(page, "7-1.png", 1)).isFocused();
    page.tab().keyboard().press("ArrowDown");
    see(enlarge(page, "9-1.png", 1)).isFocused();
    page.tab().keyboard().press("ArrowLeft");
    page.tab().keyboard().press("Enter");
    see(page.at("#enlarge")).isVisible();
    see(page.at("#enlarge-title")).containsText("9-1.png: 9 ");
    page.at("#enlarge").getByText("Next").click();
    see(page.at("#enlarge-title")).not().containsText("9-1.png: 9 ");
    page.at("#enlarge").getByText("Previous").click();
    page.tab().keyboard().press("Escape");
    see(page.at("#enlarge")).isHidden();
    see(enlarge(page, "9-1.png", 0)).isFocused();
  }

  @Test
  void theMenuOfAMapIsWalkedByKeysAndGivesFocusBack() {
    PicassoPage page = explained(SEVEN);
    Locator more = page.map("7-1.png", 0).locator("[data-menu]");
    more.focus();
    page.tab().keyboard().press("Enter");
    Locator entries = page.at("#menu > *");
    see(entries.nth(0)).isFocused();
    page.tab().keyboard().press("ArrowDown");
    see(entries.nth(1)).isFocused();
    page.tab().keyboard().press("ArrowUp");
    page.tab().keyboard().press("ArrowUp");
    see(entries.last()).isFocused();
    see(entries.last()).hasText("Copy picture");
    page.tab().keyboard().press("Enter");
    see(entries.last()).hasText("Copied");
    page.tab().keyboard().press("Escape");
    see(more).isFocused();
  }

  @Test
  void whoListensHearsWhenTheWorkIsDone() {
    PicassoPage page = explained(SEVEN, NINE);
    see(page.at("#spoken")).hasText("Done, 2 images explained");
    see(page.at("#spoken")).hasAttribute("role", "status");
  }
}
