package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.web.metrics.Gauge;
import dev.picasso.app.web.metrics.Metrics;
import dev.picasso.app.web.metrics.ProcessGauges;
import dev.picasso.app.web.state.ImageStore;
import dev.picasso.app.web.state.Library;
import dev.picasso.app.web.state.ModelLoading;
import dev.picasso.app.web.state.Pulls;
import dev.picasso.app.web.state.Runner;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Sessions;
import dev.picasso.app.web.state.Supposing;
import dev.picasso.app.web.state.Thrift;
import dev.picasso.app.web.state.TimeLimit;
import dev.picasso.app.web.state.Warming;
import dev.picasso.app.web.state.WorkFolder;
import dev.picasso.app.web.wire.Wire;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.image.decode.ImageLimits;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: the page, the REST interface, and the one of the original. */
public final class PicassoServer implements AutoCloseable {
  /** The largest request that is no upload. */
  private static final long LARGEST_BODY = 1 << 20;

  /** Large networks compile for some seconds at the first question about an image. */
  private static final Duration LONGEST_WHAT_IF = Duration.ofMinutes(1);

  private static final String SALIENCY = "saliency";

  private static final Logger LOG = LoggerFactory.getLogger(PicassoServer.class);

  private final ServerSettings settings;
  private final Optional<Token> token;
  private final Duration left;
  private final Metrics metrics = new Metrics();
  private final WorkFolder folder;
  private final Archive archive;
  private final RunShelf shelf;
  private final Sessions sessions;
  private final ModelLoading ownLoading;
  private final ModelLoading loading;
  private final Library library;
  private final Thrift thrift;
  private final Warming warming;
  private final Runner runner;
  private final Pulls pulls;
  private final ScheduledExecutorService sweeper;
  private final Javalin javalin;

  private PicassoServer(ServerOptions options) {
    settings = options.settings();
    left = options.limits().left();
    token =
        asksForToken(settings)
            ? Optional.of(options.token().orElseGet(Token::random))
            : Optional.empty();
    folder =
        settings
            .keeping()
            .data()
            .flatMap(WorkFolder::staying)
            .orElseGet(() -> WorkFolder.in(Path.of(System.getProperty("java.io.tmpdir"))));
    MethodPages pages = new MethodPages(options.visualizations());
    archive = Archive.open(folder.path());
    shelf = new RunShelf(archive, pages, settings.keeping(), Clock.systemUTC());
    sessions =
        new Sessions(
            folder.sessions(),
            settings.sessionTimeout(),
            options.limits(),
            settings.bounds(),
            Clock.systemUTC(),
            shelf,
            folder.stays());
    TimeLimit longest = new TimeLimit(settings.bounds().runTimeout());
    ImageDecoder decoder =
        new ImageDecoder(
            new ImageLimits(settings.maxUpload(), settings.maxPixels()),
            ImageDecoder.standard().background());
    loading =
        new ModelLoading(options.device(), options.visualizations()::adapters, longest, decoder);
    ownLoading = // which no upload delays
        new ModelLoading(
            options.device(), options.visualizations()::adapters, TimeLimit.NONE, decoder);
    library = new Library(options.models(), ownLoading);
    thrift = new Thrift();
    ImageStore images = new ImageStore(decoder, thrift);
    warming = Warming.of(askedFirst(options.visualizations()));
    runner =
        new Runner(
            images,
            thrift,
            warming,
            options.limits().waiting(),
            settings.bounds().runTimeout(),
            new CountedWork(metrics));
    pulls = new Pulls(options.store(), library, mayPull(settings));
    Services services =
        new Services(
            options.title(),
            library,
            loading,
            options.visualizations(),
            pages,
            new People(sessions),
            images,
            new RunHistory(
                archive, options.visualizations(), pages, Addresses.isLoopback(settings.host())),
            runner,
            warming,
            pulls,
            options.limits(),
            settings.maxUpload(),
            longest);
    sessions.restore(
        library.all().stream().map(ServedModel::configured).toList(),
        model -> new ServedModel(model, loading));
    shelf.keepInterrupted();
    shelf.clean();
    metrics.add(gauges());
    metrics.add(ProcessGauges.all());
    Supposing supposing = new Supposing(services.images(), longest.atMost(LONGEST_WHAT_IF));
    javalin = Javalin.create(config -> configure(config, services, options, supposing));
    sweeper =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "picasso-sweeper");
              made.setDaemon(true);
              return made;
            });
  }

  /** Tells that one will be started, so that a second processor can begin to load what it takes. */
  public static void foresee() {
    Foresight.begin();
  }

  /**
   * Starts a server. It answers when this returns; models are loaded when they are asked for.
   *
   * @throws PicassoException if the port is in use or the host is none of this machine's
   */
  public static PicassoServer start(ServerOptions options) {
    PicassoServer server = new PicassoServer(options);
    try {
      server.listen();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** As the settings say; else only where nobody from another machine gets in. */
  private static boolean mayPull(ServerSettings settings) {
    return settings.pull().orElseGet(() -> Addresses.isLoopback(settings.host()));
  }

  /** As the settings say; else where others than this machine get in. */
  private static boolean asksForToken(ServerSettings settings) {
    return switch (settings.sharing().access()) {
      case TOKEN -> true;
      case ANYBODY -> false;
      case AUTO -> !Addresses.isLoopback(settings.host());
    };
  }

  /** What the page offers first, and what its stories begin with. */
  private static List<Visualization<?>> askedFirst(Visualizations all) {
    return Stream.concat(
            all.all().stream().limit(1), all.all().stream().filter(v -> v.id().equals(SALIENCY)))
        .distinct()
        .toList();
  }

  private void listen() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new PicassoException(
          Addresses.problem(settings.host())
              .orElseGet(
                  () ->
                      "Port %d of %s cannot be used; another program has it, or it takes more rights. Choose another: picasso serve --port %d."
                          .formatted(settings.port(), settings.host(), settings.port() + 1)),
          e);
    }
    long pause = Math.max(1, Math.min(60, settings.sessionTimeout().toSeconds() / 2));
    long look = Math.max(1, Math.min(30, left.toSeconds() / 2));
    var unused = sweeper.scheduleWithFixedDelay(this::sweep, pause, pause, TimeUnit.SECONDS);
    var unusedToo =
        sweeper.scheduleWithFixedDelay(sessions::stopUnattended, look, look, TimeUnit.SECONDS);
  }

  /** What goes wrong once does not end it. */
  private void sweep() {
    try {
      sessions.endUnused();
      shelf.clean();
    } catch (RuntimeException e) {
      LOG.warn("what is old was not deleted", e);
    }
  }

  private void configure(
      JavalinConfig config, Services services, ServerOptions options, Supposing supposing) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = LARGEST_BODY;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.router.javaLangErrorHandler(ErrorAnswers::answerError);
    Wire.setUp(
        config.jetty,
        settings.host(),
        settings.port(),
        options.wire(),
        WaitingRequests::isWaiting,
        new WireErrors(metrics));
    Guard guard = new Guard(settings);
    config.routes.before(guard::check);
    Templates templates = new Templates();
    new Door(token, services.title(), templates).addTo(config.routes);
    config.routes.after(services.people()::leave);
    ErrorAnswers.addTo(config.routes);
    new Watch(metrics, folder.path()).addTo(config);
    new PageRoutes(services, templates).addTo(config.routes);
    new RunPages(services, templates).addTo(config.routes);
    new ModelPages(services, templates).addTo(config.routes);
    services.pages().addTo(config.routes, services.title(), templates);
    new CheckPages().addTo(config.routes, services.title(), templates);
    Route.addAll(config.routes, Version1.routes(services, templates, supposing));
    new OriginalRoutes(services).addTo(config.routes);
  }

  private List<Gauge> gauges() {
    return List.of(
        Gauge.of("picasso_runs_waiting", "Runs that wait for their turn.", runner::waiting),
        Gauge.of("picasso_runs_working", "Runs that are worked on.", runner::atWork),
        Gauge.of("picasso_runs_stuck", "Runs that do not end.", runner::stuck),
        Gauge.of("picasso_sessions", "People with something stored.", sessions::count),
        Gauge.of("picasso_disk_used_bytes", "What everybody's files take.", sessions::bytes),
        Gauge.of("picasso_disk_limit_bytes", "What they may take.", () -> settings.bounds().disk()),
        Gauge.total(
            "picasso_model_loads_total",
            "Models that were loaded, or found not to be.",
            () -> loading.loads() + ownLoading.loads()),
        Gauge.total(
            "picasso_model_load_seconds_total",
            "Time that this took.",
            () -> loading.seconds() + ownLoading.seconds()));
  }

  /** Begins to load and warm the first model, for whoever comes next. */
  public void warmUp() {
    library.all().stream().findFirst().ifPresent(warming::shown);
  }

  /** Where the page is, as in "http://127.0.0.1:5000". */
  public String address() {
    String host = settings.host();
    boolean every = host.equals("0.0.0.0") || host.equals("::") || host.isEmpty();
    String shown = every ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + javalin.port();
  }

  /**
   * Addresses to open, of this machine's and as others reach it; with the token where one is asked
   * for.
   */
  public List<String> links() {
    String end = token.map(t -> "/?token=" + t.value()).orElse("");
    List<String> hosts = Addresses.ofOthers(settings.host());
    return Stream.concat(
            Stream.of(address()), hosts.stream().map(h -> "http://" + h + ":" + javalin.port()))
        .map(address -> address + end)
        .toList();
  }

  /** Whether a token is asked for. */
  public boolean isGuarded() {
    return token.isPresent();
  }

  /** Whether other machines reach it, and anybody on them gets in. */
  public boolean isOpenToAll() {
    return token.isEmpty() && !Addresses.isLoopback(settings.host());
  }

  /** Where people's images, models and results lie. */
  Path folder() {
    return folder.path();
  }

  /** Whether they lie there after the server has ended; else another server has the folder. */
  public boolean keeps() {
    return folder.stays();
  }

  /** Stops to answer, and cancels what runs; where nothing is to stay, all images are deleted. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    sessions.close();
    javalin.stop();
    warming.close();
    runner.close();
    pulls.close();
    library.close();
    loading.close();
    ownLoading.close();
    thrift.close();
    archive.close();
    folder.close();
  }
}
