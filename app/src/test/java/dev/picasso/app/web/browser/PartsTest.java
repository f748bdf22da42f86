package dev.picasso.app.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parts of results that are no maps, on the page. */
class PartsTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void everyKindHasItsColumnAndItsMenu() {
    PicassoPage page = VISIT.openMnist();
    page.addSamples();
    page.pickMethod("all-parts");
    page.explainAll();
    Locator row = page.at(".row").first();
    Locator drawing = row.locator("img.drawing");
    assertThat(drawing).isVisible();
    page.tab().waitForCondition(() -> (Boolean) drawing.evaluate("e => e.naturalWidth > 0"));
    assertThat(row.locator(".part-table td")).hasCount(4);
    assertThat(row.locator(".verdict")).hasText("The map depends on the weights.");
    row.locator(".part [data-menu]").first().click();
    assertThat(page.at("#menu a"))
        .containsText(new String[] {"Save drawing (SVG)", "Save numbers (CSV)"});
  }
}
