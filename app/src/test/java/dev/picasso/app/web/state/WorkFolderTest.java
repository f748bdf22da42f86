package dev.picasso.app.web.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  /** Exits with 0 if another process holds the lock. */
  private static final String PROBE =
      """
      import java.nio.channels.*;
      import java.nio.file.*;
      class Probe {
        public static void main(String[] file) throws Exception {
          var lock = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE).tryLock();
          System.exit(lock == null ? 0 : 3);
        }
      }
      """;

  @TempDir Path parent;

  private boolean isHeld(WorkFolder folder) throws IOException, InterruptedException {
    Path probe = Files.writeString(parent.resolve("Probe.java"), PROBE);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    int code =
        new ProcessBuilder(
                java.toString(), probe.toString(), folder.path().resolve("lock").toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isIn(0, 3);
    return code == 0;
  }

  /**
   * As if it had been there for long. Files.setLastModifiedTime would open, close and unlock it.
   */
  private static void age(WorkFolder folder) {
    assertThat(folder.path().resolve("lock").toFile().setLastModified(0)).isTrue();
  }

  @Test
  void anotherServerOfThisProcessLeavesItsFolderLockedForOtherProcesses() throws Exception {
    try (WorkFolder first = WorkFolder.in(parent)) {
      age(first);
      try (WorkFolder second = WorkFolder.in(parent)) {
        assertThat(second.path()).isNotEqualTo(first.path());
        assertThat(first.path()).isDirectory();
        assertThat(isHeld(first)).isTrue();
      }
    }
  }

  @Test
  void aFolderThatStaysIsHadOnceInThisProcessAndAgainAfterwards() throws Exception {
    Path kept = parent.resolve("kept");
    try (WorkFolder first = WorkFolder.staying(kept).orElseThrow()) {
      assertThat(WorkFolder.staying(kept)).isEmpty();
      assertThat(isHeld(first)).isTrue();
    }
    try (WorkFolder again = WorkFolder.staying(kept).orElseThrow()) {
      assertThat(again.stays()).isTrue();
    }
  }
}
