package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitUntilState;
import dev.picasso.app.web.ColourModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is faster than the page: a script, an answer or a picture is still on its way. */
class OnItsWayTest {
  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  private final List<Route> held = new ArrayList<>();

  /** Keeps back what is asked for, until the test lets it go on. */
  private void hold(PicassoPage page, String what) {
    page.tab().route(what, held::add);
  }

  private Route held(PicassoPage page, int count) {
    page.tab().waitForCondition(() -> held.size() >= count);
    return held.get(count - 1);
  }

  private static void goTo(PicassoPage page, String place) {
    page.tab()
        .navigate(
            VISIT.address() + place,
            new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
  }

  private static PicassoPage explained() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    page.pickMethod("saliency");
    page.explainAll();
    return page;
  }

  @Test
  void nothingOfThePageCanBePressedBeforeItsScriptHearsIt() {
    PicassoPage page = VISIT.openMnist();
    hold(page, "**/main.js");
    goTo(page, "/?model=" + Examples.MNIST);
    Route script = held(page, 1);
    see(page.at("main")).hasAttribute("inert", "");
    see(page.at("#help")).hasAttribute("inert", "");
    script.resume();
    page.at("#explain").click();
    see(page.at("#explain-problem")).containsText("Add an image first");
    see(page.at("[inert]")).hasCount(0);
  }

  @Test
  void noButtonOfARunCanBePressedBeforeItsScriptHearsIt() {
    PicassoPage page = explained();
    String run = page.run();
    hold(page, "**/history.js");
    goTo(page, "/runs/" + run);
    Route script = held(page, 1);
    see(page.at("[data-delete]")).hasAttribute("inert", "");
    script.resume();
    page.at("[data-delete]").click();
    see(page.at("main")).containsText("Deleted");
  }

  @Test
  void whatIsBeingPressedStaysThereWhileMapsAreDrawn() {
    PicassoPage page = explained();
    BoundingBox at = page.button("Figure").boundingBox();
    page.tab().mouse().move(at.x + at.width / 2, at.y + at.height / 2);
    page.tab().mouse().down();
    page.at("#rows").dispatchEvent("drawn");
    page.tab().mouse().up();
    see(page.at(".figure-dialog")).isVisible();
    page.at("#rows").dispatchEvent("drawn");
    page.tab().keyboard().press("Escape");
    see(page.button("Figure")).isFocused();
  }

  @Test
  void numbersThatComeLateAreNotToldWhereNobodyPoints() {
    PicassoPage page = explained();
    page.tab().navigate(VISIT.address() + "/runs/" + page.run());
    Locator map = page.at(".of-map .stack").first();
    String array = map.getAttribute("data-array");
    hold(page, "**" + array);
    map.hover();
    Route numbers = held(page, 1);
    page.at("h1").hover();
    see(page.at(".cross")).hasCount(0);
    page.tab().waitForResponse("**" + array, numbers::resume);
    page.tab().evaluate("array => fetch(array + '?').then(a => a.arrayBuffer())", array);
    assertThat(page.at(".of-map .reading").allTextContents()).containsOnly("");
    map.hover();
    see(page.at(".of-map .reading").first()).containsText(Pattern.compile("\\d.* here"));
  }

  @Test
  void ofTwoQuickChangesOfTheInputNoneIsLost() {
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(ColourModel.write(folder.resolve("quick.onnx")));
    see(page.at("#model")).hasValue("quick");
    page.awaitModel();
    page.button("What it is given").click();
    see(page.at("#input-color")).hasValue("rgb");
    page.tab()
        .route(
            "**/quick/input",
            route -> {
              if (route.request().method().equals("PATCH")) {
                held.add(route);
              } else {
                route.resume();
              }
            });
    page.at("#input-color").selectOption("bgr");
    Route first = held(page, 1);
    page.at("#input-invert").click();
    see(page.at("#input-busy")).hasText("Taking it over");
    assertThat(held).hasSize(1);
    first.resume();
    held(page, 2).resume();
    see(page.at("#input-invert")).isChecked();
    see(page.at("#input-color")).hasValue("bgr");
  }

  @Test
  void labelsThatAreBeingWrittenStayWhenAnImageComes() {
    PicassoPage page = VISIT.openMnist();
    page.button("What it is given").click();
    page.at(".panel summary").filter(new Locator.FilterOptions().setHasText("labels")).click();
    page.at("#input-labels").fill("zero\none");
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    see(page.at("#input-labels")).hasValue("zero\none");
  }

  @Test
  void undoDoesNotTakeTheFocusFromWhoWentOn() {
    PicassoPage page = explained();
    hold(page, "**/images/*");
    page.button("Remove 7-1.png").click();
    Route removal = held(page, 1);
    page.setting("top").focus();
    removal.resume();
    see(page.at("#tray-note")).containsText("7-1.png removed.");
    see(page.setting("top")).isFocused();
  }
}
