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
  void aFoldedFormTellsNumbersBelowZeroAndWhatIsSwitchedOn() {
    PicassoPage page = withADigit("feature-visualization");
    page.tab().setViewportSize(390, 844);
    see(page.at("#settings-brief")).hasText("classes, 1, auto, -1, -1, -1, 256, transform, 0");
    page.pickMethod("grad-cam");
    see(page.at("#settings-brief")).hasText("auto, relu");
    page.explainAll();
    see(page.at("#made > :first-child")).containsText("relu on");
  }

  @Test
  void suggestionsAreNoWiderThanTheForm() {
    PicassoPage page = withADigit("plant-and-find");
    double right = page.at("#explain").boundingBox().x + page.at("#explain").boundingBox().width;
    assertThat(page.at("#fields .segments button").all())
        .isNotEmpty()
        .allSatisfy(
            b ->
                assertThat(b.boundingBox().x + b.boundingBox().width)
                    .isLessThanOrEqualTo(right + 1));
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

  private static Locator chips(PicassoPage page) {
    return page.at(".chips .chip");
  }

  @Test
  void aClassIsSetAgainstAnotherWhichTheAddressAndTheKeptRunSay() {
    PicassoPage page = withADigit("saliency");
    see(page.at("#ask-against")).hasCount(0);
    page.at("#set-class").fill("7");
    page.at("#set-class").press("Enter");
    see(page.at("#set-against")).isHidden();
    page.at("#ask-against").click();
    see(page.at("#set-against")).isFocused();
    page.at("#set-against").fill("7");
    page.at("#set-against").press("Enter");
    see(page.at("[data-setting='top'] .problem")).hasText("7 cannot be set against itself.");
    page.at("#set-against").fill("seven");
    page.at("#set-against").press("Enter");
    see(page.at("[data-setting='top'] .problem"))
        .hasText("No class is called seven, or several are.");
    page.at("#set-against").fill("1");
    page.at("#set-against").press("Enter");
    see(chips(page)).hasText(new String[] {"7", "1"});
    see(page.at("[data-setting='top'] .problem")).isHidden();

    page.explainAll();
    assertThat(page.heads("7-1.png"))
        .singleElement()
        .asString()
        .matches("7 against 1 \\+\\d+\\.\\d{3} difference of the logits");
    see(page.at(".meant")).containsText("the score is that of 7 less that of 1");
    see(page.at("#explain-hint")).hasText("The results are of these choices.");
    assertThat(page.address()).contains("classes=7-1");
    String run = page.run();
    page.tab().reload();
    see(chips(page)).hasText(new String[] {"7", "1"});
    see(page.row("7-1.png").locator("figure.map")).hasCount(1);

    page.at("#turn-pair").click();
    see(page.at("#turn-pair")).isFocused();
    see(page.at("#made")).containsText("Made with earlier choices");
    page.explainAll();
    assertThat(page.heads("7-1.png").get(0)).startsWith("1 against 7 -");
    page.tab().goBack();
    see(chips(page)).hasText(new String[] {"7", "1"});

    PicassoPage kept = VISIT.openAt("/runs/" + run);
    see(kept.at(".of-map .head")).containsText("7 against 1");
    see(kept.at(".of-map .head .answer")).hasText("difference of the logits");
    kept.at("a.button:text('Open on the page')").click();
    see(chips(kept)).hasText(new String[] {"7", "1"});
  }

  @Test
  void aMethodThatSetsNoClassAgainstAnotherSaysSo() {
    PicassoPage page = withADigit("eigen-cam");
    page.at("#set-class").fill("7");
    page.at("#set-class").press("Enter");
    page.at("#ask-against").click();
    page.at("#set-against").fill("1");
    page.at("#set-against").press("Enter");
    page.at("#explain").click();
    see(page.at("#explain-problem")).containsText("Eigen-CAM is the same whatever the class");
    VISIT.expectComplaint("400 (Bad Request)");
    page.pickMethod("grad-cam");
    page.explainAll();
    assertThat(page.heads("7-1.png").get(0)).startsWith("7 against 1 +");
  }
}
