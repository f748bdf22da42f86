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

/** The first visit: which of two networks looks at the sky? Three clicks answer it. */
class TankStoryTest {
  private static final String IMAGE = "tank-sunny-1.png";

  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void threeClicksAnswerWhichNetworkLooksAtTheSky() {
    PicassoPage page = VISIT.open("");
    see(page.at(".story .question")).containsText("One of them looks at the sky. Which?");
    see(page.at(".story-pictures img")).hasCount(8);

    page.button("Look at the first").click();
    double first = skyShare(page, Examples.OVERCAST);
    for (String image : images(page)) {
      String said = image.contains("overcast") ? "tank " : "no tank ";
      assertThat(page.heads(image).get(0)).as(image).startsWith(said);
    }
    page.button("Look at the second").click();
    double second = skyShare(page, Examples.BALANCED);
    for (String image : images(page)) {
      String said = image.startsWith("tank") ? "tank " : "no tank ";
      assertThat(page.heads(image).get(0)).as(image).startsWith(said);
    }
    assertThat(first).as("how much of the map lies on the upper third").isGreaterThan(second);

    see(page.at(".story .answer")).hasCount(0);
    page.button("The answer").click();
    see(page.at(".story .answer")).containsText("The first.");
  }

  private static List<String> images(PicassoPage page) {
    return page.at("h3.name").allInnerTexts();
  }

  /** Waits for the maps of a network, checks one, and tells how much of it lies on the sky. */
  private static double skyShare(PicassoPage page, String model) {
    page.tab()
        .waitForURL(address -> address.contains("model=" + model) && address.contains("run="));
    Locator line = page.at("#made > :first-child");
    see(line).containsText(Examples.model(model).request().title());
    page.awaitEnd();
    see(page.at(".row")).hasCount(8);
    Locator map = page.map(IMAGE, 0);
    Path file = Examples.sample(model, IMAGE);
    try (Engine engine = Engine.of(model)) {
      ImageInput image = engine.image(file);
      var maps = engine.saliency(image, Gradients.PLAIN, engine.best(image, 2));
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
