package dev.picasso.belief.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.belief.Measure;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresFileTest {
  private static final String NAME = "a,\n\"b\" é.png";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve(MeasuresFile.NAME);
  }

  private static List<Row> rows(String image, String hash, String method, double area) {
    return List.of(
        new Row(image, hash, "cat", .5, method, "deletion", "area", area, Measure.Better.LOWER),
        new Row(image, hash, "cat", .5, method, "deletion", "holds", 1, Measure.Better.HIGHER));
  }

  private List<Row> read() {
    List<Row> rows = new ArrayList<>();
    MeasuresFile.each(file(), rows::add);
    return rows;
  }

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    List<Row> rows = rows(NAME, "aa", "rise(masks=10, seed=1)", Double.MIN_VALUE);
    try (MeasuresFile table = MeasuresFile.open(file())) {
      table.add(rows);
    }
    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void whatIsFinishedIsKnownWhenItIsOpenedAgain() throws IOException {
    try (MeasuresFile table = MeasuresFile.open(file())) {
      table.add(rows("a.png", "aa", "rise", .1));
    }
    try (MeasuresFile table = MeasuresFile.open(file())) {
      assertThat(table.size()).isOne();
      assertThat(table.has("aa", "rise", "deletion")).isTrue();
      assertThat(table.has("ab", "rise", "deletion")).isFalse();
      assertThat(table.has("aa", "rise(masks=10)", "deletion")).isFalse();
      assertThat(table.has("aa", "rise", "deletion(substrate=blur)")).isFalse();
    }
  }

  /**
   * Wherever a run is killed, the next one finds whole checks, and adds the rest without doubles.
   */
  @Test
  void aTableThatEndsAnywhereCanBeGoneOnWith() throws IOException {
    List<Row> first = rows(NAME, "aa", "rise", .1);
    List<Row> second = rows("c.png", "cc", "rise", .2);
    try (MeasuresFile table = MeasuresFile.open(file())) {
      table.add(first);
      table.add(second);
    }
    byte[] whole = Files.readAllBytes(file());
    List<Row> all = new ArrayList<>(first);
    all.addAll(second);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file(), java.util.Arrays.copyOf(whole, length));
      try (MeasuresFile table = MeasuresFile.open(file())) {
        for (List<Row> rows : List.of(first, second)) {
          if (!table.has(rows.get(0).sha256(), "rise", "deletion")) {
            table.add(rows);
          }
        }
      }
      assertThat(Files.readAllBytes(file())).as("cut at %d", length).isEqualTo(whole);
    }
  }

  @Test
  void anotherTableIsLeftAlone() throws IOException {
    Files.writeString(file(), "name,age\nAda,36\n");
    assertThatThrownBy(() -> MeasuresFile.open(file()))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("is no table of measures");
    assertThat(file()).hasContent("name,age\nAda,36\n");
  }

  @Test
  void aLineThatIsNoRowIsTold() throws IOException {
    try (MeasuresFile table = MeasuresFile.open(file())) {
      table.add(rows("a.png", "aa", "rise", .1));
    }
    Files.writeString(file(), "x,y\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> MeasuresFile.open(file()))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void columnsHoldWhatTheTableHolds() throws IOException {
    try (MeasuresFile table = MeasuresFile.open(file())) {
      table.add(rows(NAME, "aa", "rise", .1));
      table.add(rows("c.png", "cc", "grad-cam", Double.NaN));
    }
    Path columns = folder.resolve("measures.h5");
    ColumnFile.write(file(), columns);
    try (HdfFile read = new HdfFile(columns)) {
      assertThat((String[]) read.getDatasetByPath("/image").getData())
          .containsExactly(NAME, NAME, "c.png", "c.png");
      assertThat((String[]) read.getDatasetByPath("/measure").getData())
          .containsExactly("area", "holds", "area", "holds");
      assertThat((double[]) read.getDatasetByPath("/value").getData())
          .containsExactly(.1, 1, Double.NaN, 1);
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("measures.csv", "measures.h5");
    assertThat(new String(Files.readAllBytes(file()), StandardCharsets.UTF_8)).contains("é");
  }
}
