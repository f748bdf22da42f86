package dev.picasso.visualization.testkit;

import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import java.util.ArrayList;
import java.util.List;

/** A listener that remembers what it heard, and may ask to stop. */
final class Watched implements Listener {
  private final int stopAfter;
  private final List<Double> shares = new ArrayList<>();
  private final List<ImageResult> finished = new ArrayList<>();
  private int asked;

  /**
   * A listener.
   *
   * @param stopAfter how often it says that the work should go on
   */
  Watched(int stopAfter) {
    this.stopAfter = stopAfter;
  }

  /** The shares of the work, in the order in which they were told. */
  List<Double> shares() {
    return shares;
  }

  List<ImageResult> finished() {
    return finished;
  }

  @Override
  public void progress(double share) {
    shares.add(share);
  }

  @Override
  public void finished(int index, ImageResult result) {
    finished.add(result);
  }

  @Override
  public boolean cancelled() {
    return asked++ >= stopAfter;
  }
}
