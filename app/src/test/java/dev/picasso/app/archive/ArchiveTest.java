package dev.picasso.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static KeptRun keep(Archive archive, String id, String owner, Instant made, int bytes)
      throws IOException {
    Files.write(archive.newFolder(id).resolve(KeptFiles.result(0)), new byte[bytes]);
    return archive.keep(Killed.run(id, owner, made));
  }

  private static List<String> ids(Archive archive) {
    return archive.newest(Optional.empty(), 100).stream().map(KeptRun::id).toList();
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      return all.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  @Test
  void whatIsKeptIsThereWhenItIsOpenedAgain() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      keep(archive, "second", "bob", START.plusSeconds(1), 20);
      assertThat(archive.rename("first1", "  The\nfirst ")).isTrue();
    }
    try (Archive archive = Archive.open(folder)) {
      assertThat(ids(archive)).containsExactly("second", "first1");
      assertThat(archive.newest(Optional.of("ada"), 5)).hasSize(1);
      KeptRun first = archive.find("first1").orElseThrow();
      assertThat(first.name()).isEqualTo("The first");
      assertThat(first.title()).isEqualTo("The first");
      assertThat(archive.find("second").orElseThrow().title()).isEqualTo("Saliency of Tanks");
      assertThat(first.bytes()).isEqualTo(10);
      assertThat(first.made()).isEqualTo(START);
      assertThat(first.images()).containsExactly(new KeptRun.Image("imagefirst1", "tank.jpg"));
    }
  }

  @Test
  void aRunThatWasNotKeptIsSeenByNobodyAndGoes() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      Files.writeString(archive.newFolder("halfway").resolve("r0.json"), "{");
      assertThat(archive.find("halfway")).isEmpty();
      assertThat(ids(archive)).isEmpty();
    }
    Archive.open(folder).close();
    assertThat(folders()).isEmpty();
  }

  @Test
  void aRunWhoseFilesWereTakenAwayIsNotListed() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "robbed", "ada", START, 1);
      Files.delete(archive.folder("robbed").resolve("r0.json"));
      Files.delete(archive.folder("robbed"));
    }
    try (Archive archive = Archive.open(folder)) {
      assertThat(ids(archive)).isEmpty();
    }
  }

  @Test
  void anotherProcessReadsWhatAServerHasOpen() throws IOException {
    assertThat(Archive.read(folder)).isEmpty();
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      try (Archive reading = Archive.read(folder).orElseThrow()) {
        assertThat(ids(reading)).containsExactly("first1");
        keep(archive, "second", "ada", START.plusSeconds(1), 10);
        assertThat(ids(reading)).containsExactly("second", "first1");
        assertThatThrownBy(() -> reading.rename("first1", "x"))
            .isInstanceOf(PicassoException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../runs.db", "a/b", "", "ABCDEFGH", "first1\0", "' OR 1=1 --", "first1/"})
  void idsOfAnotherFormAreOfNoRun(String id) throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      assertThat(archive.find(id)).isEmpty();
      assertThat(archive.delete(id, START)).isFalse();
      assertThat(archive.discard(id)).isFalse();
      assertThat(archive.restore(id)).isFalse();
      assertThat(archive.deleted(id)).isEmpty();
      assertThatThrownBy(() -> archive.newFolder(id)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> archive.folder(id)).isInstanceOf(IllegalArgumentException.class);
      assertThat(archive.withImage(id)).isEmpty();
      assertThat(ids(archive)).containsExactly("first1");
    }
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      assertThatThrownBy(() -> archive.rename("first1", "x".repeat(121)))
          .hasMessage("The name has 121 characters; it may have 120.");
      assertThat(archive.rename("nobody", "x")).isFalse();
    }
  }

  @Test
  void whatIsOldGoesUnlessItHasAName() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "older1", "ada", START, 10);
      keep(archive, "named1", "ada", START, 10);
      keep(archive, "newer1", "ada", START.plus(Duration.ofDays(5)), 10);
      archive.rename("named1", "Figure 2");
      assertThat(archive.clean(START.plus(Duration.ofDays(10)), Duration.ofDays(7), 1000))
          .isEqualTo(1);
      assertThat(ids(archive)).containsExactly("newer1", "named1");
      assertThat(folders()).containsExactly("named1", "newer1");
    }
  }

  @Test
  void whereThereIsNoRoomTheOldestOfWhoeverHasMostGoesAndNamedOnesLast() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "adas01", "ada", START, 400);
      keep(archive, "adas02", "ada", START.plusSeconds(2), 400);
      keep(archive, "adas03", "ada", START.plusSeconds(3), 400);
      keep(archive, "bobs01", "bob", START.minusSeconds(9), 700);
      archive.rename("adas01", "the best");
      archive.clean(START, Duration.ofDays(9), 1500);
      assertThat(ids(archive)).containsExactlyInAnyOrder("adas01", "adas03", "bobs01");
      archive.clean(START, Duration.ofDays(9), 1400);
      assertThat(ids(archive)).containsExactlyInAnyOrder("adas01", "bobs01");
      archive.clean(START, Duration.ofDays(9), 0);
      assertThat(ids(archive)).isEmpty();
      assertThat(folders()).isEmpty();
    }
  }

  @Test
  void aDeletedRunIsSeenByNobodyAndCanBeRestoredForAWhile() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      archive.rename("first1", "Figure 2");
      KeptRun before = archive.find("first1").orElseThrow();
      assertThat(archive.delete("first1", START)).isTrue();
      assertThat(archive.find("first1")).isEmpty();
      assertThat(ids(archive)).isEmpty();
      assertThat(archive.newest(Optional.of("ada"), 9)).isEmpty();
      assertThat(archive.withImage("imagefirst1")).isEmpty();
      assertThat(archive.rename("first1", "x")).isFalse();
      assertThat(archive.delete("first1", START)).as("twice").isFalse();
      assertThat(archive.deleted("first1")).contains(before);
      try (Archive reading = Archive.read(folder).orElseThrow()) {
        assertThat(ids(reading)).isEmpty();
      }
      assertThat(archive.restore("first1")).isTrue();
      assertThat(archive.find("first1")).contains(before);
      assertThat(archive.restore("first1")).as("it is there").isFalse();
      assertThat(archive.deleted("first1")).isEmpty();
    }
  }

  @Test
  void whatWasDeletedGoesForGoodAfterAWhileAlsoWhereAServerWasKilled() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
      keep(archive, "second", "ada", START, 10);
      archive.delete("first1", START);
      archive.delete("second", START.plusSeconds(1));
    }
    try (Archive archive = Archive.open(folder)) {
      assertThat(folders()).containsExactly("first1", "second");
      assertThat(
              archive.clean(START.plus(Archive.RESTORABLE).plusMillis(1), Duration.ofDays(9), 99))
          .as("nobody has lost anything")
          .isZero();
      assertThat(folders()).containsExactly("second");
      assertThat(archive.restore("first1")).isFalse();
      assertThat(archive.restore("second")).isTrue();
    }
  }

  @Test
  void whatWasDeletedTakesRoomAndMakesSomeFirst() throws IOException {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "older1", "ada", START, 400);
      keep(archive, "newer1", "ada", START.plusSeconds(2), 400);
      keep(archive, "bobs01", "bob", START, 100);
      archive.delete("newer1", START.plusSeconds(3));
      archive.delete("bobs01", START.plusSeconds(4));
      archive.clean(START.plusSeconds(5), Duration.ofDays(9), 900);
      assertThat(folders()).as("there is room").hasSize(3);
      archive.clean(START.plusSeconds(5), Duration.ofDays(9), 500);
      assertThat(folders()).containsExactly("bobs01", "older1");
      assertThat(archive.restore("bobs01")).isTrue();
    }
  }

  /** Of the program before deleted runs could be restored. */
  @Test
  void aTableOfTheVersionBeforeIsReadAsItIsAndRenewedWhereItIsOpened() throws Exception {
    try (Archive archive = Archive.open(folder)) {
      keep(archive, "first1", "ada", START, 10);
    }
    Path table = folder.resolve(Archive.TABLE);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + table);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE run DROP COLUMN deleted");
      statement.execute("PRAGMA user_version = 1");
    }
    try (Archive reading = Archive.read(folder).orElseThrow()) {
      assertThat(ids(reading)).containsExactly("first1");
    }
    try (Archive archive = Archive.open(folder)) {
      assertThat(ids(archive)).containsExactly("first1");
      assertThat(archive.delete("first1", START)).isTrue();
      assertThat(ids(archive)).isEmpty();
    }
  }

  @Test
  void aTableOfAnotherProgramIsLeftAlone() throws IOException {
    Path table = folder.resolve(Archive.TABLE);
    Files.writeString(table, "this is no table at all, but a text of some length");
    assertThatThrownBy(() -> Archive.open(folder))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("runs.db");
    assertThat(table).content().startsWith("this is no table");
  }

  /**
   * Killed five times, after more and more runs; each time the next one finds all that was told.
   */
  @Test
  void aKillLosesNoRunThatWasToldAndLeavesNoneThatIsNotWhole() throws Exception {
    List<String> told = new ArrayList<>();
    for (int kill = 0; kill < 5; kill++) {
      Path place = folder.resolve("kill" + kill);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Killed.class.getName(),
                  place.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      told.clear();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i <= 3 * kill; i++) {
          told.add(out.readLine());
        }
        process.toHandle().destroyForcibly(); // SIGKILL, while it writes the next one
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          told.add(line);
        }
      }
      process.waitFor();
      try (Archive archive = Archive.open(place)) {
        List<String> kept = ids(archive);
        assertThat(kept).containsAll(told);
        for (String id : kept) {
          for (int file = 0; file < 4; file++) {
            assertThat(archive.folder(id).resolve(KeptFiles.result(file))).hasSize(50_000);
          }
        }
        List<Unfinished> unfinished = archive.unfinished();
        for (Unfinished run : unfinished) {
          for (int file : run.finished().keySet()) {
            assertThat(archive.folder(run.run().id()).resolve(KeptFiles.result(file)))
                .hasSize(50_000);
          }
        }
        try (Stream<Path> left = Files.list(place.resolve("runs"))) {
          assertThat(left).hasSize(kept.size() + unfinished.size());
        }
      }
    }
  }
}
