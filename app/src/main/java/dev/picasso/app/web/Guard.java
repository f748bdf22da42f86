package dev.picasso.app.web;

import dev.picasso.model.config.ServerSettings;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps other web sites from using a person's server through the person's browser.
 *
 * <ul>
 *   <li>The Host must be an address or a name of this machine, or one that the configuration names,
 *       so that a strange name that was made to point here (DNS rebinding) gets nothing.
 *   <li>What changes something must come from the page itself, where a browser tells.
 *   <li>What another site puts into its own pages gets nothing; a link from there opens the page.
 * </ul>
 */
final class Guard {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%[a-z0-9]+)?]");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** From where a page asks for what is its own, and a person by hand. */
  private static final Set<String> ITSELF = Set.of("same-origin", "none");

  /** Requests of the original interface that change something although they are GET. */
  private static final Set<String> CHANGING = Set.of("/api/reset", "/api/visualize");

  private final String configuredHost;
  private final Set<String> names;

  Guard(ServerSettings settings) {
    this.configuredHost = settings.host().toLowerCase(Locale.ROOT);
    this.names = Set.copyOf(settings.sharing().names());
  }

  void check(Context context) {
    String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
    if (!isOurs(host.replaceFirst(":\\d+$", ""))) {
      throw new HttpProblem(
          403,
          "Picasso does not answer to this name; open it by its address, such as"
              + " http://127.0.0.1:5000, or by the host that it was told to serve. More names can"
              + " be told in picasso.yaml: server: {names: [NAME]}.");
    }
    if (isEmbedded(context)) {
      throw foreign();
    }
    boolean changes =
        !READING.contains(context.method().name()) || CHANGING.contains(routed(context.path()));
    if (changes && isForeign(context, host)) {
      throw foreign();
    }
  }

  private static HttpProblem foreign() {
    return new HttpProblem(403, "Another web site asked for this; only Picasso's own page may.");
  }

  /** Whether a browser asks for something that another site's page is made of. */
  private static boolean isEmbedded(Context context) {
    String site = Optional.ofNullable(context.header("Sec-Fetch-Site")).orElse("none");
    String mode = Optional.ofNullable(context.header("Sec-Fetch-Mode")).orElse("");
    String place = Optional.ofNullable(context.header("Sec-Fetch-Dest")).orElse("document");
    return !ITSELF.contains(site) && !(mode.equals("navigate") && place.equals("document"));
  }

  /** Routes answer with slashes at the end as well. */
  private static String routed(String path) {
    return path.replaceFirst("/+$", "");
  }

  private boolean isOurs(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals(configuredHost)
        || names.contains(name)
        || IPV4.matcher(name).matches()
        || IPV6.matcher(name).matches()
        || isThisMachine(name);
  }

  /** Only asked where the server is to be reached from other machines. */
  private boolean isThisMachine(String name) {
    if (configuredHost.equals("localhost") || configuredHost.startsWith("127.")) {
      return false;
    }
    try {
      InetAddress own = InetAddress.getLocalHost();
      return name.equalsIgnoreCase(own.getHostName())
          || name.equalsIgnoreCase(own.getCanonicalHostName());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The scheme is not compared: behind a proxy the browser's is another than ours. */
  private static boolean isForeign(Context context, String host) {
    Optional<String> site = Optional.ofNullable(context.header("Sec-Fetch-Site"));
    if (site.isPresent() && !ITSELF.contains(site.get())) {
      return true;
    }
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    return origin.isPresent()
        && !origin.get().toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").equals(host);
  }
}
