package dev.picasso.app.cli;

import dev.picasso.Words;
import dev.picasso.catalogue.PullListener;
import java.io.PrintWriter;

/** How far a download is: a bar on a terminal, a line at every tenth elsewhere. */
final class PullProgress implements PullListener {
  private final PrintWriter out;
  private final ProgressBar bar;
  private final boolean lines;
  private final String name;
  private long told;

  private PullProgress(PrintWriter out, ProgressBar bar, boolean lines, String name) {
    this.out = out;
    this.bar = bar;
    this.lines = lines;
    this.name = name;
  }

  static PullProgress on(PrintWriter out, String name) {
    boolean terminal = ProgressBar.isTerminal();
    return new PullProgress(out, ProgressBar.onTerminal(), !terminal, name);
  }

  @Override
  public void progress(long bytes, long of) {
    String text = "%s, %s of %s".formatted(name, Words.bytes(bytes), Words.bytes(of));
    bar.show((double) bytes / of, text);
    long tenth = bytes * 10 / of;
    if (lines && tenth > told && bytes < of) {
      told = tenth;
      out.println(text);
      out.flush();
    }
  }

  /** Takes the bar away. */
  void end() {
    bar.clear();
  }

  @Override
  public boolean cancelled() {
    return Thread.currentThread().isInterrupted();
  }
}
