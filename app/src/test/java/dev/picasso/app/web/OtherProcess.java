package dev.picasso.app.web;

import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.model.config.Sharing;
import dev.picasso.visualization.Visualizations;
import java.awt.Color;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, which can be killed, and started again at the same address. */
public final class OtherProcess implements AutoCloseable {
  /** A property: whether it serves a model of two inputs, "pair", of which b holds red. */
  static final String PAIR = "picasso.test.pair";

  private final Path data;
  private final String host;
  private final int port;
  private Optional<Process> process = Optional.empty();

  /**
   * A server that is not started yet.
   *
   * @param data where it keeps what it keeps
   */
  public OtherProcess(Path data, String host) {
    this.data = data;
    this.host = host;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param options of Java
   */
  public void start(String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-Djava.awt.headless=true"));
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(OtherProcess.class.getName(), data.toString(), host));
    words.add(String.valueOf(port));
    try {
      Process started =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process = Optional.of(started);
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the server ended at once");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  void end() throws InterruptedException {
    process.orElseThrow().destroy();
    process.orElseThrow().waitFor();
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }

  public static void main(String[] words) throws Exception {
    Path data = Path.of(words[0]);
    Files.createDirectories(data);
    Path plugins = Files.createDirectories(data.resolveSibling("plugins"));
    TestVisualizations.announce(plugins.resolve("test.jar"));
    ServerSettings usual = ServerSettings.defaults();
    ServerSettings settings =
        usual
            .withHost(Optional.of(words[1]))
            .withPort(Optional.of(Integer.parseInt(words[2])))
            .withAccess(Optional.of(Sharing.Access.ANYBODY))
            .keeping(usual.keeping().in(Optional.of(data)));
    ModelStore store =
        new ModelStore(Catalogue.standard(), data.resolveSibling("pulled"), Downloader.standard());
    Path model = ColourModel.write(data.resolveSibling("colours.onnx"));
    List<ConfiguredModel> models = new ArrayList<>();
    models.add(ColourModel.configured("colours", model, List.of()));
    if (Boolean.getBoolean(PAIR)) {
      models.add(pair(data));
    }
    PicassoServer server =
        PicassoServer.start(
            new ServerOptions(
                "Picasso",
                settings,
                models,
                store,
                Visualizations.withPlugins(plugins),
                Limits.defaults()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println(server.address());
    new CountDownLatch(1).await();
  }

  private static ConfiguredModel pair(Path data) throws IOException {
    Path file = HeldTest.product(data.resolveSibling("pair.onnx"), 2);
    Path red = data.resolveSibling("red.png");
    Files.write(red, Pictures.png(8, 8, Color.RED));
    return ConfiguredModel.of(file).holding(Map.of("b", red));
  }
}
