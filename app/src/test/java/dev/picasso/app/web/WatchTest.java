package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those are told who keep the server running. */
class WatchTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))"
              + "|[a-z_]+(\\{[a-z]+=\"[^\"\n]*\"(,[a-z]+=\"[^\"\n]*\")*})? -?[0-9.Ee-]+");

  private final Client person = SERVER.person();

  private String metrics() {
    Client.Answer answer = person.get("/metrics");
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    return answer.text();
  }

  private double value(String series) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : 0; // not counted yet
  }

  /** What is counted when its answer is on its way already. */
  private void awaitValue(String series, double wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (value(series) < wanted && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(value(series)).as(series).isEqualTo(wanted);
  }

  @Test
  void itIsHealthyAndSaysNothingElse() {
    Client.Answer answer = person.get("/health");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"ok\",\"problem\":\"\"}");
  }

  @Test
  void theTextIsWhatPrometheusReads() {
    person.get("/");
    assertThat(metrics().lines()).allMatch(line -> LINE.matcher(line).matches());
    List<String> types = metrics().lines().filter(line -> line.startsWith("# TYPE")).toList();
    assertThat(types).doesNotHaveDuplicates().hasSizeGreaterThan(15);
    assertThat(value("process_resident_memory_bytes")).isGreaterThan(1 << 20);
  }

  @Test
  void requestsAreCountedByTheirRoute() throws IOException {
    String series =
        "picasso_requests_total{method=\"GET\",route=\"/api/v1/images/{id}\",status=\"404\"}";
    double before = value(series);
    person.get("/api/v1/images/nix");
    person.get("/api/v1/images/another");
    awaitValue(series, before + 2);
    String refused = "picasso_requests_total{method=\"other\",route=\"refused\",status=\"400\"}";
    double earlier = value(refused);
    try (RawSocket socket = new RawSocket(SERVER.address())) {
      socket.send("GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").answer();
    }
    awaitValue(refused, earlier + 1);
  }

  /** Memory would grow with each, and Prometheus' with it. */
  @Test
  void strangersMakeNoSeries() throws IOException {
    person.get("/nix");
    person.get("/api/v1/runs/nix");
    long before = metrics().lines().count();
    IntStream.range(0, 50)
        .forEach(
            i -> {
              person.get("/nix" + i);
              person.get("/api/v1/runs/nix" + i);
            });
    for (int i = 0; i < 5; i++) {
      try (RawSocket socket = new RawSocket(SERVER.address())) {
        socket
            .send("VERB" + i + " / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            .answer();
      }
    }
    assertThat(metrics().lines().count()).isLessThanOrEqualTo(before + 25);
    assertThat(metrics()).doesNotContain("nix", "VERB");
  }

  @Test
  void workIsCounted() {
    String image = person.image("a.png", Pictures.png(8, 8, Color.RED));
    double runs = value("picasso_runs_total{state=\"done\"}");
    String run =
        person
            .post(
                "/api/v1/runs",
                Map.of("model", "colours", "visualization", "saliency", "images", List.of(image)))
            .json()
            .path("id")
            .asText();
    person.ended(run);
    awaitValue("picasso_runs_total{state=\"done\"}", runs + 1);
    assertThat(value("picasso_sessions")).isGreaterThanOrEqualTo(1);
    assertThat(value("picasso_disk_used_bytes")).isGreaterThan(100);
    assertThat(value("picasso_model_loads_total")).isGreaterThanOrEqualTo(1);
    assertThat(metrics()).containsPattern("(?m)^picasso_runs_waiting 0(\\.0)?$");
  }
}
