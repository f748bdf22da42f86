package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody draws where the object is, and asks whether the map lies on it. */
class DrawnBoxTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @Test
  void aBoxOnThePictureSaysWhereTheObjectIs() {
    PicassoPage page = VISIT.open("");
    page.pickModel(Examples.OVERCAST);
    page.addFiles(Examples.sample(Examples.OVERCAST, "tank-overcast-1.png"));
    page.pickMethod("belief");
    page.setting("checks").fill("object");
    page.explain();
    page.awaitEnd();

    Locator picture = page.row("tank-overcast-1.png").locator(".original-cell img");
    picture.scrollIntoViewIfNeeded();
    BoundingBox at = picture.boundingBox();
    Mouse mouse = page.tab().mouse();
    mouse.move(at.x + .25 * at.width, at.y + .5 * at.height);
    mouse.down();
    mouse.move(at.x + .4 * at.width, at.y + .6 * at.height);
    mouse.move(at.x + .5 * at.width, at.y + .75 * at.height);
    mouse.up();

    see(page.setting("object")).hasValue(Pattern.compile("\\d+(,\\d+){3}"));
    int[] box =
        Arrays.stream(page.setting("object").inputValue().split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    // Of a picture of 256 × 256.
    assertThat(box).hasSize(4);
    assertThat(box[0]).isBetween(62, 66);
    assertThat(box[1]).isBetween(126, 130);
    assertThat(box[2]).isBetween(62, 66);
    assertThat(box[3]).isBetween(62, 66);

    page.explain();
    page.awaitEnd();
    see(page.row("tank-overcast-1.png").locator(".claims")).containsText("on the object");
  }

  @Test
  void hidingTheTankByHandTellsAtOnceThatItWasTheTank() {
    String image = "tank-sunny-1.png";
    PicassoPage page = VISIT.open("?model=" + Examples.BALANCED + "&method=saliency");
    page.addFiles(Examples.sample(Examples.BALANCED, image));
    page.explainAll();
    Locator picture = page.row(image).locator(".original-cell img");
    picture.scrollIntoViewIfNeeded();
    BoundingBox at = picture.boundingBox();
    Mouse mouse = page.tab().mouse();
    mouse.move(at.x + .45 * at.width, at.y + .5 * at.height);
    mouse.down();
    mouse.move(at.x + .6 * at.width, at.y + .6 * at.height);
    see(page.row(image).locator(".what-if li")).hasCount(2); // while it is drawn
    mouse.move(at.x + .8 * at.width, at.y + .75 * at.height);
    mouse.up();
    see(page.row(image).locator(".what-if li").first())
        .containsText(Pattern.compile("tank0\\.9\\d\\d → 0\\.[0-4]"));
  }

  @Test
  void keysHideABoxToo() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    page.pickMethod("saliency");
    page.explainAll();
    Locator row = page.row("7-1.png");
    row.locator(".original-cell .view").focus();
    page.tab().keyboard().press("Enter");
    see(row.locator(".drawn")).isVisible();
    see(row.locator(".what-if")).containsText("→");
    BoundingBox before = row.locator(".drawn").boundingBox();
    page.tab().keyboard().press("Shift+ArrowRight");
    page.tab().keyboard().press("ArrowUp");
    BoundingBox after = row.locator(".drawn").boundingBox();
    assertThat(after.width).isGreaterThan(before.width);
    assertThat(after.height).isEqualTo(before.height);
    assertThat(after.y).isLessThan(before.y);
    page.tab().keyboard().press("Escape");
    see(row.locator(".drawn")).hasCount(0);
    see(row.locator(".what-if")).hasCount(0);
  }
}
