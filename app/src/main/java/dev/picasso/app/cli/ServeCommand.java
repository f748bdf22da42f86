package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.app.web.PicassoServer;
import dev.picasso.app.web.ServerOptions;
import dev.picasso.app.web.Token;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.Sharing;
import dev.picasso.runtime.Device;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso serve}: the web page. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves the web page.",
      "Without --config it shows the bundled examples and the pulled models. Ctrl-C ends it."
    },
    footer = {
      "",
      "Your models:  picasso serve --config models/picasso.yaml",
      "For others:   picasso serve --host 0.0.0.0"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  /** A variable of the environment; an option would be seen by all users of the machine. */
  private static final String TOKEN = "PICASSO_TOKEN";

  /** Milliseconds in which the page that is asked for first has all processors. */
  private static final int FIRST_PAGE = 300;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A picasso.yaml, the folder that holds one, or the name of a pulled model: which models,"
              + " which server.")
  private Optional<Path> configuration = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen; 5000 where nothing is said, 0 for any free one.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on; 127.0.0.1 where nothing is said, so that only this machine"
              + " gets in. With 0.0.0.0 others reach it, and need a token.")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Where runs, images and opened models are kept. Default: what a picasso.yaml or"
              + " PICASSO_DATA names, else a folder of yours (docs/runs.md).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--access",
      paramLabel = "WHO",
      description = {
        "Who gets in: 'token', who has the token that is printed (or chosen with the environment's "
            + TOKEN
            + "); 'anybody', who reaches the server.",
        "Where nothing is said, anybody on this machine where only it is listened to, else who has"
            + " the token."
      })
  private Optional<Sharing.Access> access = Optional.empty();

  @Option(names = "--no-browser", description = "Do not open a browser.")
  private boolean noBrowser;

  @Option(
      names = "--log",
      paramLabel = "WHAT",
      description = {
        "What is said on the error output: 'warnings' (as usual), 'work' (also each run, and how"
            + " long it took), 'requests' (also each request), 'debug' (everything).",
        "No line holds a token, an image or what is in one."
      })
  private LogLevel log = LogLevel.WARNINGS;

  @Option(names = "--device", paramLabel = "DEVICE", description = DeviceOption.HELP)
  private Optional<String> device = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    log.use();
    requirePort();
    Optional<Device> chosen = DeviceOption.parse(device);
    Offer offer = Offer.of(configuration, ModelStore.standard());
    offer.problems().forEach(err::println);
    ServerOptions options =
        offer
            .keepingIn(data)
            .options(host, port, chosen, access)
            .with(Optional.ofNullable(System.getenv(TOKEN)).map(t -> Token.of(TOKEN, t)));
    options.device().require();
    PicassoServer server = PicassoServer.start(options);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  ended.countDown();
                },
                "picasso-shutdown"));
    if (!server.keeps()) {
      err.println(
          "note: another Picasso keeps its runs in "
              + options.settings().keeping().data().orElse(Path.of("")).toAbsolutePath()
              + "; this one keeps them until it ends. --data names another folder.");
    }
    announce(server, out, err);
    if (!noBrowser && !server.isGuarded()) { // others see which addresses programs are started with
      open(server.address());
    }
    if (!ended.await(FIRST_PAGE, TimeUnit.MILLISECONDS)) {
      server.warmUp();
      ended.await();
    }
    return 0;
  }

  private static void announce(PicassoServer server, PrintWriter out, PrintWriter err) {
    List<String> links = server.links();
    out.println("Picasso answers at " + links.get(0) + " (Ctrl-C ends it)");
    links.stream().skip(1).forEach(link -> out.println("  from other machines: " + link));
    out.flush();
    if (server.isOpenToAll()) {
      err.println("Anybody who reaches this machine may use it: no token is asked for.");
      err.flush();
    }
  }

  private void requirePort() {
    port.filter(p -> p < 0 || p > LAST_PORT)
        .ifPresent(
            p -> {
              throw new PicassoException(
                  "--port is "
                      + p
                      + "; it must be a whole number between 0 and "
                      + LAST_PORT
                      + ".");
            });
  }

  /** Shows the page where there is a desktop; a person without one has the address. */
  private static void open(String address) {
    if (GraphicsEnvironment.isHeadless() || !Desktop.isDesktopSupported()) {
      return;
    }
    try {
      Desktop.getDesktop().browse(URI.create(address));
    } catch (IOException | UnsupportedOperationException e) {
      // The address stands on the terminal.
    }
  }
}
