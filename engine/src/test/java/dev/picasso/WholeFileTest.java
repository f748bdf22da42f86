package dev.picasso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeFileTest {
  @TempDir Path folder;

  private static final byte[] NEW = {4, 5, 6};

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasThereGivesWayToAWholeFile() throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[9]);
    WholeFile.write(file, NEW);
    assertThat(file).hasBinaryContent(NEW);
    assertThat(names()).containsExactly("a.bin");
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, true",
    "Disk quota exceeded, true",
    "File too large, true",
    "There is not enough space on the disk, true",
    "Input/output error, false",
  })
  void whatFailsInTheMiddleLeavesWhatWasThere(String reason, boolean machine) throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[9]);
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(NEW);
                      throw new IOException(reason);
                    }))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining(file + ": cannot be written")
        .hasMessageContaining(reason)
        .matches(e -> (e instanceof MachineException) == machine);
    assertThat(file).hasBinaryContent(new byte[9]);
    assertThat(names()).containsExactly("a.bin");
  }

  @Test
  void aFaultInTheMiddleLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    folder.resolve("a.bin"),
                    out -> {
                      out.write(NEW);
                      throw new IllegalStateException("a fault");
                    }))
        .hasMessage("a fault");
    assertThat(names()).isEmpty();
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = Files.write(folder.resolve("target"), new byte[9]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    WholeFile.write(link, NEW);
    assertThat(link).isSymbolicLink();
    assertThat(target).hasBinaryContent(NEW);
    Path dangling = Files.createSymbolicLink(folder.resolve("other"), Path.of("made"));
    WholeFile.write(dangling, NEW);
    assertThat(folder.resolve("made")).hasBinaryContent(NEW);
  }

  @Test
  void placesWhereNoFileCanBeAreTold() throws IOException {
    Path file = Files.write(folder.resolve("file"), NEW);
    assertThatThrownBy(() -> WholeFile.write(folder, NEW))
        .hasMessage(folder + ": cannot be written, it is a folder; name a file.");
    Path missing = folder.resolve("no/a.bin");
    assertThatThrownBy(() -> WholeFile.write(missing, NEW))
        .hasMessage(missing + ": cannot be written, there is no such folder.");
    assertThatThrownBy(() -> WholeFile.write(file.resolve("a.bin"), NEW))
        .isExactlyInstanceOf(PicassoException.class);
    Path circle = folder.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThatThrownBy(() -> WholeFile.write(circle, NEW)).hasMessageContaining("circle");
  }

  @Test
  void aDeviceGetsTheBytesAndStays() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    assertThatThrownBy(() -> WholeFile.write(full, NEW))
        .isInstanceOf(MachineException.class)
        .hasMessageStartingWith("/dev/full: cannot be written, there is no room (");
    WholeFile.write(Path.of("/dev/null"), NEW);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void anInterruptedThreadWritesNothing() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> WholeFile.write(folder.resolve("a.bin"), NEW))
          .hasMessageContaining("the work was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void tooLittleMemoryIsToldWithTheRemedyThatHelps() {
    assertThat(MachineException.ofMemory(new OutOfMemoryError("Java heap space")))
        .hasMessageContaining("PICASSO_OPTS=-Xmx");
    assertThat(
            MachineException.ofMemory(
                new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory")))
        .hasMessageContaining("MaxDirectMemorySize");
  }
}
