package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.OtherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are there when a person comes back, in lists, side by side, and as a file. */
class KeptRunsTest {
  @RegisterExtension final Visit visit = new Visit();

  private static final Pattern NUMBER = Pattern.compile("\\d.* here");

  /** Explains the tanks' first two samples; the id of the run. */
  private String explain(PicassoPage page, String method) {
    page.pickMethod(method);
    page.explainAll();
    return page.run();
  }

  private PicassoPage withTanks(String model) {
    PicassoPage page = visit.open("?model=" + model);
    page.addFiles(
        Examples.sample(Examples.BALANCED, "tank-sunny-1.png"),
        Examples.sample(Examples.BALANCED, "no-tank-sunny-1.png"));
    return page;
  }

  @Test
  void whatWasThereBeforeAKillInTheMiddleOfARunIsThereAfterIt(@TempDir Path folder)
      throws Exception {
    try (OtherProcess server = new OtherProcess(folder.resolve("data"), "127.0.0.1")) {
      server.start();
      visit.goTo(server.address());
      PicassoPage page = visit.open("");
      page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
      Path model = Files.copy(folder.resolve("colours.onnx"), folder.resolve("mine.onnx"));
      page.at("#model-file").setInputFiles(model);
      see(page.at("#model option")).hasCount(2);
      page.awaitModel();
      String finished = explain(page, "saliency");
      List<String> heads = page.heads("7-1.png");
      page.pickMethod("endless");
      page.explain();
      assertThat(page.run()).isNotEqualTo(finished);
      String address = page.address();
      page.tab().navigate("about:blank"); // the lid of the laptop is closed

      server.kill();
      server.start();

      PicassoPage back = visit.open("?run=" + finished);
      see(back.at("#model")).hasValue("mine");
      see(back.at("#method")).hasValue("saliency");
      back.awaitEnd();
      see(back.trayItems()).hasCount(1);
      see(back.at("#images img")).hasJSProperty("complete", true);
      assertThat(back.at("#model option").allInnerTexts()).hasSize(2);
      assertThat(back.heads("7-1.png")).isEqualTo(heads);
      see(back.at(".row .problem")).hasCount(0);
      PicassoPage cut = visit.openAt(address.substring(server.address().length()));
      see(cut.at("#explain-problem")).containsText("Explain makes it again");
      visit.expectComplaint("404");
      PicassoPage list = visit.openAt("/runs");
      see(list.at(".runs li")).hasCount(1);
      list.at(".runs .name a").click();
      see(list.at(".of-map")).not().hasCount(0);
      visit.leave(); // before the server ends
    }
  }

  @Test
  void whatTheDoctorsClickChangedIsThereAfterAKill(@TempDir Path folder) throws Exception {
    try (OtherProcess server = new OtherProcess(folder.resolve("data"), "127.0.0.1")) {
      server.start();
      visit.goTo(server.address());
      PicassoPage page = visit.open("");
      Path file = Examples.model(Examples.MNIST).request().path();
      String ending = file.toString().replaceFirst(".*(?=\\.)", "");
      Path digits = Files.copy(file, folder.resolve("digits" + ending));
      page.at("#model-file").setInputFiles(digits);
      see(page.at("#model")).hasValue("digits");
      page.awaitModel();
      for (int digit : List.of(7, 1, 4)) {
        page.addFiles(WhatItIsGivenTest.ink(folder, digit));
      }
      page.button("What it is given").click();
      page.button("Ask the doctor").click();
      page.button("Give it so").click();
      see(page.at("#input-words")).containsText("x = -s/255 + 1");
      page.tab().navigate("about:blank");

      server.kill();
      server.start();

      PicassoPage back = visit.open("?model=digits");
      back.awaitModel();
      back.button("What it is given").click();
      see(back.at("#input-words")).containsText("x = -s/255 + 1");
      see(back.at("#input-invert")).isChecked();
      visit.leave(); // before the server ends
    }
  }

  @Test
  void aReportIsOpenedFromTheDiskWithoutNetworkAndTellsTheSameNumbers(@TempDir Path folder)
      throws IOException {
    PicassoPage page = withTanks(Examples.BALANCED);
    String run = explain(page, "saliency");
    PicassoPage kept = visit.openAt("/runs/" + run);
    PicassoPage.Saved saved =
        kept.save(kept.at("a").filter(new Locator.FilterOptions().setHasText("Save report")));
    assertThat(saved.name()).isEqualTo("Saliency_map_of_Tanks_the_second_network.html");
    Path file = Files.write(folder.resolve(saved.name()), saved.content());
    List<String> online = pointAt(kept);
    page.tab().navigate("about:blank"); // it asks the server for plugins now and then
    kept.tab().navigate("about:blank");
    kept.tab().context().setOffline(true);
    PicassoPage report = visit.openAt(file.toUri().toString());
    assertThat(pointAt(report)).isEqualTo(online);
    see(report.at(".cross")).hasCount(3);
    see(report.at(".made")).containsText("SHA-256");
    report.at("#theme").click();
    see(report.at("html")).hasAttribute("data-theme", Pattern.compile("light|dark"));
    report.tab().context().setOffline(false);
  }

  /** What is read in all maps of the first image where one of them is pointed at. */
  private static List<String> pointAt(PicassoPage page) {
    Locator first = page.at(".image").first();
    Locator map = first.locator(".of-map .stack").first();
    BoundingBox box = map.boundingBox(); // pages are not equally wide where one has to scroll
    map.hover(new Locator.HoverOptions().setPosition(.375 * box.width, .425 * box.height));
    Locator readings = first.locator(".reading");
    for (int i = 0; i < readings.count(); i++) {
      see(readings.nth(i)).containsText(NUMBER);
    }
    return readings.allInnerTexts();
  }

  @Test
  void aMapIsReadWithTheKeyboard() {
    String run = explain(withTanks(Examples.BALANCED), "saliency");
    PicassoPage kept = visit.openAt("/runs/" + run);
    Locator map = kept.at(".of-map .stack").first();
    map.focus();
    map.press("ArrowRight");
    see(kept.at(".of-map .reading").first()).containsText(NUMBER);
    kept.tab().keyboard().press("Tab");
    see(kept.at(".of-map .reading").first()).hasText("");
  }

  private static Set<Long> heights(List<Locator> pictures) {
    return pictures.stream()
        .map(picture -> Math.round(picture.boundingBox().y))
        .collect(Collectors.toSet());
  }

  @Test
  void runsAreNamedComparedAndDeleted() {
    PicassoPage page = withTanks(Examples.OVERCAST);
    String first = explain(page, "saliency");
    page.pickModel(Examples.BALANCED);
    String second = explain(page, "saliency");
    PicassoPage list = visit.openAt("/runs");
    Locator one = list.at("li[data-run='" + first + "']");
    see(one.locator(".pictures img")).hasCount(2);
    one.locator("[data-rename]").click();
    list.at("#new-name").fill("Figure <2>");
    list.at("#new-name").press("Enter");
    see(one.locator(".name")).hasText("Figure <2>");
    see(list.at("#compare")).isDisabled();
    one.locator("input").check();
    list.at("li[data-run='" + second + "'] input").check();
    list.at("#compare").click();
    see(list.at(".pair:not(.heads)")).hasCount(2);
    Locator pictures = list.at(".pair:not(.heads)").first().locator(".picture");
    see(pictures).hasCount(6);
    list.tab().waitForLoadState(); // its script writes times and numbers
    assertThat(heights(pictures.all())).as("where the pictures of both sides begin").hasSize(1);
    list.at(".pair .head .label")
        .first()
        .evaluate(
            "e => Object.assign(e, { style: 'white-space: normal', textContent: 'long '.repeat(99)"
                + " })");
    assertThat(heights(pictures.all().subList(0, 3))).as("under heads of other heights").hasSize(1);
    see(list.at(".compared .differs")).not().hasCount(0);
    see(list.at(".compared tr.differs th").first()).containsText("model");
    assertThat(list.at("section[aria-label], nav[aria-label], aside[aria-label]").all())
        .as("landmarks are told apart by their names")
        .extracting(landmark -> landmark.getAttribute("aria-label"))
        .doesNotHaveDuplicates();
    list.at(".of-map .stack").first().hover();
    see(list.at(".pair:not(.heads)").first().locator(".cross")).hasCount(6);
    list.tab().navigate(visit.address() + "/runs/" + first);
    see(list.at(".title")).hasText("Figure <2>");
    list.at("[data-delete]").click();
    see(list.at("main")).containsText("Deleted “Figure <2>”.");
    see(list.button("Undo")).isFocused();
    list.tab().keyboard().press("Enter");
    see(list.at(".title")).hasText("Figure <2>");
    see(list.at("[data-delete]")).isFocused();
    list.at("[data-delete]").click();
    list.at("main.deleted a").click();
    see(list.at("li[data-run='" + second + "']")).hasCount(1);
    see(list.at("li[data-run='" + first + "']")).hasCount(0);
  }

  @Test
  void aDeletedRunOfTheListIsBroughtBackInItsPlace() {
    PicassoPage page = withTanks(Examples.OVERCAST);
    String first = explain(page, "saliency");
    explain(page, "saliency");
    PicassoPage list = visit.openAt("/runs");
    Locator one = list.at("li[data-run='" + first + "']");
    one.locator("input").check();
    one.locator("[data-delete]").focus();
    list.tab().keyboard().press("Enter");
    see(one).containsText("Deleted “Saliency map of");
    see(list.at("#said")).containsText("Undo brings it back");
    see(list.at("#chosen")).hasText("Choose two to set them side by side.");
    see(list.button("Undo")).isFocused();
    list.tab().keyboard().press("Enter");
    see(one.locator(".pictures img")).hasCount(2);
    see(one.locator("[data-delete]")).isFocused();
    see(list.at("#said")).containsText("is back");
    see(list.at("#chosen")).hasText("Choose one more.");
    one.locator("[data-delete]").click();
    see(one).containsText("Deleted");
    list.tab().reload();
    see(list.at("h2")).hasText("runs");
    see(one).hasCount(0);
  }

  @Test
  void aRunThatWasKilledIsShownAsFarAsItCameAndTheRestIsRun(@TempDir Path folder) throws Exception {
    try (OtherProcess server = new OtherProcess(folder.resolve("data"), "127.0.0.1")) {
      server.start("-Dpicasso.test.halts=true");
      visit.goTo(server.address());
      PicassoPage page = visit.open("");
      Path image = Examples.sample(Examples.MNIST, "7-1.png");
      page.addFiles(image, Files.copy(image, folder.resolve("halt.png")));
      page.pickMethod("halting");
      page.explain();
      see(page.at("#status-text")).containsText("1 of 2");
      String address = page.address();
      page.tab().navigate("about:blank");

      server.kill();
      server.start();

      PicassoPage list = visit.openAt("/runs");
      see(list.at(".what")).containsText("interrupted, 1 of 2 images there");
      PicassoPage back = visit.openAt(address.substring(server.address().length()));
      see(back.at("#run-remarks")).containsText("1 of 2 images finished");
      see(back.at(".row").last()).containsText("not made");
      back.at("#run-rest").click();
      see(back.at("#run-rest")).hasCount(0);
      back.awaitEnd();
      see(back.at(".row .waiting")).hasCount(0);
      see(back.at(".row")).hasCount(2);
      visit.leave(); // before the server ends
    }
  }

  @Test
  void aColleagueSeesTheRunOfAModelThatHeHasNotAndRepeatsIt(@TempDir Path folder) {
    PicassoPage page = visit.open("");
    Path model = ColourModel.write(folder.resolve("ours.onnx"));
    page.at("#model-file").setInputFiles(model);
    see(page.at("#model")).hasValue("ours");
    page.awaitModel();
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    String run = explain(page, "saliency");
    List<String> heads = page.heads("7-1.png");
    page.tab().context().clearCookies();

    PicassoPage kept = visit.openAt("/runs/" + run);
    kept.at("a").filter(new Locator.FilterOptions().setHasText("Open on the page")).click();
    kept.awaitEnd();
    assertThat(kept.heads("7-1.png")).isEqualTo(heads);
    see(kept.at("#made strong")).hasCount(0); // as of the run, not dimmed
    see(kept.at("#story")).isHidden();
    see(kept.at("#model-gone")).containsText("Its model, ours.onnx, is not among yours.");
    kept.at("#model-gone a").click();
    kept.tab().waitForURL("**/runs/" + run);
    kept.at("[data-repeat]").click();
    kept.tab().waitForURL(Pattern.compile(".*[?&]run=(?!" + run + ").*"));
    kept.awaitEnd();
    see(kept.at("#model")).hasValue("ours");
    see(kept.at("#model-gone")).hasCount(0);
    see(kept.at("#made strong")).hasCount(0);
    assertThat(kept.heads("7-1.png")).isEqualTo(heads);
  }

  @Test
  void aRepeatedRunBringsItsClassAndTheRowsKeepTheirOrder() {
    PicassoPage page = withTanks(Examples.BALANCED + "&classes=1&method=saliency");
    page.explainAll();
    String run = page.run();
    PicassoPage kept = visit.openAt("/runs/" + run);
    kept.at("[data-repeat]").click();
    kept.tab().waitForURL(Pattern.compile(".*[?&]classes=1.*[?&]run=(?!" + run + ").*"));
    kept.awaitEnd();
    see(kept.at("#made")).containsText("Saliency map of");
    see(kept.at("#made strong")).hasCount(0);
    see(kept.at("#explain-hint")).hasText("The results are of these choices.");
    kept.at("#order").selectOption("name");
    kept.tab().waitForURL(Pattern.compile(".*[?&]rows=name.*"));
    kept.tab().reload();
    kept.awaitEnd();
    see(kept.at("#order")).hasValue("name");
    see(kept.at(".row").first()).hasAttribute("aria-label", "no-tank-sunny-1.png");
  }

  @Test
  void theImagesOfARunBecomeTheListAndTheFormerListComesBack() {
    PicassoPage page = withTanks(Examples.BALANCED);
    String run = explain(page, "saliency");
    page.at("#remove-all").click();
    see(page.trayItems()).hasCount(0);
    page.addFiles(Examples.sample(Examples.MNIST, "7-1.png"));
    PicassoPage back = visit.openAt("/?run=" + run);
    back.awaitEnd();
    see(back.at("#explain-hint")).hasText("Explains 1 image.");
    see(back.at("#tray-run")).containsText("The results are of 2 images that are not those here.");
    back.button("Use its images").click();
    see(back.trayItems()).hasCount(2);
    see(back.at("#explain-hint")).hasText("The results are of these choices.");
    back.at("#tray-run button").click();
    see(back.trayItems()).hasCount(1);
    see(back.at("#tray-run")).containsText("that are not those here");
  }

  @Test
  void aRunIsRepeatedOnThePage() {
    PicassoPage page = withTanks(Examples.BALANCED);
    String run = explain(page, "saliency");
    List<String> heads = page.heads("tank-sunny-1.png");
    PicassoPage kept = visit.openAt("/runs/" + run);
    kept.at("[data-repeat]").click();
    kept.tab().waitForURL(Pattern.compile(".*[?&]run=(?!" + run + ").*"));
    kept.awaitEnd();
    assertThat(kept.heads("tank-sunny-1.png")).isEqualTo(heads);
  }
}
