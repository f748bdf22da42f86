package dev.picasso.app.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A person who was never here opens the page, for each test anew. The browser and the server are
 * shared by all tests. What the page's console complains about fails the test, and so does a
 * request that leaves the machine.
 */
final class Visit implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final Namespace SHARED = Namespace.create(Visit.class);
  private static final ViewportSize SIZE = new ViewportSize(1440, 900);

  /** Long enough for a busy machine; nothing waits longer than it must. */
  private static final double PATIENCE = 30_000;

  private final List<String> complaints = new ArrayList<>();
  private Optional<BrowserContext> person = Optional.empty();
  private String address = "";

  @Override
  public void beforeAll(ExtensionContext context) {
    boolean found = Chromium.find().isPresent();
    if (!found) {
      System.err.println(Chromium.missing());
    }
    assumeTrue(found, Chromium::missing);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Store store = context.getRoot().getStore(SHARED);
    Path program = Chromium.find().orElseThrow();
    Chromium chromium =
        store.getOrComputeIfAbsent("browser", k -> Chromium.launch(program), Chromium.class);
    Served served = store.getOrComputeIfAbsent("server", k -> Served.start(), Served.class);
    address = served.server().address();
    complaints.clear();
    BrowserContext made =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(SIZE)
                    .setPermissions(List.of("clipboard-read", "clipboard-write", "camera")));
    made.setDefaultTimeout(PATIENCE);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    made.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text() + " " + message.location());
          }
        });
    made.onWebError(error -> complaints.add(error.error()));
    made.onRequest(
        request -> {
          boolean here = request.url().startsWith("data:") || request.url().startsWith("file:");
          if (!request.url().startsWith(address) && !here) {
            complaints.add("a request left the machine: " + request.url());
          }
        });
    person = Optional.of(made);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    leave();
    assertThat(complaints).as("what the console said").isEmpty();
  }

  /** Complaints that the test provokes, taken off the list; they may be on their way. */
  void expectComplaint(String part) {
    person.ifPresent(
        p -> p.waitForCondition(() -> complaints.stream().anyMatch(c -> c.contains(part))));
    assertThat(complaints).anyMatch(c -> c.contains(part));
    complaints.removeIf(c -> c.contains(part));
  }

  /**
   * Opens the page in a new tab and waits until it knows what is served.
   *
   * @param query what follows the address, as in "?model=mnist-keras"
   */
  PicassoPage open(String query) {
    PicassoPage page = new PicassoPage(tab(query));
    page.awaitModel();
    return page;
  }

  /** Opens what is there in a new tab, and waits for nothing. */
  Page tab(String query) {
    Page tab = person.orElseThrow().newPage();
    tab.navigate(address + "/" + query);
    return tab;
  }

  /** Closes all tabs, so that none still asks a server that a test closes. */
  void leave() {
    person.ifPresent(BrowserContext::close);
    person = Optional.empty();
  }

  /** Goes to another server than the shared one; the test leaves, then closes it. */
  void goTo(Served other) {
    goTo(other.server().address());
  }

  /** Goes to another server, by its address. */
  void goTo(String other) {
    address = other;
  }

  /** Opens any page in a new tab: of the server, or of the disk. */
  PicassoPage openAt(String url) {
    Page tab = person.orElseThrow().newPage();
    tab.navigate(url.startsWith("/") ? address + url : url);
    return new PicassoPage(tab);
  }

  PicassoPage openMnist() {
    return open("?model=" + Examples.MNIST);
  }

  String address() {
    return address;
  }
}
