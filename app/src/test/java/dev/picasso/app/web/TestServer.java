package dev.picasso.app.web;

import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualizations;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server on a free port, with one model that works and one that does not. */
final class TestServer implements BeforeAllCallback, AfterAllCallback {
  static final long MAX_UPLOAD = 200_000;

  /** Small, so that tests reach them. */
  static final Limits LIMITS = new Limits(50, 20, 10, 20, 3, 3, 1 << 20, 10);

  private final ServerSettings.Bounds bounds;
  private final Limits limits;
  private Path folder = Path.of("");
  private PicassoServer server;

  TestServer() {
    this(ServerSettings.Bounds.defaults());
  }

  TestServer(ServerSettings.Bounds bounds) {
    this(bounds, LIMITS);
  }

  TestServer(ServerSettings.Bounds bounds, Limits limits) {
    this.bounds = bounds;
    this.limits = limits;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      folder = Files.createTempDirectory("picasso-test");
      start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start() throws IOException {
    Path sample = folder.resolve("green sample.png");
    Files.write(sample, Pictures.png(8, 8, Color.GREEN));
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model at all");
    List<ConfiguredModel> models =
        List.of(
            ColourModel.configured(
                "colours", ColourModel.write(folder.resolve("colours.onnx")), List.of(sample)),
            ColourModel.configured("broken", broken, List.of()));
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    TestVisualizations.announce(plugins.resolve("bad.jar"));
    PluginJar.write(
        plugins.resolve("good.jar"),
        folder.resolve("work"),
        "Good",
        "good-plugin",
        "<p class=\"mine\">{{ model.title }}, {{ result.image }}: {{ result.predictions[0].label"
            + " }}, n={{ run.settings.n }}</p>");
    PluginJar.write(
        plugins.resolve("faulty.jar"),
        folder.resolve("work"),
        "Faulty",
        "faulty-plugin",
        "<p>{% if %}</p>");
    ServerSettings settings =
        new ServerSettings(
                "127.0.0.1",
                0,
                MAX_UPLOAD,
                1_000_000,
                Duration.ofHours(1),
                Optional.empty(),
                bounds)
            .keeping(
                new ServerSettings.Keeping(
                    Optional.empty(), Duration.ofDays(90), bounds.sessionDisk()));
    ModelStore store =
        new ModelStore(Catalogue.standard(), folder.resolve("pulled"), Downloader.standard());
    server =
        PicassoServer.start(
            new ServerOptions(
                "Picasso", settings, models, store, Visualizations.withPlugins(plugins), limits));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return server.address();
  }

  int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  /** Somebody who was never here. */
  Client person() {
    return new Client(address());
  }

  /** Names of all that lies in the server's folder. */
  Set<String> storedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(server.folder())) {
      return files.map(f -> String.valueOf(f.getFileName())).collect(Collectors.toSet());
    }
  }

  byte[] modelFile() {
    try {
      return Files.readAllBytes(folder.resolve("colours.onnx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
