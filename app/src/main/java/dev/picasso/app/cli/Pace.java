package dev.picasso.app.cli;

import dev.picasso.attribution.Attribution;
import dev.picasso.run.Judged;
import dev.picasso.run.Judging;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far a long piece of work is and how long it still takes: on a terminal in its bar, elsewhere
 * in a line every half minute. Images that take no work do not count for the time.
 */
final class Pace implements Judging.Sink, Listener {
  private static final long SECOND = 1_000_000_000L;
  private static final long SILENCE = 30 * SECOND;

  private final ProgressBar bar;
  private final List<Path> files;
  private final PrintWriter err;
  private final LongSupplier clock;
  private long begun;
  private long said;
  private boolean worked;
  private long spent;
  private int counted;
  private int finished;

  /**
   * Begins now.
   *
   * @param clock in nanoseconds
   */
  Pace(ProgressBar bar, List<Path> files, PrintWriter err, LongSupplier clock) {
    this.bar = bar;
    this.files = files;
    this.err = err;
    this.clock = clock;
    this.begun = clock.getAsLong();
    this.said = begun;
  }

  @Override
  public void judged(Judged judged) {
    worked();
  }

  /** The image at work takes its time. */
  void worked() {
    worked = true;
  }

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {}

  @Override
  public void finished(int index) {
    long now = clock.getAsLong();
    if (worked) {
      spent += now - begun;
      counted++;
    }
    begun = now;
    worked = false;
    finished = index + 1;
    if (!bar.isLive() && now - said >= SILENCE && finished < files.size()) {
      said = now;
      err.println(words() + ".");
    }
  }

  /** As in "1200 of 10000 images, 12 min left". */
  String words() {
    String left =
        counted == 0
            ? ""
            : ", " + duration(spent / counted * (files.size() - finished) / SECOND) + " left";
    return finished + " of " + files.size() + " images" + left;
  }

  private static String duration(long seconds) {
    long minutes = (seconds + 30) / 60;
    if (seconds < 100) {
      return seconds + " s";
    }
    return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  @Override
  public void progress(double share) {
    int index = Math.min((int) Math.floor(share * files.size()), files.size() - 1);
    bar.show(share, files.size() == 1 ? files.get(index).toString() : words());
  }

  @Override
  public void finished(int image, ImageResult result) {}
}
