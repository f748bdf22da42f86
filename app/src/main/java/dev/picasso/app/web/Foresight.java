package dev.picasso.app.web;

import dev.picasso.app.archive.Archive;
import io.javalin.Javalin;
import java.util.Map;
import org.eclipse.jetty.server.LocalConnector;

/**
 * Loads the classes of a server while the command line is still read. They are the most of its
 * start, and a second processor would have nothing to do.
 */
final class Foresight {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private Foresight() {}

  static void begin() {
    Thread loading = new Thread(Foresight::load, "picasso-foresight");
    loading.setDaemon(true);
    loading.setUncaughtExceptionHandler(
        (thread, failure) -> {}); // it fails again where one is told
    loading.start();
  }

  private static void load() {
    Archive.foresee();
    answer(new Templates());
  }

  /** Has a server that nobody reaches answer a request. */
  private static void answer(Templates templates) {
    LocalConnector[] within = new LocalConnector[1];
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.jetty.addConnector((jetty, http) -> within[0] = new LocalConnector(jetty));
              config.routes.get(
                  "/",
                  context -> context.html(templates.page(Map.of("version", "", "appTitle", ""))));
            });
    server.start();
    try {
      within[0].getResponse(REQUEST);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      server.stop();
    }
  }
}
