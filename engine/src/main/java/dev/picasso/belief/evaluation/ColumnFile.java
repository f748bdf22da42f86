package dev.picasso.belief.evaluation;

import dev.picasso.WholeFile;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of rows as an HDF5 file: a dataset for each column, all of one length, texts in UTF-8 and
 * numbers as doubles. Columns are read alone and without parsing, in Python (h5py), R, Julia and
 * MATLAB. It is made at the end, in memory: a hundred bytes a row or so.
 */
final class ColumnFile {
  private ColumnFile() {}

  /** The columns of a table, while it is read. */
  private static final class Columns {
    final List<List<String>> texts = new ArrayList<>();
    final List<double[]> numbers = new ArrayList<>();
    final Map<String, String> known = new HashMap<>();

    /** Equal texts become one, so that a column of few methods takes few bytes. */
    String one(String text) {
      String before = known.putIfAbsent(text, text);
      return before == null ? text : before;
    }
  }

  /** Writes all finished rows of a table. */
  static void write(Path table, Path file) {
    Columns read = new Columns();
    MeasuresFile.each(
        table,
        row -> {
          List<String> cells = new ArrayList<>(row.cells());
          cells.remove(7); // the value
          cells.remove(3); // the probability
          read.texts.add(cells.stream().map(read::one).toList());
          read.numbers.add(new double[] {row.probability(), row.value()});
        });
    List<String> texts = new ArrayList<>(Row.COLUMNS);
    texts.remove(7);
    texts.remove(3);
    Path part = file.resolveSibling(WholeFile.UNFINISHED + file.getFileName());
    try {
      try (WritableHdfFile out = HdfFile.write(part)) {
        for (int c = 0; c < texts.size(); c++) {
          int column = c;
          out.putDataset(
              texts.get(c), read.texts.stream().map(r -> r.get(column)).toArray(String[]::new));
        }
        out.putDataset("probability", read.numbers.stream().mapToDouble(n -> n[0]).toArray());
        out.putDataset("value", read.numbers.stream().mapToDouble(n -> n[1]).toArray());
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (HdfException e) {
      throw WholeFile.problem(
          file, e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e));
    } catch (UncheckedIOException e) {
      throw WholeFile.problem(file, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw WholeFile.problem(file, e);
    }
  }
}
