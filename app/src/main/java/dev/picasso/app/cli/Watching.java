package dev.picasso.app.cli;

import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import java.nio.file.Path;
import java.util.List;

/** Draws the share of all images, and the image at work. */
record Watching(ProgressBar bar, List<Path> files) implements Listener {
  @Override
  public void progress(double share) {
    int index = Math.min((int) Math.floor(share * files.size()), files.size() - 1);
    bar.show(share, files.get(index).toString());
  }

  @Override
  public void finished(int image, ImageResult result) {}

  @Override
  public boolean cancelled() {
    return false;
  }
}
