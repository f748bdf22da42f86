package dev.picasso.app.web.browser;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** The page as a person meets it: what there is to press, and what stands where. */
record PicassoPage(Page tab) {
  /** A condition that becomes true, or the test fails. */
  static LocatorAssertions see(Locator place) {
    return PlaywrightAssertions.assertThat(place);
  }

  Locator at(String selector) {
    return tab.locator(selector);
  }

  Locator button(String name) {
    return tab.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Until the chosen model is loaded, or refused. */
  void awaitModel() {
    String told = ":is(:has(.problem), :has-text('class'), :has-text('output'))";
    see(at("#model-facts" + told)).hasCount(1);
  }

  void pickModel(String id) {
    at("#model").selectOption(id);
    awaitModel();
  }

  void pickMethod(String id) {
    at("#method").selectOption(id);
  }

  void addSamples() {
    at("#samples").click();
    see(at("#samples")).isHidden();
  }

  /** Picks files, and waits until each of them is in the tray, taken or refused. */
  void addFiles(Path... files) {
    int before = trayItems().count();
    at("#image-files").setInputFiles(files);
    see(trayItems()).hasCount(before + files.length);
  }

  Locator trayItems() {
    return at("#images li");
  }

  /** Drops files from the disk onto the middle of the page, as a file manager does. */
  void drop(Path... files) {
    CDPSession browser = tab.context().newCDPSession(tab);
    for (String event : List.of("dragEnter", "dragOver", "drop")) {
      Map<String, Object> data =
          Map.of(
              "items", List.of(),
              "files", List.of(files).stream().map(Path::toString).toList(),
              "dragOperationsMask", 1);
      Map<String, Object> words = Map.of("type", event, "x", 720, "y", 450, "data", data);
      Gson gson = new Gson();
      browser.send("Input.dispatchDragEvent", gson.fromJson(gson.toJson(words), JsonObject.class));
      if (event.equals("dragOver")) {
        see(at("#drop")).isVisible();
      }
    }
    see(at("#drop")).isHidden();
    browser.detach();
  }

  /** The control of a setting's form. */
  Locator setting(String name) {
    return at("[data-setting='" + name + "'] [name='" + name + "']");
  }

  /** Presses a choice of a setting. */
  void choose(String name, String choice) {
    at("[data-setting='" + name + "'] label")
        .filter(new Locator.FilterOptions().setHasText(choice))
        .first()
        .click();
  }

  /** The id of the run whose results are shown; empty where there are none. */
  String run() {
    return String.valueOf(tab.evaluate("new URLSearchParams(location.search).get('run') ?? ''"));
  }

  /** The address as the page has it now; the tab hears of it a little later. */
  String address() {
    return String.valueOf(tab.evaluate("location.href"));
  }

  /** Presses Explain and waits until a run has begun. */
  void explain() {
    String before = run();
    at("#explain").click();
    tab.waitForCondition(() -> !run().equals(before));
  }

  /** Presses Explain and waits for all results. */
  void explainAll() {
    explain();
    awaitEnd();
  }

  /** Until the run has ended and all that it made is shown. */
  void awaitEnd() {
    see(at("#run-head .links")).isVisible();
    see(at(".row[aria-busy]")).hasCount(0);
  }

  /** The results of an image. */
  Locator row(String image) {
    return at(".row[aria-label='" + image + "']");
  }

  /** The texts that head the columns of a row, as in "7 0.998". */
  List<String> heads(String image) {
    return row(image).locator(".class-head").allInnerTexts().stream()
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .toList();
  }

  /** The map of a column, from 0. */
  Locator map(String image, int column) {
    return row(image).locator("figure.map").nth(column);
  }

  /** What the server sends for an address of the page. */
  byte[] fetch(String url) {
    APIResponse answer = tab.context().request().get(URI.create(tab.url()).resolve(url).toString());
    if (!answer.ok()) {
      throw new IllegalStateException(url + ": " + answer.status());
    }
    return answer.body();
  }

  /** The picture that an img element shows, as it was sent. */
  BufferedImage picture(Locator image) {
    return read(fetch(image.getAttribute("src")));
  }

  /**
   * An element as it stands on the screen, once its picture is there, and crisp where it is small.
   */
  BufferedImage onScreen(Locator element) {
    element.scrollIntoViewIfNeeded();
    tab.waitForCondition(
        () ->
            (Boolean)
                element.evaluate(
                    "e => !(e instanceof HTMLImageElement) || (e.complete && e.naturalWidth > 0 &&"
                        + " (Math.max(e.naturalWidth, e.naturalHeight) > 96 ||"
                        + " e.matches('.crisp')))"));
    return read(element.screenshot());
  }

  /** Follows an entry of a map's menu that saves a file. */
  Saved save(String image, int column, String entry) {
    map(image, column).locator("[data-menu]").click();
    return save(at("#menu a").filter(new Locator.FilterOptions().setHasText(entry)));
  }

  /** Follows a link that saves a file. */
  Saved save(Locator link) {
    Download download = tab.waitForDownload(link::click);
    try {
      return new Saved(download.suggestedFilename(), Files.readAllBytes(download.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that the browser saved. */
  record Saved(String name, byte[] content) {}

  static BufferedImage read(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
