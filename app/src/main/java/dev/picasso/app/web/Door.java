package dev.picasso.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets in who has the token, where one is asked for: by a header, or by a cookie that is given for
 * an address with the token in it, or on the page that asks for it.
 *
 * <p>Browsers do not send strict cookies along with a link from another site, nor when that is
 * redirected. So who comes without one is led to {@code /login} by a page of ours, where the cookie
 * comes along if there is one, and from there to where the link leads.
 */
final class Door {
  /** Where the page is that asks for the token. */
  static final String LOGIN = "/login";

  private static final String FIELD = "token";

  /** What everybody may have: what the login page is made of, and whether the server lives. */
  private static final Pattern OPEN =
      Pattern.compile("/login|/health|/favicon\\.ico|/static(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  /** The token in what was pasted, which may be the whole address. */
  private static final Pattern PASTED = Pattern.compile("token=([^&\\s#]*)");

  /** An address on this server: visible ASCII, and no second slash that would make it another's. */
  private static final Pattern OURS = Pattern.compile("/(?![/\\\\])[!-~&&[^\"<>\\\\]]*");

  private static final int LONGEST = 2000;

  private final Optional<Token> token;
  private final String title;
  private final Templates templates;

  Door(Optional<Token> token, String title, Templates templates) {
    this.token = token;
    this.title = title;
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.before(this::check);
    routes.get(LOGIN, this::ask);
    routes.post(LOGIN, this::enter);
  }

  private void check(Context context) {
    if (token.isEmpty() || OPEN.matcher(context.path()).matches()) {
      return;
    }
    boolean page = READING.contains(context.method()) && isPage(context.path());
    Optional<String> inAddress = Optional.ofNullable(context.queryParam(FIELD));
    if (page && inAddress.isPresent()) {
      arrive(context, inAddress.get());
      context.skipRemainingHandlers();
    } else if (!hasToken(context)) {
      if (!page) {
        throw refusal(context, inAddress.isPresent());
      }
      context
          .status(401)
          .html(
              templates.door(Map.of("appTitle", title, "next", LOGIN + "?next=" + here(context))));
      context.skipRemainingHandlers();
    }
  }

  /** Programs get JSON, and no page to fill in. */
  private static boolean isPage(String path) {
    return !path.equals("/api") && !path.startsWith("/api/") && !path.equals("/metrics");
  }

  private boolean hasToken(Context context) {
    String bearer = Optional.ofNullable(context.header("Authorization")).orElse("");
    String[] words = bearer.strip().split("\\s+", -1);
    boolean named = words.length == 2 && words[0].equalsIgnoreCase("Bearer");
    return named ? isRight(words[1]) : isRight(context.cookie(cookie(context)));
  }

  private boolean isRight(String guess) {
    return guess != null && token.stream().anyMatch(t -> t.matches(guess));
  }

  /** Cookies do not tell ports apart. */
  private static String cookie(Context context) {
    return "picasso_token_" + context.req().getLocalPort();
  }

  private static HttpProblem refusal(Context context, boolean inAddress) {
    context.header("WWW-Authenticate", "Bearer realm=\"Picasso\"");
    return new HttpProblem(
        401,
        (inAddress
                ? "A token is not taken from an address here, where it would stay in logs."
                : "This needs the token, which is missing or of an earlier start.")
            + " On the page: reload it. In a program: send the header \"Authorization: Bearer"
            + " TOKEN\". Whoever started Picasso has the token from the terminal.");
  }

  /** An address with the token in it: the cookie is given, and the address loses the token. */
  private void arrive(Context context, String guess) {
    String rest = address(context, withoutToken(context.req().getQueryString()));
    if (isRight(guess)) {
      give(context);
      context.redirect(rest, HttpStatus.SEE_OTHER);
    } else {
      form(
          context,
          401,
          rest,
          "That token is not the one of this server; it may be of an earlier" + " start.");
    }
  }

  private void give(Context context) {
    token.ifPresent(
        t ->
            context.cookie(
                new Cookie(
                    cookie(context), t.value(), "/", -1, false, true, null, SameSite.STRICT)));
  }

  private static String withoutToken(String query) {
    return Arrays.stream(Optional.ofNullable(query).orElse("").split("&"))
        .filter(part -> !part.isEmpty() && !part.split("=", 2)[0].equals(FIELD))
        .collect(Collectors.joining("&"));
  }

  private static String here(Context context) {
    String query = Optional.ofNullable(context.req().getQueryString()).orElse("");
    return URLEncoder.encode(address(context, query), StandardCharsets.UTF_8);
  }

  private static String address(Context context, String query) {
    return ours(context.path() + (query.isEmpty() ? "" : "?" + query));
  }

  /** Leads nowhere but to this server, and splits no header. */
  private static String ours(String address) {
    boolean good = address.length() <= LONGEST && OURS.matcher(address).matches();
    return good ? address : "/";
  }

  private void ask(Context context) {
    String next = ours(Optional.ofNullable(context.queryParam("next")).orElse("/"));
    if (token.isEmpty() || hasToken(context)) {
      context.redirect(next, HttpStatus.SEE_OTHER);
    } else {
      form(context, 200, next, "");
    }
  }

  private void enter(Context context) {
    String next = ours(Optional.ofNullable(context.formParam("next")).orElse("/"));
    String pasted = Optional.ofNullable(context.formParam(FIELD)).orElse("").strip();
    Matcher address = PASTED.matcher(pasted);
    if (token.isEmpty() || isRight(address.find() ? address.group(1) : pasted)) {
      give(context);
      context.redirect(next, HttpStatus.SEE_OTHER);
    } else {
      form(
          context,
          401,
          next,
          pasted.isEmpty()
              ? "There is nothing in the field."
              : "That is not the token of this server; it may be of an earlier start, or not"
                  + " whole.");
    }
  }

  /** Browsers name no origin of a form whose page sends no referrer at all. */
  private void form(Context context, int status, String next, String problem) {
    context
        .status(status)
        .header("Referrer-Policy", "same-origin")
        .html(templates.login(Map.of("appTitle", title, "next", next, "problem", problem)));
  }
}
