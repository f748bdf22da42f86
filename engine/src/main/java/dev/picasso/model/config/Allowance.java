package dev.picasso.model.config;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much one person, and all together, may have on a server.
 *
 * @param sessions people with something stored, at once
 * @param images of one person
 * @param imagesOfRun in one run
 * @param models that one person opened; none where nobody is to open any
 * @param modelBytes of one upload of model files
 * @param steps the most that a method's steps, samples or masks may be, for one image
 * @param waiting runs of all that wait for their turn; of one address half of these
 * @param left after how long without a sign of whoever asked for it work is stopped
 */
public record Allowance(
    int sessions,
    int images,
    int imagesOfRun,
    int models,
    long modelBytes,
    int steps,
    int waiting,
    Duration left) {
  private static final int MANY = 1_000_000;

  /** Wide enough for a class. */
  public static Allowance defaults() {
    return new Allowance(200, 500, 200, 8, 2L << 30, 20_000, 200, Duration.ofMinutes(10));
  }

  static Allowance read(Section section) {
    Allowance usual = defaults();
    return new Allowance(
        count(section, "max-sessions", usual.sessions),
        count(section, "max-images", usual.images),
        count(section, "max-images-of-run", usual.imagesOfRun),
        section.entry("max-models").flatMap(e -> e.whole(0, MANY)).orElse(usual.models),
        parsed(section, "max-model", "a size such as 2 GB", Units::bytes, usual.modelBytes),
        count(section, "max-steps", usual.steps),
        count(section, "max-waiting", usual.waiting),
        parsed(section, "left-after", "a time such as 10 min", Units::duration, usual.left));
  }

  private static int count(Section section, String key, int usual) {
    return section.entry(key).flatMap(e -> e.whole(1, MANY)).orElse(usual);
  }

  private static <T> T parsed(
      Section section, String key, String expected, Function<String, Optional<T>> parser, T usual) {
    return section.entry(key).flatMap(e -> e.parsed(expected, parser)).orElse(usual);
  }
}
