package dev.picasso.app.web.browser;

import dev.picasso.app.web.PicassoServer;
import dev.picasso.app.web.ServerOptions;
import dev.picasso.app.web.TestVisualizations;
import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The bundled examples, served on a free port; with some visualizations for tests, of which one
 * never ends by itself.
 */
record Served(PicassoServer server, Path plugins) implements AutoCloseable {
  /** Small, so that tests reach it. */
  private static final long MAX_UPLOAD = 2 << 20;

  static Served start() {
    try {
      Path models = Files.createTempDirectory("picasso-models");
      return start(new ModelStore(Catalogue.standard(), models, Downloader.standard()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With other models to be had. */
  static Served start(ModelStore store) {
    try {
      Path plugins = Files.createTempDirectory("picasso-plugins");
      TestVisualizations.announce(plugins.resolve("test.jar"));
      ServerSettings usual = ServerSettings.defaults();
      ServerSettings settings =
          new ServerSettings(
              usual.host(),
              0,
              MAX_UPLOAD,
              usual.maxPixels(),
              usual.sessionTimeout(),
              usual.pull(),
              usual.bounds());
      return new Served(
          PicassoServer.start(
              new ServerOptions(
                  "Picasso",
                  settings,
                  Examples.models(),
                  store,
                  Visualizations.withPlugins(plugins),
                  Limits.defaults())),
          plugins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(plugins)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
