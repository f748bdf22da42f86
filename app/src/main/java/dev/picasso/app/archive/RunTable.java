package dev.picasso.app.archive;

import dev.picasso.PicassoException;
import dev.picasso.app.archive.KeptRun.Image;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The table of kept runs, in a file of SQLite. A run is there when its row is; each change is on
 * the disk when its method returns. Several processes may have it open at once.
 */
final class RunTable implements AutoCloseable {
  private static final int PATIENCE = 10_000;

  private static final String COLUMNS =
      "id, owner, name, model, graph, visualization, method, state, finished, made, bytes";

  private final Path file;
  private final Connection connection;

  /** Which runs are not deleted, as a condition. */
  private final String there;

  private RunTable(Path file, Connection connection, String there) {
    this.file = file;
    this.connection = connection;
    this.there = there;
  }

  /**
   * Opens the table, and makes it where there is none.
   *
   * @throws PicassoException if the file is none of this program's, or damaged
   */
  static RunTable open(Path file) {
    return open(file, false);
  }

  /** Opens a table that is there, to read it while a server writes. */
  static RunTable read(Path file) {
    return open(file, true);
  }

  /** Loads SQLite, which is a library of the system's as well. */
  static void foresee() {
    try {
      new SQLiteConfig().createConnection("jdbc:sqlite::memory:").close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RunTable open(Path file, boolean reading) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(PATIENCE);
    config.enforceForeignKeys(true);
    if (reading) {
      config.setReadOnly(true);
    } else {
      config.setJournalMode(JournalMode.WAL); // readers and a writer do not wait for one another
      config.setSynchronous(SynchronousMode.FULL); // a row is on the disk when it is there
    }
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try {
        return new RunTable(file, connection, RunSchema.require(file, connection, reading));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  /** Something that is asked of the table. */
  @FunctionalInterface
  private interface Asking<R> {
    R ask(PreparedStatement statement) throws SQLException;
  }

  private synchronized <R> R ask(String sql, Asking<R> asking, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return asking.ask(statement);
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  private static PicassoException problem(Path file, SQLException e) {
    return new PicassoException(
        file + ": the table of runs cannot be used (" + e.getMessage() + ").", e);
  }

  /** Adds a run; it is on the disk when this returns. */
  synchronized void add(KeptRun run) {
    try {
      connection.setAutoCommit(false);
      try {
        int unused =
            ask(
                "INSERT INTO run (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                PreparedStatement::executeUpdate,
                run.id(),
                run.owner(),
                run.name(),
                run.model(),
                run.graph(),
                run.visualization(),
                run.method(),
                run.state(),
                run.finished(),
                run.made().toEpochMilli(),
                run.bytes());
        for (int i = 0; i < run.images().size(); i++) {
          Image image = run.images().get(i);
          unused =
              ask(
                  "INSERT INTO image (run, number, id, name) VALUES (?,?,?,?)",
                  PreparedStatement::executeUpdate,
                  run.id(),
                  i,
                  image.id(),
                  image.name());
        }
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  /** Gives a run another name; false if there is no such run. */
  boolean rename(String id, String name) {
    return changes("UPDATE run SET name = ? WHERE id = ? AND " + there, name, id);
  }

  /** Takes a run out; false if there is no such run. */
  boolean remove(String id) {
    return changes("DELETE FROM run WHERE id = ?", id);
  }

  /** Deletes a run so that it can be restored; false if there is no such run. */
  boolean markDeleted(String id, Instant moment) {
    return changes(
        "UPDATE run SET deleted = ? WHERE id = ? AND deleted IS NULL", moment.toEpochMilli(), id);
  }

  /** Takes a deletion back; false if there is no such run that is deleted. */
  boolean restore(String id) {
    return changes("UPDATE run SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL", id);
  }

  /** Takes a run out unless it was restored; false if there is no such run that is deleted. */
  boolean removeDeleted(String id) {
    return changes("DELETE FROM run WHERE id = ? AND deleted IS NOT NULL", id);
  }

  private boolean changes(String sql, Object... values) {
    return ask(sql, PreparedStatement::executeUpdate, values) > 0;
  }

  /** A run that is deleted, and can be restored. */
  Optional<KeptRun> deleted(String id) {
    return runs("WHERE id = ? AND deleted IS NOT NULL", id).stream().findFirst();
  }

  /** All that are deleted, the longest first. */
  List<KeptRun> deleted() {
    return runs("WHERE deleted IS NOT NULL ORDER BY deleted");
  }

  /** Those deleted before a moment, the longest first. */
  List<KeptRun> deletedBefore(Instant moment) {
    return runs("WHERE deleted < ? ORDER BY deleted", moment.toEpochMilli());
  }

  /** Whether there is a run of that id. */
  boolean has(String id) {
    return ask(
        "SELECT 1 FROM run WHERE id = ? AND " + there,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
          }
        },
        id);
  }

  Optional<KeptRun> find(String id) {
    return runs("WHERE id = ? AND " + there, id).stream().findFirst();
  }

  /** The newest first. */
  List<KeptRun> newest(Optional<String> owner, int most) {
    String order = " ORDER BY made DESC, id LIMIT ?";
    return owner.isPresent()
        ? runs("WHERE owner = ? AND " + there + order, owner.get(), most)
        : runs("WHERE " + there + order, most);
  }

  /** Those made before a moment that have no name. */
  List<KeptRun> before(Instant moment) {
    return runs(
        "WHERE made < ? AND name = '' AND " + there + " ORDER BY made", moment.toEpochMilli());
  }

  /** Ids of all runs, also of deleted ones. */
  List<String> ids() {
    return ask(
        "SELECT id FROM run",
        statement -> {
          List<String> ids = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              ids.add(rows.getString(1));
            }
          }
          return ids;
        });
  }

  /** Bytes of all runs; those of deleted ones lie there still. */
  long bytes() {
    return ask(
        "SELECT COALESCE(SUM(bytes), 0) FROM run",
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
          }
        });
  }

  /**
   * The run that goes first where there is no room, once none is deleted: of whoever has most, the
   * oldest; those with a name last.
   */
  Optional<KeptRun> leastLoss() {
    String owner =
        "(SELECT owner FROM run WHERE "
            + there
            + " GROUP BY owner ORDER BY SUM(bytes) DESC LIMIT 1)";
    return runs("WHERE owner = " + owner + " AND " + there + " ORDER BY name <> '', made LIMIT 1")
        .stream()
        .findFirst();
  }

  /** A run that explained an image of that id. */
  Optional<KeptRun> withImage(String image) {
    String run =
        "(SELECT image.run FROM image JOIN run ON run.id = image.run WHERE image.id = ? AND "
            + there
            + " LIMIT 1)";
    return runs("WHERE id = " + run, image).stream().findFirst();
  }

  private List<KeptRun> runs(String where, Object... values) {
    return ask(
        "SELECT " + COLUMNS + " FROM run " + where,
        statement -> {
          List<KeptRun> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(run(rows));
            }
          }
          return found;
        },
        values);
  }

  private KeptRun run(ResultSet row) throws SQLException {
    String id = row.getString("id");
    return new KeptRun(
        id,
        row.getString("owner"),
        row.getString("name"),
        row.getString("model"),
        row.getString("graph"),
        row.getString("visualization"),
        row.getString("method"),
        row.getString("state"),
        images(id),
        row.getInt("finished"),
        Instant.ofEpochMilli(row.getLong("made")),
        row.getLong("bytes"));
  }

  private List<Image> images(String run) {
    return ask(
        "SELECT id, name FROM image WHERE run = ? ORDER BY number",
        statement -> {
          List<Image> images = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              images.add(new Image(rows.getString(1), rows.getString(2)));
            }
          }
          return images;
        },
        run);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }
}
