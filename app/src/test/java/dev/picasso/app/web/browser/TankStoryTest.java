package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.attribution.Gradients;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.draw.Display;
import dev.picasso.visualization.ImageInput;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first visit: which of two networks looks at the sky? Two clicks answer it. */
class TankStoryTest {
  private static final String IMAGE = "tank-sunny-1.png";
  private static final List<String> MODELS = List.of(Examples.OVERCAST, Examples.BALANCED);

  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void twoClicksAnswerWhichNetworkLooksAtTheSky() {
    PicassoPage page = VISIT.open("");
    see(page.at("#model")).hasValue(Examples.OVERCAST);
    see(page.at(".story .question")).containsText("One of them looks at the sky. Which?");
    see(page.at(".story-pictures img")).hasCount(8);

    page.button("Look at both").click();
    page.tab().waitForURL(address -> address.contains("run="));
    page.awaitEnd();
    see(page.at(".row")).hasCount(8);
    see(page.at("h3.name").first()).containsText("tank-sunny");
    for (int column = 0; column < MODELS.size(); column++) {
      String title = Examples.model(MODELS.get(column)).request().title();
      assertThat(page.heads(IMAGE).get(column)).startsWith("no tank · " + title);
    }
    assertThat(skyShare(page, 0))
        .as("how much of the map lies on the upper third")
        .isGreaterThan(skyShare(page, 1));
    see(page.at("#explain-hint")).hasText("The results are of these choices.");

    see(page.at(".story .answer")).hasCount(0);
    page.button("The answer").click();
    see(page.at(".story .answer")).containsText("The first.");
    page.tab().goBack();
    see(page.at(".row")).hasCount(0);
    see(page.button("Look at both")).isVisible();
  }

  @Test
  void whoComesWithASmallScreenMeetsTheStoryFirst() {
    PicassoPage page = VISIT.open("");
    page.tab().setViewportSize(390, 844);
    see(page.button("Look at both")).isInViewport();
    page.button("Look at both").click();
    see(page.row("tank-sunny-1.png").locator(".original-cell")).isInViewport();
  }

  /** Checks the map of a network, and tells how much of it lies on the sky. */
  private static double skyShare(PicassoPage page, int column) {
    String model = MODELS.get(column);
    Locator map = page.map(IMAGE, column);
    Path file = Examples.sample(model, IMAGE);
    try (Engine engine = Engine.of(model)) {
      ImageInput image = engine.image(file);
      int noTank = engine.label(0).equals("no tank") ? 0 : 1;
      var maps = engine.saliency(image, Gradients.PLAIN, List.of(noTank));
      Pixels.requireSame(
          page.picture(map.locator("img")),
          image.drawing().overlay(maps.get(0), Display.defaults().scale(maps, false), 0));
    }
    byte[] array = page.fetch(map.getAttribute("data-array"));
    float[] values = NpyFile.read(IMAGE, new ByteArrayInputStream(array)).floats();
    double sky = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      all += values[i];
      sky += i < values.length / 3 ? values[i] : 0;
    }
    return sky / all;
  }
}
