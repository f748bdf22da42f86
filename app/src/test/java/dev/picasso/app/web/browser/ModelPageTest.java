package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model's layers: found, looked into, and taken for a map. */
class ModelPageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static final String DROP =
      "png => { const files = new DataTransfer();"
          + " const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));"
          + " files.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));"
          + " document.body.dispatchEvent(new DragEvent('drop',"
          + " { dataTransfer: files, bubbles: true, cancelable: true })); }";

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
    page.at(".layer[aria-label$=' conv2']").click();
    see(page.at(".model-name")).hasText("conv2");
    see(page.at("#layer")).containsText("[N, 64, 64, 24]");
    see(page.at(".tiles .map")).hasCount(24);
    see(page.at(".tiles .map figcaption").first()).containsText("channel");
    see(page.at(".tiles .of-image figcaption")).hasText("no-tank-overcast-1.png");
    page.at("[data-cam]").click();
    page.tab().waitForURL(Pattern.compile("method=grad-cam"));
    page.awaitModel();
    see(page.setting("layer")).hasValue("conv2");
  }

  @Test
  void channelsAreSeenOnAScaleReadAndMadeLarge() {
    PicassoPage page = tanks();
    page.at(".layer[aria-label$=' conv2']").click();
    see(page.at(".activations .ends span")).not().hasCount(0);
    see(page.at(".activations .ends span").first()).hasText(Pattern.compile("[−\\d]+.*"));
    see(page.at(".activations .scale .meaning")).containsText("activation");
    Locator second = page.at(".tiles .map").nth(1);
    double small = second.boundingBox().width;
    assertThat(small).isGreaterThan(140);
    second.hover();
    see(page.at(".tiles .map .reading")).hasCount(24);
    see(second.locator(".reading")).hasText(Pattern.compile("−?\\d.*"));
    second.locator("button").click();
    see(second.locator("button")).hasAttribute("aria-pressed", "true");
    assertThat(second.boundingBox().width).isGreaterThan(2 * small);
    second.locator("button").click();
    see(second.locator("button")).hasAttribute("aria-pressed", "false");
    assertThat(second.boundingBox().width).isEqualTo(small);
  }

  @Test
  void aBoxIsCalledWhatStandsInIt() {
    PicassoPage page = tanks();
    assertThat(page.at(".layers [role=button]").all())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            box ->
                assertThat(box.getAttribute("aria-label"))
                    .contains(String.join(" ", box.locator("text").allTextContents()).strip()));
  }

  @Test
  void aNoteLeadsToTheControlThatItIsAbout(@TempDir Path folder) {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("own.onnx")));
    see(page.at("#model")).hasValue("own");
    page.awaitModel();
    page.tab().navigate(VISIT.address() + "/models/own/view");
    see(page.at("#about .warnings")).not().containsText("picasso.yaml");
    page.at("#about [data-to-input=preset]").click();
    see(page.at("#input-preset")).isFocused();
    see(page.at("#model")).hasValue("own");
    see(page.at("#input-panel")).not().containsText("say so in picasso.yaml");
    page.at("#close-input").click();
    page.at("#model-facts .notes summary").click();
    page.at("#model-facts [data-to-input=preset]").click();
    see(page.at("#input-preset")).isFocused();
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
  void allWordsCountAndTheWayLeadsBackToo() {
    PicassoPage page = tanks();
    page.at("#find").fill("CONV conv3");
    see(page.at("#found")).hasText("1 found");
    page.at("#find").fill("conv");
    page.tab().keyboard().press("Enter");
    see(page.at(".model-name")).hasText("conv1");
    page.tab().keyboard().press("Shift+Enter");
    see(page.at("#found")).hasText(Pattern.compile("(\\d+) of \\1"));
    page.tab().keyboard().press("Enter");
    see(page.at("#found")).hasText(Pattern.compile("1 of \\d+"));
  }

  @Test
  void aLayerIsThereAgainAfterAReload() {
    PicassoPage page = tanks();
    page.at(".layer[aria-label$=' conv2']").click();
    see(page.at("#layer")).containsText("3 × 3");
    page.tab().reload();
    see(page.at(".model-name")).hasText("conv2");
    see(page.at(".layer.chosen")).hasAttribute("aria-label", Pattern.compile(" conv2$"));
    see(page.at(".tiles .map")).hasCount(24);
  }

  @Test
  void allChannelsAreShownOfAnImageThatIsDroppedHere() {
    PicassoPage page = tanks();
    page.at(".layer[aria-label$=' conv3']").click();
    see(page.at(".activations .facts"))
        .containsText(Pattern.compile("strongest 24 of \\d+ channels"));
    page.button("Show all 48").click();
    see(page.at(".tiles .map")).hasCount(48);
    page.tab().evaluate(DROP, Base64.getEncoder().encodeToString(Pictures.png(8, 8, Color.GREEN)));
    see(page.at(".tiles .of-image figcaption")).hasText("dropped.png");
    see(page.at(".activations select option:checked")).hasText("dropped.png");
  }

  @Test
  void theKeyboardGoesFromLayerToLayerAndZooms() {
    PicassoPage page = tanks();
    Locator first = page.at(".layer").first();
    first.focus();
    page.tab().keyboard().press("ArrowDown");
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
