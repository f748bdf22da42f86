package dev.picasso.app.archive;

import java.nio.file.Path;

/** What files a kept run has beside those of its results, which are called r0, r1 and so on. */
public final class KeptFiles {
  /** Where the results come from, and all of them, as everywhere. */
  public static final String RESULTS = "results.json";

  /** What was asked, of which model, and what came of it, as answers tell it. */
  public static final String RUN = "run.json";

  private KeptFiles() {}

  /** One image's results without where they come from. */
  public static String result(int index) {
    return "r" + index + ".json";
  }

  /** The image as it was uploaded; decoded by its content. */
  public static String image(int index) {
    return "i" + index + ".image";
  }

  /** A small PNG of the image. */
  public static String thumb(int index) {
    return "i" + index + ".thumb.png";
  }

  /** A small PNG of an image's first map or picture, for lists; not every run has it. */
  public static String small(int index) {
    return "s" + index + ".png";
  }

  static Path in(Path runs, String id) {
    if (!KeptRun.ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no id of a run: " + id);
    }
    return runs.resolve(id);
  }
}
