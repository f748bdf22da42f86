package dev.picasso.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a run that was at work when its process was killed. */
class JournalTest {
  private static final String ID = "atwork";

  @TempDir Path place;

  private Path folder;

  @BeforeEach
  void begin() throws IOException {
    try (Archive archive = Archive.open(place)) {
      folder = archive.newFolder(ID);
    }
    Journal.begin(folder, Killed.run(ID, "ada", Instant.EPOCH), told("how"));
  }

  private static ObjectNode told(String word) {
    return JsonNodeFactory.instance.objectNode().put("told", word);
  }

  private void finish(int index) throws IOException {
    String name = KeptFiles.result(index);
    Files.writeString(folder.resolve(name), "of image " + index);
    Journal.finished(folder, index, List.of(name), Optional.empty());
  }

  private Path journal() {
    return folder.resolve("journal.jsonl");
  }

  private List<Unfinished> unfinished() {
    try (Archive archive = Archive.open(place)) {
      return archive.unfinished();
    }
  }

  private List<Integer> finished() {
    return unfinished().stream().flatMap(run -> run.finished().keySet().stream()).toList();
  }

  @Test
  void whatWasFinishedIsThereWithAllThatIsToldOfTheRun() throws IOException {
    finish(0);
    Journal.finished(folder, 1, List.of(), Optional.of(told("why")));
    Files.writeString(folder.resolve("r2-original.png"), "half of it");
    Unfinished left = unfinished().get(0);
    assertThat(left.finished()).containsOnlyKeys(0, 1);
    assertThat(left.finished().get(1)).contains(told("why"));
    assertThat(left.told()).isEqualTo(told("how"));
    assertThat(left.run())
        .usingRecursiveComparison()
        .ignoringFields("state", "made", "finished")
        .isEqualTo(Killed.run(ID, "ada", Instant.EPOCH));
    assertThat(left.run().state()).isEqualTo("interrupted");
    assertThat(left.run().finished()).isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("what was half written is gone")
          .containsExactlyInAnyOrder("journal.jsonl", "r0.json");
    }
  }

  @Test
  void itIsThereAgainWhereTheNextServerIsKilledBeforeItWasKept() throws IOException {
    finish(0);
    assertThat(finished()).containsExactly(0);
    assertThat(finished()).containsExactly(0);
  }

  @Test
  void onceItIsKeptNothingIsUnfinished() throws IOException {
    finish(0);
    try (Archive archive = Archive.open(place)) {
      KeptRun kept = archive.keep(archive.unfinished().get(0).run());
      assertThat(kept.bytes()).isEqualTo(Files.size(folder.resolve("r0.json")));
      assertThat(archive.unfinished()).isEmpty();
      assertThat(archive.find(ID)).contains(kept);
    }
    assertThat(journal()).doesNotExist();
  }

  /** The row is written, and the journal is still there: killed in between. */
  @Test
  void aRunThatIsKeptIsNotUnfinished() throws IOException {
    finish(0);
    byte[] before = Files.readAllBytes(journal());
    try (Archive archive = Archive.open(place)) {
      archive.keep(Killed.run(ID, "ada", Instant.EPOCH));
    }
    Files.write(journal(), before);
    assertThat(unfinished()).isEmpty();
    assertThat(journal()).doesNotExist();
  }

  @Test
  void aRunOfWhichNothingWasFinishedGoes() {
    assertThat(unfinished()).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"index\":1,\"files\":{\"r1.json\":\"1", "\0\0\0\0\n", "[]\n", "\n"})
  void aLineThatIsNotWholeCountsForNothing(String line) throws IOException {
    finish(0);
    Files.writeString(journal(), line, StandardOpenOption.APPEND);
    assertThat(finished()).containsExactly(0);
  }

  @Test
  void aFileThatIsNotAsItWasCountsForNothing() throws IOException {
    finish(0);
    finish(1);
    finish(2);
    Files.writeString(folder.resolve(KeptFiles.result(0)), "of image X");
    Files.delete(folder.resolve(KeptFiles.result(1)));
    assertThat(finished()).containsExactly(2);
    assertThat(folder.resolve(KeptFiles.result(0))).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../runs.db", "..", "/etc/passwd", ""})
  void filesElsewhereAreNotLookedFor(String name) throws IOException {
    finish(0);
    String line = "{\"index\":1,\"files\":{\"" + name + "\":\"0 0\"}}\n";
    Files.writeString(journal(), line, StandardOpenOption.APPEND);
    assertThat(finished()).containsExactly(0);
  }

  @Test
  void aJournalCutInItsFirstLineIsNone() throws IOException {
    Files.writeString(journal(), "{\"run\":{\"id\":\"atwo");
    assertThat(unfinished()).isEmpty();
    assertThat(folder).doesNotExist();
  }
}
