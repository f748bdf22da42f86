package dev.picasso.belief.evaluation;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.visualization.Csv;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table of {@link Row}s as comma-separated values, which grows check by check. Killed at any
 * moment, it can be gone on with: what was not finished is cut off, and what was is known. Only an
 * eight-byte mark of each finished check is in memory.
 */
public final class MeasuresFile implements Closeable {
  /** Its name in a folder of results. */
  public static final String NAME = "measures.csv";

  private final Path path;
  private final RandomAccessFile file;
  private final Set<Long> finished;

  private MeasuresFile(Path path, RandomAccessFile file, Set<Long> finished) {
    this.path = path;
    this.file = file;
    this.finished = finished;
  }

  /**
   * Opens a table to go on with, or begins one.
   *
   * @throws PicassoException if the file is another table
   */
  public static MeasuresFile open(Path path) {
    try {
      boolean there = Files.exists(path) && Files.size(path) > 0;
      Set<Long> finished = new HashSet<>();
      long end = there ? read(path, row -> noteIn(finished, row)) : 0;
      // Not a channel: an interrupted thread would close it.
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      file.setLength(end);
      file.seek(end);
      MeasuresFile opened = new MeasuresFile(path, file, finished);
      if (end == 0) {
        opened.write(Csv.line(Row.COLUMNS));
      }
      return opened;
    } catch (IOException e) {
      throw WholeFile.problem(path, e);
    }
  }

  private static void noteIn(Set<Long> finished, Row row) {
    if (row.measure().equals(Row.HOLDS)) {
      finished.add(mark(row.sha256(), row.method(), row.check()));
    }
  }

  /** What tells a finished check from all others. */
  private static long mark(String sha256, String method, String check) {
    long hash = 1125899906842597L;
    for (char c : (sha256 + '\n' + method + '\n' + check).toCharArray()) {
      hash = 31 * hash + c;
    }
    return hash;
  }

  /** Whether a check of a method's map of an image is in the table. */
  public boolean has(String sha256, String method, String check) {
    return finished.contains(mark(sha256, method, check));
  }

  /** How many checks are in the table. */
  public int size() {
    return finished.size();
  }

  /**
   * Adds what checks found, as {@link Row#of} made it.
   *
   * @throws dev.picasso.MachineException if the disk is full
   */
  public void add(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Csv.line(row.cells())));
    try {
      write(text.toString());
    } catch (IOException e) {
      throw WholeFile.problem(path, e);
    }
    rows.forEach(row -> noteIn(finished, row));
  }

  private void write(String text) throws IOException {
    file.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads all finished rows, one after another. */
  public static void each(Path path, Consumer<Row> rows) {
    try {
      read(path, rows);
    } catch (IOException e) {
      throw new PicassoException(path + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Returns where the last finished check ends. */
  private static long read(Path path, Consumer<Row> rows) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      CsvRecords records = new CsvRecords(in);
      List<String> head = records.next();
      if (!head.isEmpty() && !head.equals(Row.COLUMNS)) {
        throw new PicassoException(
            path + ": is no table of measures, and so is not written over; name another folder.");
      }
      long end = records.end();
      List<Row> open = new java.util.ArrayList<>();
      for (List<String> cells = records.next(); !cells.isEmpty(); cells = records.next()) {
        Row row = row(path, cells);
        open.add(row);
        if (row.measure().equals(Row.HOLDS)) {
          open.forEach(rows);
          open.clear();
          end = records.end();
        }
      }
      return end;
    }
  }

  private static Row row(Path path, List<String> cells) {
    try {
      return Row.of(cells);
    } catch (IllegalArgumentException e) {
      throw new PicassoException(
          path + ": is damaged; a line of it is no row of measures: " + String.join(",", cells), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
