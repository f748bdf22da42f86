package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody hides parts of pictures by hand, or puts others there, and sees what the model says. */
class WhatIfOnThePageTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  private static final String TANK = "tank-sunny-1.png";
  private static final String EMPTY = "no-tank-sunny-1.png";

  private final List<JsonObject> asked = new ArrayList<>();

  private PicassoPage explained(String... images) {
    PicassoPage page = VISIT.open("?model=" + Examples.BALANCED + "&method=saliency");
    page.tab()
        .onRequest(
            request -> {
              if (request.url().endsWith("/what-if")) {
                asked.add(JsonParser.parseString(request.postData()).getAsJsonObject());
              }
            });
    for (String image : images) {
      page.addFiles(Examples.sample(Examples.BALANCED, image));
    }
    page.explainAll();
    return page;
  }

  /** A mouse over a picture, by shares of it. */
  private record Hand(Mouse mouse, BoundingBox at) {
    static Hand over(PicassoPage page, Locator picture) {
      picture.scrollIntoViewIfNeeded();
      return new Hand(page.tab().mouse(), picture.boundingBox());
    }

    Hand move(double x, double y) {
      mouse.move(at.x + x * at.width, at.y + y * at.height);
      return this;
    }

    Hand drag(double fromX, double fromY, double toX, double toY) {
      move(fromX, fromY);
      mouse.down();
      move((fromX + toX) / 2, (fromY + toY) / 2);
      move(toX, toY);
      mouse.up();
      return this;
    }
  }

  private static Locator picture(PicassoPage page, String image) {
    return page.row(image).locator(".original-cell .view img.picture");
  }

  /** How opaque what stands on a picture is at a place, 0 to 255. */
  private static int opaque(PicassoPage page, String image, double x, double y) {
    return ((Number)
            page.row(image)
                .locator("canvas.instead")
                .evaluate(
                    "(c, [x, y]) => { const copy = new OffscreenCanvas(c.width,"
                        + " c.height).getContext('2d'); copy.drawImage(c, 0, 0); return"
                        + " copy.getImageData(x * c.width, y * c.height, 1, 1).data[3]; }",
                    List.of(x, y)))
        .intValue();
  }

  @Test
  void aBrushHidesWhatOnePaintsOver() {
    PicassoPage page = explained(TANK);
    Locator row = page.row(TANK);
    row.hover();
    row.locator(".by-hand button[value=brush]").click();
    Hand hand = Hand.over(page, picture(page, TANK)).move(.43, .5);
    see(row.locator(".ring")).isVisible();
    hand.mouse().down();
    for (double y : new double[] {.5, .57, .64}) {
      hand.move(.43, y).move(.78, y);
    }
    see(row.locator(".what-if li")).hasCount(2); // while one paints
    hand.mouse().up();
    see(row.locator(".what-if li").first())
        .containsText(Pattern.compile("tank0\\.9\\d\\d → 0\\.[0-6]"));
    JsonObject mask = asked.get(asked.size() - 1).getAsJsonObject("mask");
    int pixels = 0;
    for (var count : mask.getAsJsonArray("counts")) {
      pixels += count.getAsInt();
    }
    assertThat(mask.getAsJsonArray("size").toString()).isEqualTo("[384,384]");
    assertThat(pixels).isEqualTo(384 * 384);
    assertThat(opaque(page, TANK, .6, .57)).isEqualTo(255);
    assertThat(opaque(page, TANK, .2, .2)).isZero();

    row.locator(".what-if select").first().selectOption("blur");
    page.tab()
        .waitForCondition(
            () -> asked.get(asked.size() - 1).get("fill").getAsString().equals("blur"));
    row.locator(".what-if button").getByText("Undo").click();
    see(row.locator(".what-if")).hasCount(0);
    see(row.locator("canvas.instead")).hasCount(0);
  }

  /** How many pixels the mask that was asked about last has; none where it was no mask. */
  private int pixelsPainted() {
    JsonObject mask = asked.get(asked.size() - 1).getAsJsonObject("mask");
    int pixels = 0;
    for (int i = 1; i < mask.getAsJsonArray("counts").size(); i += 2) {
      pixels += mask.getAsJsonArray("counts").get(i).getAsInt();
    }
    return pixels;
  }

  @Test
  void aRubberTakesAwayWhatWasPaintedAndThatIsUndoneToo() {
    PicassoPage page = explained(TANK);
    Locator row = page.row(TANK);
    row.hover();
    row.locator(".by-hand button[value=brush]").click();
    Hand hand = Hand.over(page, picture(page, TANK)).drag(.3, .5, .7, .5);
    see(row.locator(".what-if li")).hasCount(2);
    assertThat(opaque(page, TANK, .5, .5)).isEqualTo(255);
    page.tab().waitForCondition(() -> pixelsPainted() > 0);
    row.locator(".what-if [data-rubber]").click();
    see(row.locator(".what-if [data-rubber]")).hasAttribute("aria-pressed", "true");
    hand.drag(.5, .4, .5, .6);
    assertThat(opaque(page, TANK, .5, .5)).isZero();
    assertThat(opaque(page, TANK, .32, .5)).isEqualTo(255);
    hand.drag(.2, .5, .8, .5);
    see(row.locator(".what-if")).containsText("Nothing is painted.");
    row.locator(".what-if button").getByText("Undo").click();
    see(row.locator(".what-if li")).hasCount(2);
    row.locator(".what-if button").getByText("Undo").click();
    assertThat(opaque(page, TANK, .5, .5)).isEqualTo(255);
  }

  @Test
  void theBrushIsLedByKeys() {
    PicassoPage page = explained(TANK);
    Locator row = page.row(TANK);
    Locator said = page.at("p.unseen[role=status]").last();
    row.locator(".by-hand button[value=brush]").focus();
    page.tab().keyboard().press("Enter");
    see(row.locator(".original-cell .view")).isFocused();
    see(row.locator(".original-cell .view"))
        .hasAttribute("aria-label", Pattern.compile(".*Space paints.*"));
    see(row.locator(".ring")).isVisible();
    see(said).containsText("Space paints");
    page.tab().keyboard().press("Space");
    see(said).hasText("Painted at 50 % across, 50 % down.");
    see(row.locator(".what-if li")).hasCount(2);
    assertThat(opaque(page, TANK, .5, .5)).isEqualTo(255);
    page.tab().keyboard().press("ArrowRight");
    see(said).hasText("53 % across, 50 % down");
    page.tab().keyboard().down("Space");
    for (int i = 0; i < 6; i++) {
      page.tab().keyboard().press("ArrowRight");
    }
    page.tab().keyboard().up("Space");
    assertThat(opaque(page, TANK, .7, .5)).as("painted along").isEqualTo(255);
    page.tab().keyboard().press("ArrowDown");
    page.tab().keyboard().press("ArrowDown");
    page.tab().keyboard().press("ArrowDown");
    assertThat(opaque(page, TANK, .72, .59)).as("moved only").isZero();
    page.tab().keyboard().press("Control+z");
    see(said).hasText("The last stroke is taken away.");
    assertThat(opaque(page, TANK, .7, .5)).isZero();
    assertThat(opaque(page, TANK, .5, .5)).isEqualTo(255);
    page.tab().keyboard().press("r");
    see(said).hasText("Rubber.");
    see(row.locator(".what-if [data-rubber]")).hasAttribute("aria-pressed", "true");
    page.tab().keyboard().press("Escape");
    see(row.locator(".what-if")).hasCount(0);
    page.tab().keyboard().press("Space");
    row.locator(".what-if button").getByText("Undo").focus();
    page.tab().keyboard().press("Enter");
    see(row.locator(".what-if")).hasCount(0);
    see(row.locator(".original-cell .view")).isFocused(); // what had the focus is gone
  }

  @Test
  void aPieceOfAnotherImageIsPutThere() {
    PicassoPage page = explained(EMPTY, TANK);
    Locator row = page.row(EMPTY);
    Hand.over(page, picture(page, EMPTY)).drag(.4, .45, .85, .8);
    see(row.locator(".what-if li")).hasCount(2);
    row.locator(".what-if select").first().selectOption("other");
    see(row.locator(".what-if-other select")).hasText(TANK);
    see(row.locator(".what-if li")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^tank"))))
        .containsText(Pattern.compile("→ 0\\.[5-9]|→ 1"));
    JsonObject followed = asked.get(asked.size() - 1).getAsJsonObject("paste");
    assertThat(followed.has("box")).as("what lies there").isFalse();

    Locator piece = row.locator(".piece img");
    Hand.over(page, piece).drag(.05, .05, .3, .2);
    page.tab()
        .waitForCondition(() -> asked.get(asked.size() - 1).getAsJsonObject("paste").has("box"));
    piece.scrollIntoViewIfNeeded();
    page.tab().keyboard().press("Escape");
    page.tab()
        .waitForCondition(() -> !asked.get(asked.size() - 1).getAsJsonObject("paste").has("box"));
  }

  @Test
  void aBoxIsMovedByDraggingItAndByKeys() {
    PicassoPage page = explained(TANK);
    Hand hand = Hand.over(page, picture(page, TANK)).drag(.1, .1, .3, .3).drag(.2, .2, .5, .6);
    see(page.row(TANK).locator(".what-if li")).hasCount(2);
    page.tab().waitForCondition(() -> last()[0] > 99); // where it was moved to
    int[] box = last();
    assertThat(box[0]).isBetween(100, 105);
    assertThat(box[1]).isBetween(126, 131);
    assertThat(box[2]).isBetween(50, 53);
    page.tab().keyboard().press("ArrowRight");
    page.tab().waitForCondition(() -> last()[0] == box[0] + 8);
    page.tab().keyboard().press("Shift+ArrowDown");
    page.tab().waitForCondition(() -> last()[3] > box[3]);
    hand.drag(.9, .9, .95, .95); // another one
    page.tab().waitForCondition(() -> last()[0] > 225);
    page.tab().keyboard().press("Escape");
    see(page.row(TANK).locator(".drawn")).hasCount(0);
  }

  /** Left, top, width and height of the box that was asked about last. */
  private int[] last() {
    String[] numbers = asked.get(asked.size() - 1).get("box").getAsString().split(",");
    int[] box = new int[4];
    for (int i = 0; i < 4; i++) {
      box[i] = Integer.parseInt(numbers[i]);
    }
    return box;
  }

  @Test
  void whatIsOvertakenIsNotAsked() {
    PicassoPage page = explained(TANK);
    List<Route> held = new ArrayList<>();
    page.tab().route("**/what-if", held::add);
    Hand hand = Hand.over(page, picture(page, TANK)).move(.1, .1);
    hand.mouse().down();
    hand.move(.2, .2);
    page.tab().waitForCondition(() -> held.size() == 1);
    for (double at = .21; at < .6; at += .03) {
      hand.move(at, at);
    }
    hand.move(.6, .6);
    hand.mouse().up();
    assertThat(held).hasSize(1);
    held.get(0).resume();
    page.tab().waitForCondition(() -> held.size() == 2);
    held.get(1).resume();
    see(page.row(TANK).locator(".what-if li")).hasCount(2);
    assertThat(last()[2]).as("the last one").isBetween(127, 129);
    assertThat(held).hasSize(2);
  }

  @Test
  void keysReachBothTools() {
    PicassoPage page = explained(TANK);
    Locator row = page.row(TANK);
    row.locator(".by-hand button[value=box]").focus();
    page.tab().keyboard().press("Enter");
    see(row.locator(".drawn")).isVisible();
    see(row.locator(".what-if li")).hasCount(2);
    see(row.locator(".by-hand button[value=box]")).hasAttribute("aria-pressed", "true");
    page.tab().keyboard().press("Escape"); // the picture has the focus
    see(row.locator(".what-if")).hasCount(0);
  }
}
