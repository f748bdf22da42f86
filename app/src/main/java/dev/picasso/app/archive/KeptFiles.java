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

  /** An image as it was uploaded, by its id; decoded by its content. */
  public static String image(String id) {
    return required(id) + ".image";
  }

  /** A small PNG of an image. */
  public static String thumb(String id) {
    return required(id) + ".thumb.png";
  }

  /** A small PNG of an image's first map or picture, for lists; not every run has it. */
  public static String small(int index) {
    return "s" + index + ".png";
  }

  static Path in(Path runs, String id) {
    return runs.resolve(required(id));
  }

  /** Ids become names of files; those of images look like those of runs. */
  private static String required(String id) {
    if (!KeptRun.ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no id: " + id);
    }
    return id;
  }
}
