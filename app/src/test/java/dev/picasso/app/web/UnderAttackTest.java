package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.web.wire.WireLimits;
import dev.picasso.app.web.wire.WireLimits.Lane;
import dev.picasso.app.web.wire.WireLimits.Pace;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualizations;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that are slow, many, or silent; with limits that are small. */
class UnderAttackTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Pace PATIENT = new Pace(1, LONG, LONG, LONG);
  private static final Lane WIDE = new Lane(20, 20);

  private Optional<PicassoServer> server = Optional.empty();

  private String start(WireLimits limits) {
    ServerSettings settings = ServerSettings.defaults().withPort(Optional.of(0));
    PicassoServer started =
        PicassoServer.start(
            new ServerOptions(
                "Picasso",
                settings,
                List.of(),
                ModelStore.standard(),
                Visualizations.builtIn(),
                TestServer.LIMITS,
                limits));
    server = Optional.of(started);
    return started.address();
  }

  private static WireLimits uploads(Lane lane, Duration turn, Pace pace) {
    return new WireLimits(100, 100, lane, WIDE, WIDE, WIDE, turn, pace);
  }

  @AfterEach
  void stop() {
    server.ifPresent(PicassoServer::close);
  }

  private static String upload(String rest) {
    return "POST /api/v1/images HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        + "Content-Type: multipart/form-data; boundary=x\r\n"
        + rest;
  }

  private static final String SLOW_UPLOAD = upload("Content-Length: 100000\r\n\r\n--x\r\n");
  private static final String SLOW_ORDER =
      "POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
          + "Content-Length: 100000\r\n\r\n{";

  @Test
  void uploadsThatStopLeaveThePageFreeAndOneTooManyIsRefusedInWords() throws IOException {
    String address = start(uploads(new Lane(2, 2), Duration.ofMillis(200), PATIENT));
    try (RawSocket first = new RawSocket(address);
        RawSocket second = new RawSocket(address);
        RawSocket third = new RawSocket(address)) {
      String announced = upload("Expect: 100-continue\r\nContent-Length: 100000\r\n\r\n");
      for (RawSocket begun : List.of(first, second)) { // what is awaited has its place
        assertThat(begun.send(announced).firstLine()).isEqualTo("HTTP/1.1 100 Continue");
      }
      assertThat(third.send(SLOW_UPLOAD).answer())
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: ", "try again in a while", "Content-Security-Policy: ");
      assertThat(new Client(address).get("/").status()).isEqualTo(200);
      assertThat(new Client(address).post("/api/v1/runs", "{}").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models/a, true",
    "/api/v1/models/a/input, true",
    "/api/v1/models/a/input/picture, true",
    "/api/v1/models/a/input/picasso.yaml/, true",
    "/api/v1/models/a/graph, true",
    "/api/v1/runs/a/events, true",
    "/api/v1/runs/a/repeat, true",
    "/api/v1/runs/a/figure.pdf, true",
    "/api/v1/runs/a/files/figure.pdf, false",
    "/api/v1/runs/a, false",
    "/api/v1/models, false",
    "/api/v1/models/a/samples/b.png, false",
    "/, false"
  })
  void whatWaitsForAModelOrItsTurnDoesNotKeepThePageWaiting(String path, boolean waits) {
    assertThat(WaitingRequests.isWaiting(path)).isEqualTo(waits);
  }

  @Test
  void whoWaitsGetsAPlaceWhenOneIsFree() throws Exception {
    String address = start(uploads(new Lane(1, 1), LONG, PATIENT));
    try (RawSocket first = new RawSocket(address);
        RawSocket second = new RawSocket(address)) {
      first.send(upload("Content-Length: 5\r\n\r\n--"));
      second.send(upload("Content-Length: 5\r\n\r\n--x--"));
      first.send("x--");
      assertThat(first.answer()).startsWith("HTTP/1.1 400 ").contains("There is no file");
      assertThat(second.answer()).startsWith("HTTP/1.1 400 ").contains("There is no file");
    }
  }

  @Test
  void aBodyThatStopsIsAnsweredInWordsAndOneThatDripsIsCutOff() throws IOException {
    Pace hurried = new Pace(10_000, Duration.ofMillis(300), LONG, LONG);
    String address = start(uploads(WIDE, LONG, hurried));
    for (String request : List.of(SLOW_UPLOAD, SLOW_ORDER)) {
      try (RawSocket silent = new RawSocket(address);
          RawSocket slow = new RawSocket(address)) {
        assertThat(silent.send(request).answer())
            .startsWith("HTTP/1.1 408 ")
            .contains("\"The request came too slowly, or stopped; send it again.\"");
        slow.send(request);
        // Who still sends when the connection is closed does not always get to read why.
        assertThat(slow.dripUntilClosed('a')).isPresent();
      }
    }
  }

  @Test
  void aBodyThatComesFastEnoughMayTakeLongerThanTheGrace() throws IOException {
    Pace pace = new Pace(1000, Duration.ofMillis(300), LONG, LONG);
    String address = start(uploads(WIDE, LONG, pace));
    String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    String part = head + "a".repeat(60_000);
    try (RawSocket slow = new RawSocket(address)) {
      slow.send(upload("Content-Length: 100000\r\n\r\n" + part));
      long end = System.nanoTime() + Duration.ofMillis(900).toNanos();
      int sent = part.length();
      while (System.nanoTime() < end) {
        slow.send("a");
        sent++;
        Thread.onSpinWait();
        if (sent == 100_000) {
          break;
        }
      }
      slow.send("a".repeat(100_000 - sent));
      assertThat(slow.answer()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void headersThatDripAreCutOff() throws IOException {
    Pace hurried = new Pace(1, LONG, Duration.ofMillis(400), LONG);
    String address = start(uploads(WIDE, LONG, hurried));
    try (RawSocket fresh = new RawSocket(address);
        RawSocket used = new RawSocket(address)) {
      used.send("GET /api/v1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertThat(used.firstLine()).isEqualTo("HTTP/1.1 200 OK");
      fresh.send("GET / HTTP/1.1\r\nX: ");
      assertThat(fresh.dripUntilClosed('a')).hasValue("");
      used.send("GET / HTTP/1.1\r\nX: ");
      assertThat(used.dripUntilClosed('a')).isPresent();
    }
    assertThat(new Client(address).get("/").status()).isEqualTo(200);
  }

  @Test
  void connectionsOfOneAddressAreLimited() throws IOException {
    WireLimits limits = new WireLimits(100, 3, WIDE, WIDE, WIDE, WIDE, LONG, PATIENT);
    String address = start(limits);
    String ask = "GET /api/v1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    List<RawSocket> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(new RawSocket(address));
      assertThat(open.get(i).send(ask).firstLine()).isEqualTo("HTTP/1.1 200 OK");
    }
    try (RawSocket fourth = new RawSocket(address)) {
      assertThat(fourth.dripUntilClosed('G')).hasValue("");
    }
    assertThat(open.get(2).send(ask).firstLine()).isNotNull();
    open.forEach(RawSocket::close);
    String line = "";
    long end = System.nanoTime() + LONG.toNanos();
    while (line.isEmpty() && System.nanoTime() < end) { // the server hears of it a little later
      try (RawSocket again = new RawSocket(address)) {
        line = again.send(ask).firstLine();
      } catch (java.net.SocketException e) {
        line = "";
      }
    }
    assertThat(line).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void whoDoesNotTakeTheAnswerIsCutOff() throws Exception {
    Pace hurried = new Pace(10_000_000, Duration.ofMillis(300), LONG, LONG);
    String address = start(uploads(WIDE, LONG, hurried));
    Client person = new Client(address);
    String image = person.image("noise.png", noise());
    String cookie = person.cookie();
    try (RawSocket slow = new RawSocket(address)) {
      for (int i = 0; i < 8; i++) { // more than the buffers of both ends take
        slow.send(
            "GET /api/v1/images/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n"
                .formatted(image, cookie));
      }
      assertThat(slow.isHungUp()).isTrue();
    }
    assertThat(person.get("/").status()).isEqualTo(200);
  }

  private static byte[] noise() throws IOException {
    BufferedImage noise = new BufferedImage(1500, 1200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int y = 0; y < noise.getHeight(); y++) {
      for (int x = 0; x < noise.getWidth(); x++) {
        noise.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(noise, "png", png);
    return png.toByteArray();
  }
}
