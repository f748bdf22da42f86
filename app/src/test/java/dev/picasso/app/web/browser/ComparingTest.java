package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two models side by side: what each predicts, what each is given, as many classes as asked for.
 */
class ComparingTest {
  private static final String IMAGE = "tank-sunny-1.png";

  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage comparing() {
    PicassoPage page = VISIT.open("?model=" + Examples.OVERCAST + "&method=compare");
    page.addFiles(Examples.sample(Examples.OVERCAST, IMAGE));
    page.setting("methods").fill("saliency");
    page.setting("models").fill(Examples.BALANCED);
    return page;
  }

  private static List<String> answers(PicassoPage page) {
    return page.row(IMAGE).locator(".answer").allInnerTexts();
  }

  @Test
  void eachColumnTellsWhatItsModelPredicts() {
    PicassoPage page = comparing();
    page.explainAll();
    assertThat(answers(page)).hasSize(2);
    assertThat(answers(page).get(0)).startsWith("predicts no tank ");
    assertThat(answers(page).get(1)).startsWith("predicts tank 0.");
    String title = Examples.model(Examples.BALANCED).request().title();
    assertThat(page.heads(IMAGE).get(1)).startsWith("no tank · " + title + " 0.0");
    PicassoPage kept = VISIT.openAt("/runs/" + page.run());
    see(kept.at(".of-map .answer").nth(1)).containsText("predicts tank 0.");
  }

  @Test
  void imagesOnWhichTheModelsDisagreeAreCountedAndComeFirst() {
    PicassoPage page = VISIT.open("?model=" + Examples.OVERCAST + "&method=compare");
    page.addFiles(
        Examples.sample(Examples.OVERCAST, "no-tank-sunny-1.png"),
        Examples.sample(Examples.OVERCAST, IMAGE));
    page.setting("methods").fill("saliency");
    page.setting("models").fill(Examples.BALANCED);
    page.explainAll();
    see(page.at("#disagreement")).containsText("The models disagree on 1 of 2 images.");
    see(page.at(".row").first()).hasAttribute("aria-label", "no-tank-sunny-1.png");
    page.button("Show them first").click();
    see(page.at(".row").first()).hasAttribute("aria-label", IMAGE);
    see(page.at("#order")).hasValue("disagree");
    page.button("Label").click();
    page.at("[aria-label='What " + IMAGE + " shows']").selectOption("tank");
    see(page.at(".tally strong"))
        .hasText(Examples.model(Examples.OVERCAST).request().title() + ": 1 of 1 wrong");
  }

  @Test
  void theColoursOfSignedAndUnsignedMapsAreAsMade() {
    PicassoPage page = comparing();
    page.setting("models").fill("");
    page.setting("methods").fill("saliency, gradient-x-input");
    page.explainAll();
    see(page.at("#show-colours option:checked")).hasText("as made");
    see(page.at("[name=show-percentile][value='99.5']")).isChecked();
  }

  @Test
  void asManyClassesGetAColumnAsTheFormSays() {
    PicassoPage page = comparing();
    see(page.setting("top")).hasValue("1");
    page.setting("top").fill("2");
    page.explainAll();
    see(page.row(IMAGE).locator("figure.map")).hasCount(4);
    see(page.at("#explain-hint")).hasText("The results are of these choices.");
  }

  @Test
  void theEndOfTheOtherIsSaidAndTakenBackForTheOther() {
    PicassoPage page = comparing();
    page.explainAll();
    page.row(IMAGE).locator("[data-given]").nth(1).click();
    see(page.at("#input-of")).hasValue(Examples.BALANCED);
    page.at("#input-panel .ends summary").click();
    page.at("#input-head").selectOption("none");
    page.at("#input-panel [data-head=auto]").click();
    see(page.at("#input-head")).hasValue("auto");
    see(page.at("#input-panel [data-head=auto]")).hasCount(0);
  }

  @Test
  void theInputOfTheOtherIsSeenAndChangedWithoutLeaving() {
    PicassoPage page = comparing();
    page.explainAll();
    List<String> before = answers(page);
    Locator link = page.row(IMAGE).locator("[data-given]").nth(1);
    link.click();
    see(page.at("#input-of")).hasValue(Examples.BALANCED);
    see(page.at("#model")).hasValue(Examples.OVERCAST);
    page.at("#input-invert").check();
    see(page.at("#input-words")).containsText("x = -"); // it is taken over
    see(page.at("#made")).containsText("Made with earlier choices");
    page.explainAll();
    see(page.at("#made")).not().containsText("earlier");
    assertThat(answers(page).get(0)).isEqualTo(before.get(0));
    assertThat(answers(page).get(1)).isNotEqualTo(before.get(1));
    page.at("#input-of").selectOption(Examples.OVERCAST);
    see(page.at("#input-words")).not().containsText("x = -");
    see(page.at("#input-invert")).not().isChecked();
  }
}
