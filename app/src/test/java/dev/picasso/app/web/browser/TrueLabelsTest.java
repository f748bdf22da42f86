package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What images truly show: said by hand, by folders and by tables; kept; and explained. */
class TrueLabelsTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  private static Path digit(String name) {
    return Examples.sample(Examples.MNIST, name);
  }

  private static Locator item(PicassoPage page, String name) {
    return page.trayItems().filter(new Locator.FilterOptions().setHasText(name));
  }

  private static void say(PicassoPage page, String image, String label) {
    page.at("[aria-label='What " + image + " shows']").selectOption(label);
  }

  private static void label(PicassoPage page) {
    page.button("Label").click();
  }

  /** Until the server has what was said. */
  private static void awaitKept(PicassoPage page, int labels) {
    page.tab()
        .waitForFunction(
            "async n => (await (await fetch('/api/v1/images')).json()).images.filter(i =>"
                + " i.label).length === n",
            labels);
  }

  @Test
  void aLabelSaidByHandOutlivesAReloadAndIsInEveryTab() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("0-1.png"), digit("1-1.png"));
    see(page.at(".true-class")).hasCount(0);
    Page other = page.tab().context().newPage();
    other.navigate(page.address());
    PicassoPage second = new PicassoPage(other);
    label(second);
    label(page);
    say(page, "0-1.png", "0");
    say(page, "1-1.png", "7");
    see(second.at("[aria-label='What 1-1.png shows']")).hasValue("7");
    label(page);
    see(page.at(".true-class")).hasCount(0);
    see(item(page, "0-1.png").locator(".said")).hasText("is 0");

    page.pickMethod("class-probabilities");
    page.explainAll();
    awaitKept(page, 2);
    requireJudged(page);
    see(page.at("[data-figure]")).hasCount(0);
    page.tab().reload();
    page.awaitEnd();
    requireJudged(page);
    label(page);
    say(page, "1-1.png", "1");
    see(item(page, "1-1.png").locator("strong")).hasText("right");
    other.close();
  }

  private static void requireJudged(PicassoPage page) {
    see(item(page, "0-1.png").locator("strong")).hasText("right");
    see(item(page, "1-1.png").locator("strong")).hasText("wrong");
    see(page.row("0-1.png").locator(".class-head strong")).hasText("right");
    see(page.row("1-1.png").locator(".class-head strong")).hasText("wrong, is 7");
  }

  @Test
  void theTrueLabelOfEachImageIsExplainedAndARowWithoutOneSaysSo() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(digit("0-1.png"), digit("1-1.png"));
    label(page);
    say(page, "1-1.png", "7");
    awaitKept(page, 1);
    page.pickMethod("saliency");
    page.at("#set-truth").check();
    page.explainAll();
    assertThat(page.heads("1-1.png")).singleElement().asString().startsWith("7 0.");
    see(page.row("0-1.png").locator(".problem"))
        .containsText("What this picture truly shows is not known");
    see(page.at("#made strong")).hasCount(0);

    page.tab().reload();
    page.awaitEnd();
    see(page.at("#set-truth")).isChecked();
    see(page.at("#made strong")).hasCount(0);
    label(page);
    say(page, "0-1.png", "0");
    see(page.at("#made strong")).hasText("Made with earlier choices: ");
    awaitKept(page, 2);
    page.explainAll();
    assertThat(page.heads("0-1.png")).singleElement().asString().startsWith("0 ");
  }

  @Test
  void aDroppedFolderIsInOrderKeepsItsFoldersAndIsLabelledByThem() throws IOException {
    for (String place : new String[] {"2/10.png", "2/9.png", "1/9.png", "deep/er/4.png"}) {
      Path file = folder.resolve("set").resolve(place);
      Files.createDirectories(file.getParent());
      Files.copy(digit("1-1.png"), file);
    }
    Files.writeString(folder.resolve("set/truth.csv"), "image,label\n4.png,4\n");
    PicassoPage page = VISIT.openMnist();
    page.drop(folder.resolve("set"));
    see(page.trayItems()).hasCount(4);
    assertThat(page.at("#images .text .name").allInnerTexts())
        .containsExactly("1/9.png", "2/9.png", "2/10.png", "deep/er/4.png");
    see(page.at("#tray-note")).hasText("truth.csv tells what 1 image shows.");
    assertThat(page.at("#images .said").allInnerTexts())
        .containsExactly("is 1", "is 2", "is 2", "is 4");
    page.tab().reload();
    see(item(page, "deep/er/4.png").locator(".said")).hasText("is 4");
  }
}
