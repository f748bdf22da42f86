package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.Allowance;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.model.config.Sharing;
import dev.picasso.model.config.Sharing.Access;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where a token is asked for, and how; told over raw connections. */
class AccessTest {
  private static final String SECRET = "a-token-that-nobody-guesses_1";
  private static final PicassoServer SERVER = start("127.0.0.1", Access.TOKEN);

  private static PicassoServer start(String host, Access access) {
    ServerSettings settings =
        ServerSettings.defaults()
            .withPort(Optional.of(0))
            .withHost(Optional.of(host))
            .withAccess(Optional.of(access));
    return PicassoServer.start(options(settings));
  }

  private static ServerOptions options(ServerSettings settings) {
    return new ServerOptions(
            "Picasso",
            settings,
            List.of(),
            ModelStore.standard(),
            Visualizations.builtIn(),
            TestServer.LIMITS)
        .with(Optional.of(Token.of("it", SECRET)));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static String raw(String method, String target, String headers, String body)
      throws IOException {
    try (RawSocket socket = new RawSocket(SERVER.address())) {
      return socket
          .send(
              "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n%s"
                  .formatted(method, target, headers, body))
          .answer();
    }
  }

  private static String get(String target, String... headers) throws IOException {
    return raw("GET", target, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n", "");
  }

  private static String enter(String form, String... headers) throws IOException {
    return raw(
        "POST",
        "/login",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n%s"
            .formatted(
                form.length(), headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"),
        form);
  }

  private static String header(String answer, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ": (.*?)\r?$").matcher(answer);
    return line.find() ? line.group(1) : "";
  }

  private static String cookie(String answer) {
    return header(answer, "Set-Cookie").split(";", 2)[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/images",
        "/api/v1/models",
        "/api/v1",
        "/api",
        "/api/app_state",
        "/api/reset",
        "/api/v1/nix",
        "/api//v1/images",
        "/static/../api/v1/images",
        "/static//api/v1/images",
        "//api/v1/images",
        "/login/../api/v1/images",
        "/login/",
        "/metrics",
        "/metrics/",
        "/methods/saliency",
        "/nix",
        "/"
      })
  void withoutTheTokenNothingIsToBeHad(String target) throws IOException {
    for (String wrong :
        List.of(
            "X: x",
            "Authorization: Bearer nix",
            "Authorization: Bearer",
            "Authorization: Basic " + SECRET,
            "Authorization: Bearer " + SECRET + "x",
            "Cookie: picasso_token_1=" + SECRET,
            "Cookie: picasso_token_" + SERVER.address().replaceFirst(".*:", "") + "=nix")) {
      for (String method : List.of("GET", "POST", "DELETE", "PUT", "OPTIONS", "PATCH")) {
        String answer = raw(method, target, wrong + "\r\n", "");
        assertThat(answer).as(method + " " + wrong).containsPattern("^HTTP/1.1 (401|400) ");
        assertThat(answer).doesNotContain(SECRET, "Set-Cookie", "\tat ", "This is a fault");
      }
    }
  }

  @Test
  void aProgramIsToldHowToSendIt() throws IOException {
    String answer = get("/api/v1/images");
    assertThat(answer)
        .startsWith("HTTP/1.1 401 ")
        .contains("WWW-Authenticate: Bearer realm=\"Picasso\"")
        .contains("send the header \\\"Authorization: Bearer TOKEN\\\"");
    assertThat(get("/api/v1/images?token=" + SECRET))
        .startsWith("HTTP/1.1 401 ")
        .contains("not taken from an address")
        .doesNotContain(SECRET);
    for (String scheme : List.of("Bearer", "bearer", "BEARER ")) {
      assertThat(get("/api/v1/images", "Authorization: " + scheme + " " + SECRET))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/?token=SECRET, /",
    "/?model=m&token=SECRET&step=2, /?model=m&step=2",
    "/methods/saliency?token=SECRET, /methods/saliency",
    "/nix?token=SECRET, /nix",
    "//other.example/?token=SECRET, /",
    "/?x=%0d%0aSet-Cookie:%20a&token=SECRET, /?x=%0d%0aSet-Cookie:%20a"
  })
  void anAddressWithItGivesACookieOnceAndLosesTheToken(String target, String leadsTo)
      throws IOException {
    String answer = get(target.replace("SECRET", SECRET));
    assertThat(answer).startsWith("HTTP/1.1 303 ").contains("Referrer-Policy: no-referrer");
    assertThat(header(answer, "Location")).endsWith(leadsTo).doesNotContain(SECRET);
    assertThat(header(answer, "Location").replace("http://127.0.0.1", "")).isEqualTo(leadsTo);
    assertThat(header(answer, "Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .startsWith("picasso_token_");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n"))).doesNotContain(SECRET);
    assertThat(get("/api/v1/images", "Cookie: " + cookie(answer))).startsWith("HTTP/1.1 200 ");
    assertThat(get("/", "Cookie: " + cookie(answer)))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain(SECRET);
  }

  @Test
  void anAddressThatIsNoneGivesNoCookie() throws IOException {
    assertThat(get("/a\"b?token=" + SECRET))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("Set-Cookie", SECRET);
  }

  @Test
  void aWrongTokenInAnAddressIsSaidAndNotRepeated() throws IOException {
    assertThat(get("/?token=some-older-token"))
        .startsWith("HTTP/1.1 401 ")
        .contains("That token is not the one of this server")
        .doesNotContain("some-older-token", "Set-Cookie");
  }

  /** A strict cookie does not come along with a link from elsewhere; it does from our own page. */
  @Test
  void aLinkLeadsThroughALoginThatKnowsWhoHasTheCookie() throws IOException {
    String strange = get("/?run=a&model=b");
    assertThat(strange)
        .startsWith("HTTP/1.1 401 ")
        .contains("content=\"0; url=/login?next=%2F%3Frun%3Da%26model%3Db\"");
    String login = "/login?next=%2F%3Frun%3Da%26model%3Db";
    assertThat(get(login))
        .startsWith("HTTP/1.1 200 ")
        .contains("name=\"next\" value=\"/?run=a&amp;model=b\"", "in the terminal");
    String known = get(login, "Cookie: " + cookie(get("/?token=" + SECRET)));
    assertThat(known).startsWith("HTTP/1.1 303 ");
    assertThat(header(known, "Location")).endsWith("/?run=a&model=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//other.example",
        "https://other.example/",
        "/\\other.example",
        "\\\\other.example",
        "javascript:alert(1)",
        "/a b",
        "/a%0d%0aSet-Cookie: x=y",
        "other.example",
        "/\"><script>"
      })
  void theLoginLeadsNowhereElse(String next) throws IOException {
    String escaped = java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8);
    String cookie = "Cookie: " + cookie(get("/?token=" + SECRET));
    for (String answer :
        List.of(
            get("/login?next=" + escaped, cookie), enter("token=" + SECRET + "&next=" + escaped))) {
      assertThat(answer).startsWith("HTTP/1.1 303 ").doesNotContain("Set-Cookie: x");
      assertThat(header(answer, "Location").replace("http://127.0.0.1", ""))
          .matches("/(a%0d%0aSet-Cookie:.*)?");
    }
    assertThat(get("/login?next=" + escaped)).doesNotContain("<script>", "other.example");
  }

  @Test
  void theTokenOrTheWholeAddressCanBePastedIntoThePage() throws IOException {
    for (String pasted :
        List.of(SECRET, "+" + SECRET + "%0a", "http%3A%2F%2Fh%3A5000%2F%3Ftoken%3D" + SECRET)) {
      String answer = enter("token=" + pasted + "&next=%2F%3Fmodel%3Dm");
      assertThat(answer).startsWith("HTTP/1.1 303 ");
      assertThat(header(answer, "Location")).endsWith("/?model=m");
      assertThat(get("/api/v1/images", "Cookie: " + cookie(answer))).startsWith("HTTP/1.1 200 ");
    }
    assertThat(enter("token=nix"))
        .startsWith("HTTP/1.1 401 ")
        .contains("That is not the token", "role=\"alert\"")
        .doesNotContain("Set-Cookie", "nix");
    assertThat(enter("")).contains("There is nothing in the field.");
    assertThat(enter("token=" + SECRET, "Origin: http://other.example"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("Set-Cookie");
  }

  @Test
  void whatTheLoginPageIsMadeOfNeedsNoToken() throws IOException {
    assertThat(get("/static/login.css")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/static/js/theme.js")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/login")).doesNotContain("style=", "onclick", "<script>");
  }

  @Test
  void otherMachinesNeedATokenUnlessAnybodyIsLetInInSoManyWords() {
    try (PicassoServer every = start("0.0.0.0", Access.AUTO);
        PicassoServer open = start("0.0.0.0", Access.ANYBODY);
        PicassoServer own = start("127.0.0.1", Access.AUTO)) {
      assertThat(every.isGuarded()).isTrue();
      assertThat(every.links()).allMatch(link -> link.endsWith("/?token=" + SECRET));
      assertThat(every.address()).doesNotContain(SECRET);
      assertThat(open.isGuarded()).isFalse();
      assertThat(open.isOpenToAll()).isTrue();
      assertThat(own.isGuarded()).isFalse();
      assertThat(own.isOpenToAll()).isFalse();
      assertThat(own.links()).containsExactly(own.address());
      assertThat(new Client(every.address()).get("/api/v1").status()).isEqualTo(401);
      assertThat(new Client(open.address()).get("/api/v1").status()).isEqualTo(200);
      assertThat(new Client(own.address()).get("/api/v1").status()).isEqualTo(200);
      assertThat(new Client(own.address()).get("/login").status()).isEqualTo(303);
    }
  }

  @Test
  void aServerBehindAProxyAnswersToTheNamesThatItWasTold() throws IOException {
    ServerSettings usual = ServerSettings.defaults().withPort(Optional.of(0));
    ServerSettings named =
        new ServerSettings(
            usual.host(),
            0,
            usual.maxUpload(),
            usual.maxPixels(),
            usual.sessionTimeout(),
            usual.pull(),
            usual.bounds(),
            ServerSettings.Keeping.defaults(),
            new Sharing(Access.ANYBODY, List.of("Picasso.Example.org"), Allowance.defaults()));
    try (PicassoServer proxied = PicassoServer.start(options(named))) {
      Map<String, String> expected =
          Map.of(
              "Origin: https://picasso.example.org", "200",
              "Origin: https://other.example.org", "403",
              "Origin: null", "403",
              "Sec-Fetch-Site: cross-site", "403");
      for (Map.Entry<String, String> header : expected.entrySet()) {
        try (RawSocket socket = new RawSocket(proxied.address())) {
          assertThat(
                  socket
                      .send(
                          "POST /api/v1/session/reset HTTP/1.1\r\nHost: picasso.example.org\r\n"
                              + header.getKey()
                              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                      .answer())
              .as(header.getKey())
              .startsWith("HTTP/1.1 " + header.getValue());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site, no-cors, image, 403",
    "same-site, cors, empty, 403",
    "cross-site, navigate, iframe, 403",
    "cross-site, navigate, document, 200",
    "same-origin, cors, empty, 200",
    "none, navigate, document, 200"
  })
  void whatOtherSitesPutIntoTheirPagesGetsNothing(
      String site, String mode, String place, int status) throws IOException {
    assertThat(
            get(
                "/api/v1/images",
                "Authorization: Bearer " + SECRET,
                "Sec-Fetch-Site: " + site,
                "Sec-Fetch-Mode: " + mode,
                "Sec-Fetch-Dest: " + place))
        .startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with a space in the middle", "line\nbreak-line-break-line"})
  void aChosenTokenThatIsGuessedOrBreaksHeadersIsRefused(String chosen) {
    assertThatThrownBy(() -> Token.of("PICASSO_TOKEN", chosen))
        .isInstanceOf(PicassoException.class)
        .hasMessageStartingWith("PICASSO_TOKEN must be 16 to 200 letters")
        .hasMessageContaining("openssl rand");
    assertThat(Token.random().value()).hasSize(48).isNotEqualTo(Token.random().value());
    assertThat(Token.random().toString()).isEqualTo("a token");
  }
}
