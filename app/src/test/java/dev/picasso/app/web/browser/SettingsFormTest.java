package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The form that is made from a visualization's settings. */
class SettingsFormTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage withADigit(String method) {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    page.pickMethod(method);
    return page;
  }

  @Test
  void aWrongSettingIsToldBesideItAndTheRestStays() {
    PicassoPage page = withADigit("partial-occlusion");
    page.explainAll();
    String before = page.run();
    page.setting("window").fill("1.4");
    page.at("#explain").click();
    Locator field = page.at("[data-setting='window']");
    see(field.locator(".problem")).hasText(Pattern.compile("Window is 1.4; .* 0.01 .* 0.9"));
    see(page.setting("window")).hasAttribute("aria-invalid", "true");
    see(page.setting("window")).isFocused();
    see(page.at(".problem:visible")).hasCount(1);
    assertThat(page.run()).isEqualTo(before);
    see(page.row("7-1.png").locator("figure.map")).hasCount(3);
    VISIT.expectComplaint("400 (Bad Request)");

    page.setting("window").fill("0.4");
    see(field.locator(".problem")).isHidden();
    page.explainAll();
    see(page.at("#made > :first-child")).containsText("window 0.4");
  }

  @Test
  void everyWrongSettingIsToldAtOnce() {
    PicassoPage page = withADigit("partial-occlusion");
    page.setting("window").fill("");
    page.setting("perSide").fill("1");
    page.at("#explain").click();
    see(page.at("[data-setting='window'] .problem")).isVisible();
    see(page.setting("window")).isFocused();
    see(page.at("[data-setting='perSide'] .problem")).containsText("Windows a side is 1");
    VISIT.expectComplaint("400 (Bad Request)");
  }

  @Test
  void settingsStayAsTheyWereLeftWhenTheMethodChangesAndComesBack() {
    PicassoPage page = withADigit("partial-occlusion");
    page.choose("fill", "white");
    page.pickMethod("saliency");
    see(page.setting("gradient").first()).isVisible();
    page.pickMethod("partial-occlusion");
    see(page.at("[name='fill'][value='white']")).isChecked();
  }

  @Test
  void asManyClassesGetAColumnAsAreAskedFor() {
    PicassoPage page = withADigit("saliency");
    page.setting("top").fill("5");
    page.explainAll();
    assertThat(page.heads("7-1.png")).hasSize(5);
    page.setting("top").fill("0");
    page.at("#explain").click();
    see(page.at("[data-setting='top'] .problem"))
        .containsText("Classes is 0; it must be a whole number");
    VISIT.expectComplaint("400 (Bad Request)");
  }

  @Test
  void aNumberMayBeLeftToTheMethodWhichTellsItThen() {
    PicassoPage page = withADigit("integrated-gradients");
    see(page.setting("steps")).hasValue("auto");
    page.explainAll();
    see(page.row("7-1.png").locator("figure.map").first()).containsText("50 steps");
    page.setting("steps").fill("many");
    page.at("#explain").click();
    see(page.at("[data-setting='steps'] .problem"))
        .hasText("Steps is many; it must be a whole number between 1 and 10000, or auto.");
    VISIT.expectComplaint("400 (Bad Request)");
    page.at("[data-setting='steps'] [role='group'] button").getByText("auto").click();
    page.explainAll();
    see(page.at("#made > :first-child")).containsText("steps auto");
  }

  @Test
  void aSuggestedValueIsAPressAway() {
    PicassoPage page = withADigit("partial-occlusion");
    Locator offers = page.at("[data-setting='window'] [role='group'] button");
    assertThat(offers.allInnerTexts())
        .isEqualTo(List.of("0.5", "0.4", "0.3", "0.2", "0.1", "0.05"));
    offers.getByText("0.05").click();
    see(page.setting("window")).hasValue("0.05");
    see(offers.getByText("0.05")).hasAttribute("aria-pressed", "true");
    see(offers.getByText("0.2")).hasAttribute("aria-pressed", "false");
  }
}
