package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digits in dark ink, of which the network was trained on bright ones. */
class DoctorCommandTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "mnist-keras");

  @TempDir Path folder;

  private Terminal doctor(Object... options) throws IOException {
    for (int digit : new int[] {1, 4, 7}) {
      BufferedImage bright = ImageIO.read(EXAMPLE.resolve("images/" + digit + "-1.png").toFile());
      BufferedImage ink =
          new BufferedImage(bright.getWidth(), bright.getHeight(), BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < ink.getHeight(); y++) {
        for (int x = 0; x < ink.getWidth(); x++) {
          ink.setRGB(x, y, ~bright.getRGB(x, y));
        }
      }
      ImageIO.write(ink, "png", folder.resolve("ink-" + digit + ".png").toFile());
    }
    Object[] words =
        Stream.concat(Stream.of("doctor", EXAMPLE, folder), Stream.of(options)).toArray();
    return Terminal.run(words);
  }

  @Test
  void whatIsFoundIsSaidWithoutAFormulaToo() throws IOException {
    Terminal done = doctor();
    assertThat(done.problems()).isEmpty();
    assertThat(done.out())
        .contains("The network was likely trained on pictures with dark and bright exchanged.\n")
        .contains("x = s/255; in training they likely were gray, x = -s/255 + 1.\n")
        .contains("remedy: preprocessing: {scale: -1/255, offset: 1}\n");
  }

  @Test
  void thePageGetsTheSameWords() throws IOException {
    JsonNode found = new ObjectMapper().readTree(doctor("--json").out());
    assertThat(found.path("plain").asText())
        .isEqualTo("The network was likely trained on pictures with dark and bright exchanged.");
  }

  @Test
  void whatIsNotSureIsWrittenAsAnAssumption(@TempDir Path other) throws IOException {
    Path yaml = other.resolve("picasso.yaml");
    assertThat(doctor("--write", yaml).code()).isZero();
    assertThat(Files.readString(yaml)).contains("scale: -1/255\n").contains("assumed: true\n");
  }

  @Test
  void trueLabelsSayHowOftenItIsRight() throws IOException {
    for (int digit : new int[] {2, 4, 6, 7, 9}) {
      Path own = Files.createDirectories(folder.resolve(String.valueOf(digit)));
      Files.copy(EXAMPLE.resolve("images/" + digit + "-1.png"), own.resolve("one.png"));
    }
    Terminal done = Terminal.run("doctor", EXAMPLE, folder, "--true-labels", "folders");
    assertThat(done.out())
        .contains("Of 5 images whose true classes are known it is right for 5 as it is given them")
        .containsPattern("tried +answers differ +right +probability")
        .contains("5 of 5");
  }

  @Test
  void labelsThatAreNoClassesAreRefused() throws IOException {
    Terminal done = doctor("--true-labels", "folders");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains("None of the true labels is a class of the model");
  }
}
