package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A model's layers: found, looked into, and taken for a map. */
class ModelPageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage tanks() {
    PicassoPage page = VISIT.open("?model=" + Examples.OVERCAST);
    page.tab().navigate(VISIT.address() + "/models/" + Examples.OVERCAST + "/view");
    see(page.at("body")).hasAttribute("data-ready", "true");
    return page;
  }

  @Test
  void aLayerShowsWhatItAnswersToAndIsTakenForAMap() {
    PicassoPage page = tanks();
    see(page.at("#about")).containsText("Keras 3 (HDF5)");
    page.at(".layer[aria-label*=' conv2,']").click();
    see(page.at(".model-name")).hasText("conv2");
    see(page.at("#layer")).containsText("[N, 64, 64, 24]");
    see(page.at(".tiles figure")).hasCount(24);
    see(page.at(".tiles figcaption").first()).containsText("channel");
    page.at("[data-cam]").click();
    page.tab().waitForURL(Pattern.compile("method=grad-cam"));
    page.awaitModel();
    see(page.setting("layer")).hasValue("conv2");
  }

  @Test
  void layersAreFoundByNameAndKind() {
    PicassoPage page = tanks();
    page.tab().keyboard().press("/");
    page.tab().keyboard().type("conv");
    see(page.at("#found")).hasText(Pattern.compile("\\d+ found"));
    int marked = page.at(".layer.found").count();
    assertThat(marked).isGreaterThan(3);
    page.tab().keyboard().press("Enter");
    see(page.at("#found")).hasText("1 of " + marked);
    see(page.at(".model-name")).hasText("conv1");
    page.tab().keyboard().press("Enter");
    see(page.at(".model-name")).hasText("conv2");
  }

  @Test
  void theKeyboardGoesFromLayerToLayerAndZooms() {
    PicassoPage page = tanks();
    Locator first = page.at(".layer").first();
    first.focus();
    page.tab().keyboard().press("ArrowDown");
    page.tab().keyboard().press("Enter");
    see(page.at(".layer.chosen")).hasCount(1);
    String second = page.at(".layer").nth(1).getAttribute("data-layer");
    see(page.at(".layer.chosen")).hasAttribute("data-layer", second);
    double before = page.at("svg.layers").boundingBox().width;
    page.tab().keyboard().press("+");
    assertThat(page.at("svg.layers").boundingBox().width).isGreaterThan(1.2 * before);
    page.tab().keyboard().press("0");
    assertThat(page.at("svg.layers").boundingBox().height)
        .isLessThanOrEqualTo(page.at("#drawing").boundingBox().height + 1);
  }
}
