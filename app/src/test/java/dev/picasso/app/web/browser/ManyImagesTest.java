package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many images in folders of their classes: how often the model is right, and where it is not. */
class ManyImagesTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  /** Images of a 1, some of them in folders that say otherwise. */
  private Path ones(String... places) throws IOException {
    Path set = folder.resolve("set");
    for (String place : places) {
      Path file = set.resolve(place);
      Files.createDirectories(file.getParent());
      Files.copy(Examples.sample(Examples.MNIST, "1-1.png"), file);
    }
    return set;
  }

  private PicassoPage explained(String... places) throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.drop(ones(places));
    see(page.trayItems()).hasCount(places.length);
    page.pickMethod("class-probabilities");
    page.explainAll();
    return page;
  }

  private static Locator shownRows(PicassoPage page) {
    return page.at(".row:not([hidden])");
  }

  @Test
  void theWrongOnesAreCountedListedAndShownAlone() throws IOException {
    PicassoPage page = explained("1/a.png", "1/b.png", "7/c.png", "7/d.png", "4/e.png", "x/f.png");
    see(page.at(".tally strong")).hasText("3 of 5 wrong");
    see(page.at("#tally")).containsText("accuracy 40.0\u00a0%; 1 more without a label");
    see(page.row("7/c.png").locator(".verdict-word")).hasText("wrong, is 7");
    see(page.row("x/f.png").locator(".verdict-word")).hasText("is x, no class of this model");

    page.button("Only the wrong ones").click();
    see(shownRows(page)).hasCount(3);
    see(page.at("#tally [role=status]")).hasText("3 of 6 rows shown.");
    page.at("#tally summary").click();
    see(page.at(".confusions")).isVisible();
    assertThat(page.at(".confusions tbody tr").allInnerTexts())
        .containsExactly("7\t1\t2", "4\t1\t1");
    page.at(".confusions tbody tr").first().click();
    see(shownRows(page)).hasCount(2);
    see(page.button("2: only 7 taken for 1")).hasAttribute("aria-pressed", "true");
    see(page.button("Only the wrong ones")).hasAttribute("aria-pressed", "false");

    // A pinned row stays whatever is chosen, and what is said later counts.
    page.at("#order").selectOption("wrong");
    page.row("7/c.png").locator("[data-pin]").click();
    page.button("1: only 4 taken for 1").press("Enter");
    see(shownRows(page)).hasCount(2);
    assertThat(shownRows(page).all().stream().map(r -> r.getAttribute("aria-label")))
        .containsExactly("7/c.png", "4/e.png");
    page.button("1: only 4 taken for 1").press("Enter");
    see(shownRows(page)).hasCount(6);
    page.button("Label").click();
    page.at("[aria-label='What 4/e.png shows']").selectOption("1");
    see(page.at(".tally strong")).hasText("2 of 5 wrong");
    see(page.at(".confusions tbody tr")).hasCount(1);
  }

  @Test
  void foldersNameTheClassesOfAModelThatHasNoNames() throws IOException {
    PicassoPage page = VISIT.open("");
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("own.onnx")));
    see(page.at("#model")).hasValue("own");
    page.awaitModel();
    Path set = folder.resolve("colours");
    for (var each : Map.of("rot", Color.RED, "gelb", Color.GREEN, "teal", Color.BLUE).entrySet()) {
      Path shown = Files.createDirectories(set.resolve(each.getKey())).resolve("1.png");
      Files.write(shown, Pictures.png(8, 8, each.getValue()));
    }
    page.drop(set);
    see(page.trayItems()).hasCount(3);
    page.pickMethod("class-probabilities");
    page.explainAll();
    see(page.at(".naming")).containsText("The 3 classes have no names yet");
    page.at("#tally [data-to-input=labels]").click();
    see(page.at("#input-labels")).isFocused();
    page.at("#close-input").click();
    page.button("They are gelb, rot, teal, in this order").click();
    see(page.at(".tally strong")).hasText("2 of 3 wrong");
    see(page.at(".naming")).isHidden();
    see(page.at("#images .said .right")).hasCount(1);
  }

  @Test
  void labelsThatCameLaterAreComparedWhenItIsKnownWhatIsPredicted() {
    PicassoPage page = VISIT.openMnist();
    page.addSamples();
    page.tab().navigate(VISIT.address() + "/?model=" + Examples.MNIST + "&classes=3");
    page.awaitModel();
    page.pickMethod("saliency");
    page.explainAll();
    page.button("Label").click();
    page.at("[aria-label='What 7-1.png shows']").selectOption("7");
    see(page.at(".naming")).containsText("Explain again to compare it with the labels.");
    page.explainAll();
    see(page.at(".tally strong")).hasText(Pattern.compile("\\d of \\d+ wrong"));
  }

  @Test
  void aDroppedZipOfImagesIsImagesAndItsFoldersSayWhatTheyShow() throws IOException {
    Path zip = folder.resolve("digits.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("set/1/10.png", "set/1/9.png", "set/7/9.png", "set/notes.json")) {
        out.putNextEntry(new ZipEntry(name));
        if (name.endsWith(".png")) {
          Files.copy(Examples.sample(Examples.MNIST, "1-1.png"), out);
        }
      }
    }
    PicassoPage page = VISIT.openMnist();
    page.drop(zip);
    see(page.at("#images li[data-image]")).hasCount(3);
    assertThat(page.at("#images li[data-image] .text .name").allInnerTexts())
        .containsExactly("1/9.png", "1/10.png", "7/9.png");
    assertThat(page.at("#images .said").allInnerTexts()).containsExactly("is 1", "is 1", "is 7");
    see(page.at("#model")).hasValue(Examples.MNIST);
  }

  @Test
  void theSameStandsOnTheRunsPageAndInItsReport() throws IOException {
    String run = explained("1/a.png", "7/c.png", "7/d.png").run();
    PicassoPage kept = VISIT.openAt("/runs/" + run);
    requireFiltering(kept);
    Path report =
        Files.write(
            folder.resolve("report.html"), kept.fetch("/api/v1/runs/" + run + "/report.html"));
    requireFiltering(VISIT.openAt(report.toUri().toString()));
  }

  private static void requireFiltering(PicassoPage page) {
    see(page.at("#tally")).containsText("2 of 3 wrong, accuracy 33.3\u00a0%");
    Locator shown = page.at(".image:not([hidden])");
    see(shown).hasCount(3);
    page.button("Only the wrong ones").click();
    see(shown).hasCount(2);
    see(shown.first().locator(".truth")).hasText("is 7, predicted 1: wrong");
    page.button("Only 7 taken for 1: 2").click();
    see(page.at("#tally-said")).hasText("2 of 3 images are shown.");
    page.button("Only 7 taken for 1: 2").press("Enter");
    see(shown).hasCount(3);
  }

  @Test
  void ofManyImagesOneClassIsShownUnlessSomebodyChooses() throws IOException {
    PicassoPage page = VISIT.openMnist();
    String[] places = new String[21];
    for (int i = 0; i < places.length; i++) {
      places[i] = "1/" + i + ".png";
    }
    ones(places);
    page.drop(folder.resolve("set"));
    see(page.trayItems()).hasCount(21);
    see(page.at("#set-top")).hasValue("1");
    see(page.at("[data-setting=top]"))
        .containsText("Of more than 20 images, one unless you choose.");
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("1/0.png")).hasSize(1);
    see(page.at("#made strong")).hasCount(0);
    page.tab().reload();
    page.awaitEnd();
    see(page.at("#made strong")).hasCount(0);
    page.at("#set-top").fill("3");
    page.explainAll();
    assertThat(List.of(page.heads("1/0.png").size(), page.heads("1/20.png").size()))
        .containsExactly(3, 3);
    see(page.at("#set-top")).hasValue("3");
  }
}
