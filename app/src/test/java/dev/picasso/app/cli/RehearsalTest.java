package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher hides what goes wrong here, and would only start slowly. */
class RehearsalTest {
  @TempDir Path scratch;

  @Test
  void goesThroughTheCommandsWithTheBundledExample() throws IOException {
    Path unpacked = Files.createDirectory(scratch.resolve("onnxruntime-java123"));
    Files.writeString(unpacked.resolve("library"), "native");
    Rehearsal.rehearse(Path.of("..").toAbsolutePath().normalize(), scratch);
    assertThat(scratch.resolve("y.npy")).exists();
    assertThat(scratch.resolve("g.npy")).exists();
    assertThat(scratch.resolve("maps").resolve("results.json")).exists();
    assertThat(scratch.resolve("native").resolve("library")).hasContent("native");
  }
}
