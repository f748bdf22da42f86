package dev.picasso.doctor;

import dev.picasso.graph.Graph;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.runtime.RuntimeOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for numbers of black and white that nobody is known to use, where none of the known inputs
 * fits. The first normalizations nearly give them: what they saw in training is linear, and its
 * variance quadratic, in both, or close to it.
 *
 * @param network has running statistics
 */
record FreeSearch(Graph network, Feeding feeding, RuntimeOptions options) {
  /** Known inputs that are nearer than this need no other. */
  private static final double NEAR = .2;

  /** What was fitted is believed up to here, judged by all layers. */
  private static final double FITTING = .3;

  /** So many times as far the nearest known input must be, and so much farther. */
  private static final double TIMES = 2.5;

  private static final double FARTHER = .15;

  /** The mean and variance of fewer are their own. */
  private static final int FEWEST_IMAGES = 4;

  private static final int STARTS = 2;
  private static final double PRIOR = .1;

  /** A candidate beyond those that were measured. */
  Optional<Candidate> beyond(List<Evidence> known, Preprocessing given, Looked looked) {
    List<Evidence> nearest =
        known.stream()
            .sorted(Comparator.comparingDouble(Evidence::distance))
            .limit(STARTS)
            .toList();
    if (nearest.get(0).distance() < NEAR || looked.compared() < FEWEST_IMAGES) {
      return Optional.empty();
    }
    List<Picture> pictures = looked.pictures().subList(0, looked.compared());
    try (FirstLayers layers = new FirstLayers(network, feeding, options)) {
      return nearest.stream()
          .flatMap(e -> Stream.of(turned(e, false), turned(e, true)))
          .map(start -> fit(start, layers, given, pictures))
          .min(Comparator.comparingDouble(Fitted::distance))
          .map(Fitted::candidate);
    }
  }

  /**
   * Whether all layers say that it fits, and not only those that it was fitted to. Images of
   * another kind than those of training can be fitted a bit better than with the right numbers, by
   * numbers that are about those.
   */
  boolean isBetter(Evidence fitted, List<Evidence> known) {
    double nearest = known.stream().mapToDouble(Evidence::distance).min().orElse(0);
    Scaling found = fitted.candidate().scaling();
    return known.stream().noneMatch(e -> found.isAbout(e.candidate().scaling()))
        && fitted.distance() < FITTING
        && nearest > TIMES * fitted.distance()
        && nearest > fitted.distance() + FARTHER;
  }

  private record Fitted(Candidate candidate, double distance) {}

  private static Candidate turned(Evidence known, boolean inverted) {
    return new Candidate(known.candidate().scaling(), known.candidate().blueFirst(), inverted);
  }

  private static Fitted fit(
      Candidate start, FirstLayers layers, Preprocessing given, List<Picture> pictures) {
    RangeFit.Range range =
        new RangeFit((black, white) -> layers.distance(of(start, black, white).in(given), pictures))
            .from(start.scaling().number(0, 1), start.scaling().number(255, 1));
    return new Fitted(of(start, range.black(), range.white()), range.distance());
  }

  private static Candidate of(Candidate start, double black, double white) {
    return new Candidate(Scaling.fitted(black, white, PRIOR), start.blueFirst(), start.inverted());
  }
}
