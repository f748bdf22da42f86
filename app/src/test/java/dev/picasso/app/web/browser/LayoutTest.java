package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.picasso.app.web.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on screens of all sizes. */
class LayoutTest {
  /** A cell in which a map and its scale are read at ease. */
  private static final int COMFORTABLE = 192;

  private static final int ONE_COLUMN = 760;

  /** The width of the smallest cells, with the gap between them. */
  private static final int LEAST = 112;

  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

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
    see(page.at(".enlarge .under")).hasClass(Pattern.compile("crisp")); // it is as large as it gets
    assertThat(page.at("#enlarge").evaluate("e => e.scrollWidth - e.clientWidth")).isEqualTo(0);
    see(page.at("#enlarge [data-close]")).isInViewport();
    see(page.at("#enlarge .settings-line")).isInViewport();
  }

  @ParameterizedTest(name = "{0} pixels")
  @CsvSource({"1100", "1400", "1800"})
  void aRowAloneHasLargePicturesRatherThanOneLine(int width) {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency&top=5");
    page.tab().setViewportSize(width, 900);
    page.addFiles(Examples.sample(Examples.MNIST, "9-1.png"));
    page.explainAll();
    Locator pictures = page.row("9-1.png").locator("img.picture");
    see(pictures).hasCount(6);
    assertThat(pictures.first().boundingBox().width).isGreaterThan(COMFORTABLE - 20);
    see(pictures.last()).isInViewport();
  }

  @ParameterizedTest(name = "{0} pixels")
  @CsvSource({"360", "390", "760", "800", "1100", "1400", "1800", "2560"})
  void aRowStandsInOneLineWhereverItsPicturesAreNotTooSmall(int width) {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency&top=5");
    page.tab().setViewportSize(width, 900);
    page.addFiles(
        Examples.sample(Examples.MNIST, "9-1.png"), Examples.sample(Examples.MNIST, "0-1.png"));
    page.explainAll();
    int cells = 6;
    Locator pictures = page.row("9-1.png").locator("img.picture");
    see(pictures).hasCount(cells);
    double room =
        ((Number)
                page.at("#scroller")
                    .evaluate(
                        "e => e.clientWidth - parseFloat(getComputedStyle(e).paddingLeft)"
                            + " - parseFloat(getComputedStyle(e).paddingRight)"))
            .doubleValue();
    long lines = pictures.all().stream().map(p -> Math.round(p.boundingBox().y)).distinct().count();
    if (room >= cells * LEAST) {
      assertThat(lines).as("lines").isEqualTo(1);
    }
    assertThat(pictures.first().boundingBox().width).isGreaterThan(LEAST - 20);
    assertThat(beyond(page, "Width")).as("pixels beyond the right edge").isZero();
    assertThat(page.at(".map figcaption").all())
        .allSatisfy(c -> assertThat(c.evaluate("e => e.scrollWidth - e.clientWidth")).isEqualTo(0));
  }

  @Test
  void picturesOfRowsSideBySideBeginAtOneHeight() {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency&top=1");
    page.tab().setViewportSize(2560, 1300);
    page.addSamples();
    page.explainAll();
    see(page.at(".rows.aligned")).hasCount(1);
    page.row("0-1.png")
        .locator(".class-head .label")
        .first()
        .evaluate("e => { e.textContent = 'a name of several lines '.repeat(9); }");
    double there = page.map("0-1.png", 0).boundingBox().y;
    double line = page.row("0-1.png").boundingBox().y;
    assertThat(page.at(".row").all())
        .filteredOn(r -> r.boundingBox().y == line)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            r ->
                assertThat(r.locator("figure.map").first().boundingBox().y)
                    .isCloseTo(there, within(1.)));
  }

  @ParameterizedTest(name = "{0} pixels")
  @CsvSource({"360", "820", "1400"})
  void noLineOfFactsBeginsOrEndsWithADot(int width) {
    PicassoPage page = VISIT.openMnist();
    page.tab().setViewportSize(width, 900);
    page.pickMethod("partial-occlusion");
    page.addFiles(Examples.sample(Examples.MNIST, "9-1.png"));
    page.explainAll();
    assertThat(page.at(".dotted").count()).isGreaterThan(2);
    assertThat(page.tab().evaluate(STRAY_DOTS)).isEqualTo(List.of());
    page.map("9-1.png", 0).locator("[data-enlarge]").click();
    see(page.at("#enlarge .settings-line")).containsText("fill grey");
    assertThat(page.tab().evaluate(STRAY_DOTS)).isEqualTo(List.of());
  }

  @Test
  void whatIsDrawnOverAPortraitIsAsWideAsThePicture() throws IOException {
    Path portrait = Files.write(folder.resolve("tall.png"), Pictures.png(60, 120, Color.RED));
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency&top=1");
    page.addFiles(portrait, Examples.sample(Examples.MNIST, "9-1.png"));
    page.explainAll();
    page.at("[data-display=blending] label").getByText("by strength").click();
    see(page.map("tall.png", 0).locator("canvas")).hasCount(1);
    for (Locator view : page.row("tall.png").locator(".view").all()) {
      Locator picture = view.locator("img.picture");
      double width = picture.boundingBox().width;
      assertThat(width).isLessThan(picture.boundingBox().height * .6);
      assertThat(view.boundingBox().width).isCloseTo(width, within(1.));
    }
    BoundingBox drawn = page.map("tall.png", 0).locator("canvas").boundingBox();
    BoundingBox under = page.map("tall.png", 0).locator("img.picture").boundingBox();
    assertThat(drawn.width).isCloseTo(under.width, within(1.));
  }

  @ParameterizedTest(name = "{0} pixels")
  @CsvSource({"390", "1400"})
  void aLongNameInTheTrayLeavesItsNumberInSight(int width) {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency&top=1");
    page.tab().setViewportSize(width, 900);
    page.addFiles(
        Examples.sample(Examples.MNIST, "9-1.png"), Examples.sample(Examples.MNIST, "0-1.png"));
    page.explainAll();
    Locator item = page.trayItems().first();
    item.locator(".said .label")
        .evaluate("e => { e.textContent = 'a name of many words '.repeat(9); }");
    Locator told = item.locator(".said .facts");
    assertThat(told.boundingBox().width).isLessThanOrEqualTo(item.boundingBox().width);
    assertThat(told.evaluate("e => e.scrollWidth - e.clientWidth"))
        .as("what is cut off behind the name")
        .isEqualTo(0);
  }

  @Test
  void aLineStandsAroundTheMapThatHasTheFocus() {
    PicassoPage page = VISIT.open("?model=" + Examples.MNIST + "&method=saliency");
    page.addFiles(Examples.sample(Examples.MNIST, "9-1.png"));
    page.explainAll();
    int before = accented(page);
    page.map("9-1.png", 0).locator("[data-enlarge]").focus();
    page.tab().keyboard().press("ArrowRight");
    see(page.map("9-1.png", 1).locator("[data-enlarge]")).isFocused();
    assertThat(accented(page) - before).as("pixels of the line").isGreaterThan(400);
  }

  /** How many pixels of the screen have the accent's colour. */
  private static int accented(PicassoPage page) {
    BufferedImage screen = PicassoPage.read(page.tab().screenshot());
    int count = 0;
    for (int y = 0; y < screen.getHeight(); y++) {
      for (int x = 0; x < screen.getWidth(); x++) {
        count += Pixels.distance(screen.getRGB(x, y), 0x8fc1ff) <= 2 ? 1 : 0;
      }
    }
    return count;
  }

  /** Dots at the beginning of a line that are not cut off, or that stand behind their fact. */
  private static final String STRAY_DOTS =
      """
      () => [...new Set([...document.querySelectorAll('.dot')].map((dot) => dot.parentElement.parentElement))].flatMap((line) => {
        const left = line.getBoundingClientRect().left;
        return [...line.children].filter((fact, i) => {
          const dot = fact.querySelector(':scope > .dot')?.getBoundingClientRect();
          const begins = i === 0 || fact.offsetTop !== line.children[i - 1].offsetTop;
          return dot && dot.width > 0 && (begins ? dot.right > left + 17 : dot.left < left + 12);
        }).map((fact) => fact.textContent);
      })
      """;

  private static int beyond(PicassoPage page, String direction) {
    String words = "document.documentElement.scroll%1$s - document.documentElement.client%1$s";
    return ((Number) page.tab().evaluate(words.formatted(direction))).intValue();
  }
}
