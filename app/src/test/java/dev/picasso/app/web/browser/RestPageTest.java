package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page about the REST interface. */
class RestPageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void requestsAreListedAndWhatChangesNothingCanBeAsked() {
    PicassoPage page = VISIT.openMnist();
    page.tab().navigate(VISIT.address() + "/rest");
    see(page.at("#rest[aria-busy]")).hasCount(0);
    assertThat(page.at("#rest details").count()).isGreaterThan(60);

    Locator model = page.at("details[id='get/models/{id}']");
    model.locator("summary").click();
    model.locator("input").fill("mnist-keras");
    model.locator("button").click();
    see(model.locator("pre").last()).containsText("\"id\": \"mnist-keras\"");
    model.locator("a").first().click();
    see(page.at("#shape-Model")).isVisible();
    see(page.at("#shape-Model")).hasAttribute("open", "");

    Locator start = page.at("details[id='post/runs']");
    start.locator("summary").click();
    see(start.locator("button")).hasCount(0);
    see(start.locator("pre")).containsText("curl -b session -c session --json");
    page.tab().setViewportSize(390, 844);
    assertThat(
            page.tab()
                .evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo(0);
  }
}
