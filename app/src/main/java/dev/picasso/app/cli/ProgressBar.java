package dev.picasso.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** How far the work is, in one line that is drawn over again; nothing where nobody watches. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int LINE = 78;

  private final PrintWriter out;
  private final boolean live;
  private String shown = "";

  /**
   * A bar.
   *
   * @param live whether it is drawn at all
   */
  ProgressBar(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** A bar on the standard error, drawn if this is a terminal. */
  static ProgressBar onTerminal() {
    boolean terminal = isTerminal();
    Writer err =
        terminal ? new PrintWriter(System.err, false, Output.charset()) : Writer.nullWriter();
    return new ProgressBar(new PrintWriter(err), terminal);
  }

  /**
   * Draws the bar.
   *
   * @param share of the work that is done, from 0 to 1
   * @param what is being worked on
   */
  void show(double share, String what) {
    int full = (int) Math.round(share * WIDTH);
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %3d %%  %s",
            "=".repeat(full),
            " ".repeat(WIDTH - full),
            (int) Math.floor(share * 100),
            Shown.line(what));
    draw(line.substring(0, Math.min(LINE, line.length())));
  }

  /** Whether somebody sees it. */
  boolean isLive() {
    return live;
  }

  /** Takes the bar away, so that other text can stand there. */
  void clear() {
    draw("");
  }

  private void draw(String line) {
    if (live && !line.equals(shown)) {
      int leftOver = Math.max(0, shown.length() - line.length());
      out.print("\r" + line + " ".repeat(leftOver) + (line.isEmpty() ? "\r" : ""));
      out.flush();
      shown = line;
    }
  }

  /** Whether a person sees a line that is drawn over. */
  @SuppressWarnings("SystemConsoleNull") // null in Java 17 to 21 only; later ones are asked below
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal as well; only that Java can tell.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
