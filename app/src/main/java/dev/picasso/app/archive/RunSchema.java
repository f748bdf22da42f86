package dev.picasso.app.archive;

import dev.picasso.PicassoException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the table of runs looks like; those of former programs are renewed, with all that they hold.
 */
final class RunSchema {
  /** What this program writes; files of later ones are left alone. */
  private static final int VERSION = 2;

  /** Had no runs that were deleted and can be restored. */
  private static final int BEFORE_DELETED = 1;

  private static final List<String> MAKING =
      List.of(
          """
          CREATE TABLE run (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL,
            graph TEXT NOT NULL, visualization TEXT NOT NULL, method TEXT NOT NULL,
            state TEXT NOT NULL, finished INTEGER NOT NULL, made INTEGER NOT NULL,
            bytes INTEGER NOT NULL, deleted INTEGER)\
          """,
          """
          CREATE TABLE image (
            run TEXT NOT NULL REFERENCES run(id) ON DELETE CASCADE, number INTEGER NOT NULL,
            id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, number))\
          """,
          "CREATE INDEX run_made ON run(made)",
          "CREATE INDEX image_id ON image(id)",
          "PRAGMA user_version = " + VERSION);

  private static final List<String> RENEWING =
      List.of("ALTER TABLE run ADD COLUMN deleted INTEGER", "PRAGMA user_version = " + VERSION);

  private RunSchema() {}

  /**
   * Makes the table where there is none, and renews one of a former program, unless it is only
   * read.
   *
   * @return which runs are not deleted, as a condition
   * @throws PicassoException if the file is none of this program's
   */
  static String require(Path file, Connection connection, boolean reading) throws SQLException {
    int version = number(connection, "PRAGMA user_version");
    boolean renewed = !reading && version == BEFORE_DELETED;
    boolean made =
        !reading && version == 0 && number(connection, "SELECT COUNT(*) FROM sqlite_master") == 0;
    if (made || renewed) {
      execute(connection, made ? MAKING : RENEWING);
    } else if (version == BEFORE_DELETED) {
      return "TRUE";
    } else if (version != VERSION) {
      throw new PicassoException(
          file
              + ": "
              + (version > VERSION
                  ? "was written by a newer Picasso. Update this one"
                  : "is no table of runs that Picasso wrote. Move it away")
              + ", or name another folder with --data.");
    }
    return "run.deleted IS NULL";
  }

  /** All of it or nothing. */
  private static void execute(Connection connection, List<String> lines) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String line : lines) {
        statement.execute(line);
      }
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() ? found.getInt(1) : 0;
    }
  }
}
