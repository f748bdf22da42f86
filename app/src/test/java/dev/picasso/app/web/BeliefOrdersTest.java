package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.visualization.Visualizations;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeliefOrdersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grad-cam | layer | auto | grad-cam",
        "grad-cam | layer | conv1 | grad-cam(layer=conv1)",
        "grad-cam | layer | a(b),c | ",
        "grad-cam | transparency | 0.5 | grad-cam",
        "integrated-gradients | steps | 20 | integrated-gradients(steps=20)",
        "class-probabilities | top | 5 | ",
        "partial-occlusion | window | 0.2 | ",
      })
  void theMethodOfARunIsNamedWithItsSettings(
      String visualization, String setting, String value, String named) {
    Map<String, String> settings = Map.of(setting, value);
    assertThat(
            BeliefOrders.map(
                    Visualizations.builtIn().all().stream()
                        .filter(v -> v.id().equals(visualization))
                        .findFirst()
                        .orElseThrow(),
                    settings)
                .orElse(null))
        .isEqualTo(named);
  }
}
