package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.visualization.testkit.TestModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed arrives, or the exit code says that it has not. */
class OutputTest {
  @TempDir static Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A stream that takes so many bytes. */
  private static OutputStream failing(int room, String reason) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int b) throws IOException {
        if (left-- <= 0) {
          throw new IOException(reason);
        }
      }
    };
  }

  private int run(OutputStream out, List<String> words) {
    return Picasso.execute(words.toArray(String[]::new), Output.to(out), Output.to(err));
  }

  static Stream<List<String>> commands() throws IOException {
    String model = TestModel.COLOUR.write(folder).toString();
    String image = Samples.image(folder.resolve("photo.png")).toString();
    String maps = folder.resolve("maps").toString();
    return Stream.of(
        List.of("--help"),
        List.of("--version"),
        List.of("help", "explain"),
        List.of("explain", "--help"),
        List.of("predict", model, image),
        List.of("predict", model, image, "--json"),
        List.of("explain", model, image, "-o", maps),
        List.of("inspect", model),
        List.of("visualizations"),
        List.of("pull", "--list"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOutputThatTakesNothingIsAFailure(List<String> words) {
    assertThat(run(failing(0, "No space left on device"), words)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("The standard output cannot be written: No space left on device.");
    assertThat(run(failing(5, "Broken pipe"), words)).isEqualTo(141);
    assertThat(run(OutputStream.nullOutputStream(), words)).isZero();
  }

  @Test
  void nothingIsSaidWhereTheReaderHasEnough() {
    assertThat(run(failing(5, "Broken pipe"), List.of("--help"))).isEqualTo(141);
    assertThat(err.size()).isZero();
  }

  @Test
  void namesCannotSteerTheTerminalAndJsonStaysTrue() throws IOException {
    Path image = Samples.image(folder.resolve("red\u001b[31m\u202Ephoto.png"));
    String model = TestModel.COLOUR.write(folder).toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, List.of("predict", model, image.toString(), "--json"))).isZero();
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\u001b", "\u202E");
    assertThat(new ObjectMapper().readTree(text).at("/images/0/image").asText())
        .isEqualTo(image.toString());
    Path broken = Files.writeString(folder.resolve("broken\u009b.png"), "text");
    assertThat(run(out, List.of("predict", model, broken.toString()))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken\\u009b.png: this is a text");
  }

  @Test
  void lettersThatTheShellDoesNotHaveAreTold() {
    String[] words = {"predict", "mod\uFFFDle.h5"};
    assertThat(Encoding.problem(words, "UTF-8")).isEqualTo(Optional.empty());
    assertThat(Encoding.problem(words, "ANSI_X3.4-1968"))
        .hasValueSatisfying(m -> assertThat(m).contains("mod\uFFFDle.h5", "LC_ALL=C.UTF-8"));
    assertThat(Encoding.problem(new String[] {"predict"}, "ANSI_X3.4-1968")).isEmpty();
  }
}
