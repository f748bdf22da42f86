package dev.picasso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words in messages. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "salency, saliency",
    "SALIENCY, saliency",
    "grad_cam, grad-cam",
    "lrpp, lrp",
    "lr, lrp",
    "integrated-gradient, integrated-gradients",
    "integratedgradients, integrated-gradients",
    "x-rays, -",
    "integrated, -",
    "'', -"
  })
  void theNearestNameIsFoundIfItIsNear(String word, String nearest) {
    List<String> names = List.of("saliency", "grad-cam", "lrp", "integrated-gradients");
    assertThat(Words.nearest(word, names).orElse("-")).isEqualTo(nearest);
  }

  @Test
  void theFirstOfTwoThatAreAsNearIsMeant() {
    assertThat(Words.nearest("conv", List.of("dense", "conv1", "conv2"))).contains("conv1");
  }

  /** Whoever asks a server for it sends a megabyte at once. */
  @Test
  void aWordOfAMillionLettersMeansNothingAtOnce() {
    String word = "a".repeat(1_000_000);
    List<String> names = Collections.nCopies(10_000, "conv_dw_13_relu");
    List<String> strange = Collections.nCopies(10, word + "b");
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertThat(Words.nearest(word, names)).isEmpty();
          assertThat(Words.nearest(word, strange)).isEmpty();
          assertThat(Words.nearest("conv", strange)).isEmpty();
        });
    assertThat(Words.shown(word)).hasSize(201).endsWith("…");
    assertThat(Words.shown("conv")).isEqualTo("conv");
  }
}
