package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Images from folders in folders and from the standard input. */
class ImageSourcesTest {
  @TempDir Path folder;

  private Path image(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Samples.image(file);
  }

  @Test
  void foldersInFoldersAreReadAndWhatIsNoImageIsTold() throws IOException {
    image("photos/a/x.png");
    image("photos/b/x.png");
    Files.writeString(folder.resolve("photos/notes.txt"), "hello");
    Path maps = folder.resolve("maps");
    Path model = TestModel.COLOUR.write(folder);
    Terminal done =
        Terminal.run("explain", model, folder.resolve("photos"), "--top", 1, "-o", maps);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err())
        .contains("note: 1 file in " + folder.resolve("photos"))
        .contains("is no image that is read: notes.txt (a text).");
    assertThat(maps.resolve("x-1.png")).exists();
    assertThat(maps.resolve("x-2-1.png")).exists();
    JsonNode json = new ObjectMapper().readTree(maps.resolve("results.json").toFile());
    assertThat(json.at("/images/0/image").asText()).endsWith(Path.of("a", "x.png").toString());
    assertThat(json.at("/images/1/image").asText()).endsWith(Path.of("b", "x.png").toString());
  }

  @Test
  void aFolderWithoutImagesTellsWhatItHolds() throws IOException {
    Files.createDirectories(folder.resolve("photos/in"));
    Files.writeString(folder.resolve("photos/in/notes.txt"), "hello");
    Terminal done =
        Terminal.run("predict", TestModel.COLOUR.write(folder), folder.resolve("photos"));
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems())
        .startsWith("There are no images in " + folder.resolve("photos") + ". 1 file in ");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void aHyphenIsTheStandardInput() throws IOException {
    Path photo = image("photo.png");
    Path model = TestModel.COLOUR.write(folder);
    InputStream before = System.in;
    try (InputStream in = Files.newInputStream(photo)) {
      System.setIn(in);
      Terminal done = Terminal.run("predict", model, "-", photo, "--top", 1);
      assertThat(done.problems()).isEmpty();
      assertThat(done.code()).isZero();
      assertThat(done.out().lines().toList().get(1)).startsWith("- ");
      assertThat(done.out()).contains("photo.png");
      assertThat(Terminal.run("predict", model, "-", "-").problems())
          .isEqualTo("-: what comes through a pipe can be read once; it is given twice.");
    } finally {
      System.setIn(before);
    }
  }
}
