package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.picasso.app.web.PicassoServer;
import dev.picasso.app.web.ServerOptions;
import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.model.config.Sharing.Access;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for a token, in a real browser. */
class TokenTest {
  @RegisterExtension static final Visit VISIT = new Visit();
  @TempDir Path folder;

  private Optional<PicassoServer> server = Optional.empty();

  @BeforeEach
  void start() {
    ServerSettings settings =
        ServerSettings.defaults().withPort(Optional.of(0)).withAccess(Optional.of(Access.TOKEN));
    PicassoServer started =
        PicassoServer.start(
            new ServerOptions(
                "Picasso",
                settings,
                Examples.models(),
                ModelStore.standard(),
                Visualizations.builtIn(),
                Limits.defaults()));
    server = Optional.of(started);
    VISIT.goTo(new Served(started, folder));
  }

  @AfterEach
  void stop() {
    VISIT.leave();
    server.ifPresent(PicassoServer::close);
  }

  private String link() {
    return server.orElseThrow().links().get(0);
  }

  @Test
  void theAddressFromTheTerminalOpensThePageAndLosesItsToken() {
    PicassoPage page =
        VISIT.open(link().substring(link().indexOf('?')) + "&model=" + Examples.MNIST);
    page.tab().waitForURL(Pattern.compile(".*/\\?model=" + Examples.MNIST + ".*"));
    assertThat(page.tab().url()).doesNotContain("token");
    assertThat((String) page.tab().evaluate("document.cookie")).doesNotContain("token");
  }

  @Test
  void whoComesWithoutItIsAskedAndMayPasteTheWholeAddress() {
    Page tab = VISIT.tab("?model=" + Examples.MNIST);
    see(tab.getByLabel("Token")).isFocused();
    tab.getByLabel("Token").fill("something else");
    tab.keyboard().press("Enter");
    see(tab.getByRole(AriaRole.ALERT)).containsText("not the token of this server");
    tab.getByLabel("Token").fill(link());
    tab.keyboard().press("Enter");
    PicassoPage page = new PicassoPage(tab);
    page.awaitModel();
    tab.waitForURL(Pattern.compile(".*/\\?model=" + Examples.MNIST + ".*"));
    VISIT.expectComplaint("401");
  }

  /** The browser sends no strict cookie along with it, and the person still gets in. */
  @Test
  void aLinkOnAnotherSiteOpensThePageForWhoIsKnown() throws IOException {
    VISIT.open(link().substring(link().indexOf('?')));
    Path elsewhere = folder.resolve("mail.html");
    Files.writeString(
        elsewhere, "<a href=\"" + VISIT.address() + "/?model=" + Examples.MNIST + "\">look</a>");
    Page tab = VISIT.tab("login");
    tab.navigate(elsewhere.toUri().toString());
    tab.getByText("look").click();
    new PicassoPage(tab).awaitModel();
    tab.waitForURL(Pattern.compile(".*/\\?model=" + Examples.MNIST + ".*"));
    VISIT.expectComplaint("401");
  }
}
