package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page keeps, gives away and forgets. */
class StateOfThePageTest {
  private static final String IMAGE = "7-1.png";

  @RegisterExtension static final Visit VISIT = new Visit();

  private static PicassoPage explained() {
    PicassoPage page = VISIT.openMnist();
    page.addFiles(Examples.sample(Examples.MNIST, IMAGE));
    page.pickMethod("partial-occlusion");
    page.setting("window").fill("0.4");
    page.choose("fill", "white");
    page.setting("top").fill("2");
    page.explainAll();
    return page;
  }

  private static void requireExplained(PicassoPage page) {
    see(page.at("#method")).hasValue("partial-occlusion");
    see(page.setting("window")).hasValue("0.4");
    see(page.at("[name='fill'][value='white']")).isChecked();
    see(page.setting("top")).hasValue("2");
    see(page.at("#made > :first-child")).containsText("window 0.4");
    see(page.row(IMAGE).locator("figure.map")).hasCount(2);
    see(page.at("#explain-hint")).hasText("The results are of these choices.");
  }

  @Test
  void aReloadAndACopiedAddressShowTheSame() {
    PicassoPage page = explained();
    page.tab().reload();
    page.awaitModel();
    requireExplained(page);
    see(page.trayItems()).hasCount(1);
    String address = page.address();
    requireExplained(VISIT.open(address.substring(VISIT.address().length() + 1)));
  }

  /** 127.0.0.1 and localhost are two sites; a browser sends strict cookies within one only. */
  @Test
  void aLinkFromAnotherSiteFindsTheWorkAsItWas() throws IOException {
    PicassoPage page = explained();
    byte[] link =
        ("<a href='" + page.address() + "'>back to the maps</a>").getBytes(StandardCharsets.UTF_8);
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, link.length);
          exchange.getResponseBody().write(link);
          exchange.close();
        });
    other.start();
    try {
      page.tab().navigate("http://localhost:" + other.getAddress().getPort() + "/link");
      page.tab().getByText("back to the maps").click();
      page.awaitModel();
      requireExplained(page);
      see(page.trayItems()).hasCount(1);
      page.tab().reload();
      page.awaitModel();
      see(page.trayItems()).hasCount(1);
    } finally {
      other.stop(0);
    }
    VISIT.expectComplaint("http://localhost:");
  }

  @Test
  void backGoesToTheChoicesAndResultsBefore() {
    PicassoPage page = explained();
    page.pickMethod("saliency");
    page.explainAll();
    page.tab().goBack();
    requireExplained(page);
    page.tab().goForward();
    see(page.at("#method")).hasValue("saliency");
    see(page.at("#made > :first-child")).containsText("Saliency map");
  }

  @Test
  void startingOverAsksAndThenEmptiesThePage() {
    PicassoPage page = explained();
    page.button("Start over").click();
    page.button("Keep them").click();
    see(page.row(IMAGE)).isVisible();

    page.button("Start over").click();
    page.at("#ask-yes").click();
    page.tab().waitForURL(address -> !address.contains("run="));
    page.awaitModel();
    see(page.trayItems()).hasCount(0);
    see(page.at(".row")).hasCount(0);
    see(page.at("#run-head")).isHidden();
    page.tab().goBack();
    see(page.row(IMAGE)).isVisible(); // finished runs are kept
  }

  @Test
  void theNumbersAreSavedWithWhatMadeThem() throws IOException {
    PicassoPage page = explained();
    PicassoPage.Saved saved =
        page.save(page.at("#run-head a").filter(new Locator.FilterOptions().setHasText("JSON")));
    assertThat(saved.name()).isEqualTo("partial-occlusion.json");
    JsonNode json = new ObjectMapper().readTree(saved.content());
    assertThat(json.at("/model/id").asText()).isEqualTo(Examples.MNIST);
    assertThat(json.at("/settings/window").asText()).isEqualTo("0.4");
    assertThat(json.at("/settings/fill").asText()).isEqualTo("white");
    try (Engine engine = Engine.of(Examples.MNIST)) {
      var image = engine.image(Examples.sample(Examples.MNIST, IMAGE));
      assertThat(json.at("/images/0/predictions/0/index").asInt())
          .isEqualTo(engine.best(image, 1).get(0));
    }
  }

  @Test
  void allFilesAreSavedInOneArchive() throws IOException {
    PicassoPage page = explained();
    PicassoPage.Saved saved =
        page.save(page.at("#run-head a").filter(new Locator.FilterOptions().setHasText("zip")));
    assertThat(saved.name()).isEqualTo("picasso-partial-occlusion.zip");
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(saved.content()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName());
      }
    }
    assertThat(names)
        .contains(
            "results.json",
            "7-1-original.png",
            "7-1-partial-occlusion-7-1.png",
            "7-1-partial-occlusion-7-1.npy",
            "7-1-partial-occlusion-2-2.npy");
  }

  @Test
  void aSavedPictureIsTheOneOnThePage() {
    PicassoPage page = explained();
    PicassoPage.Saved saved = page.save(IMAGE, 1, "Save picture");
    assertThat(saved.name()).startsWith("7-1-partial-occlusion-").endsWith(".png");
    assertThat(saved.content())
        .isEqualTo(page.fetch(page.map(IMAGE, 1).locator("img").getAttribute("src")));
  }

  @Test
  void lightAndDarkAreRemembered() {
    PicassoPage page = VISIT.open("");
    assertThat(brightness(page)).isLessThan(40);
    page.button("Light").click();
    assertThat(brightness(page)).isGreaterThan(220);
    page.tab().reload();
    see(page.button("Dark")).isVisible();
    assertThat(brightness(page)).isGreaterThan(220);
    page.button("Dark").click();
    assertThat(brightness(page)).isLessThan(40);
  }

  /** The red of the page's ground, in its lower left corner. */
  private static int brightness(PicassoPage page) {
    var screen = PicassoPage.read(page.tab().screenshot());
    return screen.getRGB(2, screen.getHeight() - 2) >> 16 & 0xFF;
  }
}
