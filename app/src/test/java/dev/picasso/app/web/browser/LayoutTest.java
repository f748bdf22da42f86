package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on screens of all sizes. */
class LayoutTest {
  private static final int ONE_COLUMN = 760;

  @RegisterExtension static final Visit VISIT = new Visit();

  @ParameterizedTest(name = "{0} × {1}")
  @CsvSource({"360, 640", "800, 500", "1440, 900", "2560, 1300"})
  void nothingIsWiderThanTheScreenAndOnWideScreensOnlyThePartsScroll(int width, int height) {
    PicassoPage page = VISIT.openMnist();
    page.tab().setViewportSize(width, height);
    page.pickMethod("partial-occlusion");
    page.addSamples();
    page.explainAll();
    assertThat(beyond(page, "Width")).as("pixels beyond the right edge").isZero();
    if (width > ONE_COLUMN) {
      assertThat(beyond(page, "Height")).as("pixels below the screen").isZero();
    }
    page.at("#model").scrollIntoViewIfNeeded();
    page.at(".row").last().scrollIntoViewIfNeeded();
    see(page.at("#model")).isInViewport();
    see(page.at("#method")).isInViewport();

    page.map("9-1.png", 0).locator("[data-enlarge]").click();
    assertThat(page.at("#enlarge").evaluate("e => e.scrollWidth - e.clientWidth")).isEqualTo(0);
    see(page.at("#enlarge [data-close]")).isInViewport();
    see(page.at("#enlarge .settings-line")).isInViewport();
  }

  private static int beyond(PicassoPage page, String direction) {
    String words = "document.documentElement.scroll%1$s - document.documentElement.client%1$s";
    return ((Number) page.tab().evaluate(words.formatted(direction))).intValue();
  }
}
