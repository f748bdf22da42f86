package dev.picasso.app.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  @Test
  void durationsAreCumulativeBucketsWithASumAndACount() {
    Metrics metrics = new Metrics();
    for (long millis : List.of(1, 5, 200, 100_000)) {
      metrics.answered("GET", "/a", 200, Duration.ofMillis(millis));
    }
    assertThat(metrics.text("1"))
        .contains("picasso_requests_total{method=\"GET\",route=\"/a\",status=\"200\"} 4\n")
        .contains("_seconds_bucket{route=\"/a\",le=\"0.005\"} 2\n")
        .contains("_seconds_bucket{route=\"/a\",le=\"0.1\"} 2\n")
        .contains("_seconds_bucket{route=\"/a\",le=\"0.3\"} 3\n")
        .contains("_seconds_bucket{route=\"/a\",le=\"60.0\"} 3\n")
        .contains("_seconds_bucket{route=\"/a\",le=\"+Inf\"} 4\n")
        .contains("_seconds_count{route=\"/a\"} 4\n")
        .contains("_seconds_sum{route=\"/a\"} 100.206\n");
  }

  @Test
  void gaugesAreLookedUpAndLabelsEscaped() {
    Metrics metrics = new Metrics();
    metrics.add(List.of(Gauge.of("g", "A g.", () -> .25), Gauge.total("t", "A t.", () -> 7)));
    metrics.worked("a\"b\\c\nd", Duration.ofSeconds(2));
    assertThat(metrics.text("1"))
        .contains("# TYPE g gauge\ng 0.25\n", "# TYPE t counter\nt 7\n")
        .contains("{visualization=\"a\\\"b\\\\c\\nd\"} 2\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models/日本, /api/v1/models/日本",
    "'/a\r\n2026 forged', /a??2026 forged",
    "'/\u001b[2J\u202e', /?[2J?",
    "'\u2028x', ?x"
  })
  void whatStrangersWriteStaysOnItsLineAndSteersNoTerminal(String given, String shown) {
    assertThat(RequestLog.harmless(given)).isEqualTo(shown);
    assertThat(RequestLog.harmless("x".repeat(1000))).hasSize(161);
  }
}
