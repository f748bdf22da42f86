package dev.picasso.app.cli;

import dev.picasso.run.Comparison;
import dev.picasso.run.Explained;
import dev.picasso.run.RecordedImage;
import dev.picasso.run.Sink;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Compares results with earlier ones as they come, and prints a line or more for each image. */
final class ComparingSink implements Sink {
  private final Path folder;
  private final List<RecordedImage> before;
  private final ProgressBar bar;
  private final PrintWriter out;
  private int equal;

  ComparingSink(Path folder, List<RecordedImage> before, ProgressBar bar, PrintWriter out) {
    this.folder = folder;
    this.before = before;
    this.bar = bar;
    this.out = out;
  }

  @Override
  public void explained(Explained explained) {
    RecordedImage recorded = before.get(explained.index());
    Comparison comparison = Comparison.of(folder, recorded, explained);
    bar.clear();
    String name = Shown.line(recorded.name());
    if (comparison.isEqual()) {
      equal++;
      int files = comparison.compared();
      int classes = recorded.classes().size();
      out.println(
          "%s: equal (%d %s, %d %s)"
              .formatted(
                  name,
                  classes,
                  classes == 1 ? "class" : "classes",
                  files,
                  files == 1 ? "file of numbers" : "files of numbers"));
    } else {
      comparison.differences().forEach(d -> out.println(name + ": " + Shown.line(d)));
    }
  }

  @Override
  public void failed(int index, String image, String problem) {}

  /** How many images were equal. */
  int equal() {
    return equal;
  }
}
