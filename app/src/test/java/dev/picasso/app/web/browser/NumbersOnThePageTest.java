package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.picasso.app.web.NumbersModel;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A regression is taken for a classifier, which a person says otherwise, and is told as numbers.
 */
class NumbersOnThePageTest {
  private static final String NUMBERS = "These are numbers, not classes";

  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  private PicassoPage opened(Path model) throws IOException {
    Path image = folder.resolve("picture.png");
    Files.write(image, Pictures.png(8, 8, new Color(255, 51, 102)));
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(model);
    see(page.at("#model option:checked")).containsText("numbers");
    see(page.at("#model-facts")).containsText("4 × 4");
    page.addFiles(image);
    return page;
  }

  @Test
  void aClickOnTheModelSaysThatItTellsNumbers() throws IOException {
    PicassoPage page = opened(NumbersModel.three(folder.resolve("numbers.onnx")));
    see(page.at("#model-facts")).containsText("3 classes");
    see(page.at("#label-images")).isVisible();
    page.at("#model-facts [data-head=none]").click();
    see(page.at("#model-facts")).containsText("3 outputs");
    see(page.at("#label-images")).isHidden();
    see(page.at("#set-truth")).hasCount(0);
    see(page.at("[data-setting=top] label").first()).hasText("Outputs");
    page.pickMethod("class-probabilities");
    page.explainAll();
    see(page.row("picture.png").locator(".classes .label"))
        .hasText(new String[] {"output 0", "output 1", "output 2"});
    see(page.row("picture.png").locator("svg.share")).hasCount(0);
    see(page.at("#images .said .facts")).hasText("output 0 0");
    page.tab().reload();
    see(page.at("#model-facts")).containsText("3 outputs");
  }

  @Test
  void methodsSpeakOfOutputs() throws IOException {
    PicassoPage page = opened(NumbersModel.three(folder.resolve("numbers.onnx")));
    page.pickMethod("partial-occlusion");
    see(page.at("#method-facts")).containsText("when the class goes away");
    page.at("#model-facts [data-head=none]").click();
    see(page.at("#method-facts")).containsText("Hide parts of the picture and see how the output");
    for (Locator method : page.at("#method option").all()) {
      page.pickMethod(method.getAttribute("value"));
      String told =
          page.at("#method-facts").evaluate("e => e.firstChild.textContent")
              + page.at("#fields").innerText();
      assertThat(told.replace("Class activation", ""))
          .as(method.textContent())
          .doesNotContainPattern("(?i)\\bclass(es)?\\b|\\bprobabilit");
    }
    page.pickMethod("partial-occlusion");
    page.explainAll();
    see(page.at("#made")).containsText("Drop of the value with this window hidden");
  }

  @Test
  void aClickInTheResultsDoesTheSame() throws IOException {
    PicassoPage page = opened(NumbersModel.three(folder.resolve("numbers.onnx")));
    page.pickMethod("saliency");
    page.explainAll();
    see(page.at("#run-remarks")).containsText("a softmax is added");
    page.at("#run-remarks [data-head=none]").click();
    see(page.at("#model-facts")).containsText("3 outputs");
    see(page.at("#made")).containsText("Made with earlier choices");
    see(page.at("#run-remarks [data-head]")).hasCount(0);
    page.explainAll();
    assertThat(page.heads("picture.png"))
        .isEqualTo(List.of("output 0 0.000", "output 1 -0.600", "output 2 0.200"));
  }

  @Test
  void thePanelOffersItAndTakesItBack() throws IOException {
    PicassoPage page = opened(NumbersModel.three(folder.resolve("numbers.onnx")));
    page.button("What it is given").click();
    see(page.at("#input-panel [data-head=none]")).hasText(NUMBERS);
    page.at("#input-panel [data-head=none]").click();
    see(page.at("#input-panel .ends .brief")).hasText("numbers, no probabilities");
    page.at("#input-panel [data-head=auto]").click();
    see(page.at("#model-facts")).containsText("3 classes");
    see(page.at("#input-panel [data-head=none]")).isVisible();
  }

  @Test
  void oneNumberHasNoClassesToChoose() throws IOException {
    PicassoPage page = opened(NumbersModel.one(folder.resolve("numbers.onnx")));
    see(page.at("#model-facts")).containsText("1 output");
    see(page.at("[data-setting=top]")).hasCount(0);
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("picture.png")).isEqualTo(List.of("value 21.333"));
    see(page.at("body")).not().containsText("−value");
  }
}
