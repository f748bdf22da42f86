package dev.picasso.app.archive;

import dev.picasso.PicassoException;
import dev.picasso.app.archive.KeptRun.Image;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
  /** What this program writes; files of later ones are left alone. */
  private static final int VERSION = 1;

  private static final int PATIENCE = 10_000;

  private static final String COLUMNS =
      "id, owner, name, model, graph, visualization, method, state, finished, made, bytes";

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE run (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL,
            graph TEXT NOT NULL, visualization TEXT NOT NULL, method TEXT NOT NULL,
            state TEXT NOT NULL, finished INTEGER NOT NULL, made INTEGER NOT NULL,
            bytes INTEGER NOT NULL)\
          """,
          """
          CREATE TABLE image (
            run TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE, number INTEGER NOT NULL,
            id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, number))\
          """,
          "CREATE INDEX run_made ON run(made)",
          "CREATE INDEX image_id ON image(id)",
          "PRAGMA user_version = " + VERSION);

  private final Path file;
  private final Connection connection;

  private RunTable(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
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
        requireSchema(file, connection, reading);
        return new RunTable(file, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw problem(file, e);
    }
  }

  private static void requireSchema(Path file, Connection connection, boolean reading)
      throws SQLException {
    int version = number(connection, "PRAGMA user_version");
    if (version == 0 && !reading && number(connection, "SELECT COUNT(*) FROM sqlite_master") == 0) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String line : SCHEMA) {
          statement.execute(line);
        }
        connection.commit();
      }
      connection.setAutoCommit(true);
    } else if (version != VERSION) {
      throw new PicassoException(
          file
              + ": "
              + (version > VERSION
                  ? "was written by a newer Picasso. Update this one"
                  : "is no table of runs that Picasso wrote. Move it away")
              + ", or name another folder with --data.");
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() ? found.getInt(1) : 0;
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
    return ask("UPDATE run SET name = ? WHERE id = ?", PreparedStatement::executeUpdate, name, id)
        > 0;
  }

  /** Takes a run out; false if there is no such run. */
  boolean remove(String id) {
    return ask("DELETE FROM run WHERE id = ?", PreparedStatement::executeUpdate, id) > 0;
  }

  Optional<KeptRun> find(String id) {
    return runs("WHERE id = ?", id).stream().findFirst();
  }

  /** The newest first. */
  List<KeptRun> newest(Optional<String> owner, int most) {
    return owner.isPresent()
        ? runs("WHERE owner = ? ORDER BY made DESC, id LIMIT ?", owner.get(), most)
        : runs("ORDER BY made DESC, id LIMIT ?", most);
  }

  /** Those made before a moment that have no name. */
  List<KeptRun> before(Instant moment) {
    return runs("WHERE made < ? AND name = '' ORDER BY made", moment.toEpochMilli());
  }

  /** Ids of all runs. */
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

  /** Bytes of all runs. */
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
   * The run that goes first where there is no room: of whoever has most, the oldest; those with a
   * name last.
   */
  Optional<KeptRun> leastLoss() {
    return runs(
            """
            WHERE owner = (SELECT owner FROM run GROUP BY owner ORDER BY SUM(bytes) DESC LIMIT 1)
            ORDER BY name <> '', made LIMIT 1\
            """)
        .stream()
        .findFirst();
  }

  /** A run that explained an image of that id. */
  Optional<KeptRun> withImage(String image) {
    return runs("WHERE id = (SELECT image.run FROM image WHERE image.id = ? LIMIT 1)", image)
        .stream()
        .findFirst();
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
