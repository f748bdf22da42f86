package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While work runs: how far it is, and how to end it. */
class WorkTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage withDigits(String method) {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(
        Examples.sample(Examples.MNIST, "7-1.png"), Examples.sample(Examples.MNIST, "8-1.png"));
    page.pickMethod(method);
    return page;
  }

  @Test
  void workThatDoesNotEndSaysHowFarItIsAndIsCancelledAtOnce() {
    PicassoPage page = withDigits("endless");
    page.explain();
    see(page.at("#status-text"))
        .hasText(Pattern.compile("running: 0 of 2 images, \\d+ (s|min) left"));
    see(page.at("#status-bar")).isVisible();
    // Half of the first image's numbers; writing its pictures is part of the work too.
    see(page.at("#status-bar")).hasJSProperty("value", 0.175);
    see(page.at(".row .waiting")).hasText(new String[] {"waiting", "waiting"});
    page.button("Cancel").click();
    see(page.at("#status")).isHidden();
    see(page.at("#run-head")).containsText("Cancelled: 0 of 2 images finished.");
    see(page.at(".row .waiting")).hasText(new String[] {"not made", "not made"});
  }

  @Test
  void settingsAndMethodCanBeChangedAndExplainedAnewWhileWorkRuns() {
    PicassoPage page = withDigits("endless");
    page.explain();
    see(page.at("#status")).isVisible();
    page.pickMethod("partial-occlusion");
    page.setting("window").fill("0.5");
    page.explainAll();
    see(page.at("#status")).isHidden();
    see(page.at("#made > :first-child")).containsText("window 0.5");
    see(page.at(".row figure.map")).hasCount(6);
  }

  @Test
  void ofTwoPressesTheLaterIsShownAndWhatTheEarlierBeganEnds() {
    PicassoPage page = withDigits("endless");
    List<Route> held = new ArrayList<>();
    page.tab().route(Pattern.compile("/api/v1/runs$"), held::add);
    page.at("#explain").click();
    page.tab().waitForCondition(() -> held.size() == 1);
    page.at("#explain").click();
    page.tab().waitForCondition(() -> held.size() == 2);
    held.get(1).resume();
    see(page.at("#status")).isVisible();
    String shown = page.run();
    Request ended =
        page.tab().waitForRequest(r -> r.method().equals("DELETE"), () -> held.get(0).resume());
    assertThat(ended.url()).contains("/api/v1/runs/").doesNotContain(shown);
    assertThat(page.run()).isEqualTo(shown);
    page.button("Cancel").click();
    see(page.at("#status")).isHidden();
  }

  @Test
  void progressGoesUpWhileResultsComeOneByOne() {
    PicassoPage page = withDigits("partial-occlusion");
    page.addSamples();
    page.setting("perSide").fill("20");
    page.tab()
        .evaluate(
            """
            () => {
              window.seen = [];
              const note = () => window.seen.push([document.querySelector('#status-bar').value,
                document.querySelectorAll('.row:not([aria-busy])').length]);
              new MutationObserver(note).observe(document.querySelector('#status-bar'), { attributes: true });
              new MutationObserver(note).observe(document.querySelector('#rows'), { childList: true, subtree: true });
            }\
            """);
    page.explainAll();
    List<?> seen = (List<?>) page.tab().evaluate("window.seen");
    List<Double> bars =
        seen.stream().map(s -> ((Number) ((List<?>) s).get(0)).doubleValue()).toList();
    List<Integer> rows =
        seen.stream().map(s -> ((Number) ((List<?>) s).get(1)).intValue()).toList();
    assertThat(bars).isSorted();
    assertThat(bars).as("steps between the beginning and the end").anyMatch(b -> b > 0 && b < 1);
    assertThat(rows)
        .as("finished rows, as they came")
        .isSorted()
        .contains(10)
        .anyMatch(n -> n > 0 && n < 10);
  }

  @Test
  void noRowMovesWhileTheResultsOfTheOthersCome() {
    PicassoPage page = withDigits("partial-occlusion");
    page.addSamples();
    page.explainAll(); // now the columns are known
    page.tab()
        .evaluate(
            """
            () => {
              window.moved = [];
              new PerformanceObserver(list => {
                for (const entry of list.getEntries()) {
                  for (const { node, previousRect, currentRect } of entry.sources) {
                    if (node?.closest?.('#rows')) window.moved.push([node.className, previousRect.y, currentRect.y].join(' '));
                  }
                }
              }).observe({ type: 'layout-shift' });
            }\
            """);
    page.setting("window").fill("0.3");
    page.explainAll();
    assertThat((List<?>) page.tab().evaluate("window.moved")).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsToldAndTheResultsStay() {
    PicassoPage page = withDigits("class-probabilities");
    page.explainAll();
    page.tab().context().setOffline(true);
    page.setting("top").fill("4");
    page.at("#explain").click();
    see(page.at("#explain-problem")).containsText("Picasso does not answer.");
    see(page.at(".row")).hasCount(2);

    page.tab().context().setOffline(false);
    page.explainAll();
    see(page.at("#explain-problem")).isHidden();
    see(page.row("7-1.png").locator(".classes li")).hasCount(4);
    VISIT.expectComplaint("ERR_INTERNET_DISCONNECTED"); // of all that was asked meanwhile
  }
}
