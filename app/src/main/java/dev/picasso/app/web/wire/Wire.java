package dev.picasso.app.web.wire;

import io.javalin.config.JettyConfig;
import java.util.EnumSet;
import java.util.function.Predicate;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sets Jetty up so that strangers' requests harm nobody. */
public final class Wire {
  private static final int LEAST_THREADS = 8;
  private static final int IDLE_THREAD = 60_000;

  /**
   * What addresses may have beside plain RFC 3986: names with a percent sign or a slash in them,
   * and folders without a name. Parts of a route are compared, never made into paths.
   */
  private static final UriCompliance ADDRESSES =
      UriCompliance.from(
          EnumSet.of(Violation.AMBIGUOUS_PATH_ENCODING, Violation.AMBIGUOUS_EMPTY_SEGMENT));

  private Wire() {}

  /**
   * Sets up.
   *
   * @param host to listen on
   * @param port 0 for any free one
   * @param isWaiting tells requests whose answer takes a while
   * @param errors words what is refused
   */
  public static void setUp(
      JettyConfig jetty,
      String host,
      int port,
      WireLimits limits,
      Predicate<Request> isWaiting,
      ErrorHandler errors) {
    QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), LEAST_THREADS, IDLE_THREAD);
    threads.setName("picasso-web");
    threads.setDaemon(true);
    jetty.threadPool = threads;
    jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(ADDRESSES);
          http.addCustomizer(new SafeHeaders());
        });
    jetty.modifyServer(
        server -> {
          server.setErrorHandler(errors);
          server.setStopTimeout(0);
          server.insertHandler(new Lanes(limits, isWaiting));
          server.insertHandler(new Paces(limits.pace()));
          server.insertHandler(new Upgrades());
        });
    jetty.addConnector((server, http) -> connector(server, http, host, port, limits));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, String host, int port, WireLimits limits) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.pace().idle().toMillis());
    connector.addBean(new Connections(limits));
    connector.addBean(new SlowHeaders(connector, limits.pace().headers()));
    return connector;
  }
}
