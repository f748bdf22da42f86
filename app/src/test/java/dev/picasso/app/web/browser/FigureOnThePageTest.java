package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results become a figure for a paper, and a paragraph to cite. */
class FigureOnThePageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage explained() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(
        Examples.sample(Examples.MNIST, "1-1.png"), Examples.sample(Examples.MNIST, "3-1.png"));
    page.pickMethod("saliency");
    page.explainAll();
    page.button("Figure").click();
    see(page.at(".figure-paper img")).hasAttribute("src", Pattern.compile("figure.png"));
    return page;
  }

  private static String text(PicassoPage.Saved saved) {
    return new String(saved.content(), StandardCharsets.UTF_8);
  }

  @Test
  void aFigureIsChosenAndSaved() {
    PicassoPage page = explained();
    page.at("[name=preset]").selectOption("85");
    page.at("[name=row][value='2']").uncheck();
    page.at("[name=column][value='image']").uncheck();
    page.at("textarea[name=caption]").fill("A one, and why.");
    Locator svg = page.at(".figure-links a[data-kind=svg]");
    see(svg).hasAttribute("href", Pattern.compile("width=85.*rows=1.*columns=.*caption=A"));
    PicassoPage.Saved saved = page.save(svg);
    assertThat(saved.name()).isEqualTo("figure-saliency.svg");
    assertThat(text(saved)).contains("85mm", ">A one, and why.<", ">1-1<").doesNotContain(">3-1<");
    PicassoPage.Saved pdf = page.save(page.at(".figure-links a[data-kind=pdf]"));
    assertThat(pdf.name()).isEqualTo("figure-saliency.pdf");
    assertThat(text(pdf)).startsWith("%PDF-");
  }

  @Test
  void headingsLabelsAndAnyWidthAreWrittenOnThePage() {
    PicassoPage page = explained();
    page.at("[name=preset]").selectOption("");
    page.at("[name=width]").fill("5");
    see(page.at(".figure-dialog .problem")).hasText("A figure is 40 to 400 mm wide.");
    page.at("[name=width]").fill("120");
    page.at("[name=heading][data-place='1']").fill("what counts");
    page.at("[name=label][data-place='2']").fill("a three");
    Locator svg = page.at(".figure-links a[data-kind=svg]");
    see(svg).hasAttribute("href", Pattern.compile("width=120.*heading=1.*label=2"));
    see(page.at(".figure-dialog .problem")).isHidden();
    assertThat(text(page.save(svg))).contains("120mm", ">what counts<", ">a three<", ">1-1<");
  }

  @Test
  void nothingChosenIsToldWhereItIsChosen() {
    PicassoPage page = explained();
    page.at("[name=row][value='1']").uncheck();
    page.at("[name=row][value='2']").uncheck();
    see(page.at(".figure-dialog .problem")).hasText("Choose at least one row.");
    page.at("[name=row][value='1']").check();
    see(page.at(".figure-dialog .problem")).isHidden();
  }

  @Test
  void theTextThatCitesIsCopied() {
    PicassoPage page = explained();
    page.button("Copy: How it was made, to be cited").click();
    see(page.button("Copy: How it was made, to be cited")).hasText("Copied");
    assertThat(String.valueOf(page.tab().evaluate("navigator.clipboard.readText()")))
        .startsWith("Heat maps were computed with Saliency map (Simonyan et al. 2013");
    page.button("Copy: BibTeX").click();
    see(page.button("Copy: BibTeX")).hasText("Copied");
    assertThat(String.valueOf(page.tab().evaluate("navigator.clipboard.readText()")))
        .startsWith("@misc{simonyan2013deep,");
  }

  @Test
  void theKeyboardOpensAndClosesItAndComesBack() {
    PicassoPage page = explained();
    page.tab().keyboard().press("Escape");
    see(page.at(".figure-dialog")).hasCount(0);
    see(page.button("Figure")).isFocused();
    page.tab().keyboard().press("Enter");
    see(page.at(".figure-dialog")).isVisible();
  }
}
