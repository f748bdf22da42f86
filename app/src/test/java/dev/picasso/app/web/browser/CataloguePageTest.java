package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import dev.picasso.app.web.ColourModel;
import dev.picasso.app.web.Pictures;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.catalogue.Publisher;
import dev.picasso.catalogue.StandIn;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has no model gets one from a publisher, which here is a server of the test's. */
class CataloguePageTest {
  private static final byte[] LABELS = StandIn.labels("red", "green", "blue");

  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  private final Publisher publisher = Publisher.open();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Served served;

  @BeforeEach
  void serve() throws IOException {
    byte[] model = Files.readAllBytes(ColourModel.write(folder.resolve("colours.onnx")));
    ModelStore store =
        new ModelStore(
            new Catalogue(
                List.of(
                    entry("quick", model, Publisher::well),
                    entry("slow", model, this::slowly),
                    entry("gone", model, Publisher.status(404)))),
            folder.resolve("models"),
            Downloader.standard());
    served = Served.start(store);
    VISIT.goTo(served);
  }

  private CatalogueEntry entry(String name, byte[] model, Publisher.Manner manner) {
    return StandIn.entry(
        name,
        publisher.file(name + ".onnx", model, manner),
        publisher.file(name + ".txt", LABELS, Publisher::well),
        4);
  }

  /** Half of it, and the rest when the test says so. */
  private void slowly(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, content.length / 2);
    exchange.getResponseBody().flush();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange
        .getResponseBody()
        .write(content, content.length / 2, content.length - content.length / 2);
    exchange.close();
  }

  @AfterEach
  void close() {
    VISIT.leave();
    goOn.countDown();
    served.close();
    publisher.close();
  }

  private static Locator row(PicassoPage page, String name) {
    return page.at("#catalogue-models li[data-name='" + name + "']");
  }

  private static Locator button(PicassoPage page, String name, String words) {
    return row(page, name).locator("button", new Locator.LocatorOptions().setHasText(words));
  }

  @Test
  void aModelIsGotAndExplains() throws IOException {
    PicassoPage page = VISIT.open("");
    page.button("get a network that knows a thousand things").click();
    see(row(page, "quick")).containsText("A stand-in: quick");
    see(row(page, "quick")).containsText("4 × 4");
    see(row(page, "quick")).containsText("The test\u00a0· licence none\u00a0· from\u00a0127.0.0.1");
    assertThat(publisher.asked()).as("before anybody wants it").isEmpty();
    button(page, "quick", "Get").click();
    see(row(page, "quick")).containsText("On this machine");
    button(page, "quick", "Use it").click();
    see(page.at("#catalogue")).isHidden();
    see(page.at("#model")).hasValue("quick");
    page.awaitModel();
    see(page.at("#model-facts")).containsText("quick.onnx · ONNX");
    page.addFiles(Files.write(folder.resolve("red.png"), Pictures.png(8, 8, Color.RED)));
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("red.png").get(0)).startsWith("red ");
  }

  @Test
  void whatPublishersSayIsTextAndNothingElse() {
    PicassoPage page = VISIT.open("");
    page.at("#get-model").click();
    see(row(page, "quick")).containsText("it's <b>no</b> \"real\" one");
    see(row(page, "quick").locator("b")).hasCount(0);
  }

  @Test
  void aDownloadGoesOnBehindTheClosedListAndOverAReload() {
    PicassoPage page = VISIT.open("");
    page.at("#get-model").click();
    button(page, "slow", "Get").click();
    see(row(page, "slow").locator("progress")).isVisible();
    page.tab().keyboard().press("Escape");
    see(page.at("#get-model")).containsText("Getting A stand-in: slow: ");
    page.tab().reload();
    see(page.at("#get-model")).containsText("Getting A stand-in: slow: ");
    goOn.countDown();
    see(page.at("#get-model")).hasText("Get a model");
    see(page.at("#model option[value='slow']")).hasCount(1);
    see(page.at("#spoken")).hasText("A stand-in: slow is here");
  }

  @Test
  void aDownloadCanBeCancelledAndGoesOnLater() {
    PicassoPage page = VISIT.open("");
    page.at("#get-model").click();
    button(page, "slow", "Get").click();
    button(page, "slow", "Cancel").click();
    see(row(page, "slow")).containsText("Cancelled; what has come is kept.");
    see(button(page, "slow", "Go on")).isFocused();
    goOn.countDown();
    button(page, "slow", "Go on").click();
    see(row(page, "slow")).containsText("On this machine");
  }

  @Test
  void whatFailsSaysWhyInItsPlace() {
    PicassoPage page = VISIT.open("");
    page.at("#get-model").click();
    button(page, "gone", "Get").click();
    see(row(page, "gone").locator(".problem")).containsText("127.0.0.1: answers 404");
    button(page, "quick", "Get").click();
    see(row(page, "quick")).containsText("On this machine");
    see(row(page, "gone").locator(".problem")).isVisible();
  }

  @Test
  void whatIsHereAlreadyNeedsNoSecondDownload() {
    PicassoPage page = VISIT.open("");
    page.at("#get-model").click();
    button(page, "quick", "Get").click();
    see(button(page, "quick", "Use it")).isVisible();
    int asked = publisher.asked().size();
    Page other = page.tab().context().newPage();
    other.navigate(page.address());
    PicassoPage second = new PicassoPage(other);
    second.at("#get-model").click();
    button(second, "quick", "Use it").click();
    see(second.at("#model")).hasValue("quick");
    assertThat(publisher.asked()).hasSize(asked);
  }
}
