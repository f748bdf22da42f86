package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tries candidates one after another.
 *
 * @param given how the model is given images now
 * @param progress is told how far it is, from 0 to 1, about
 */
record Trial(
    Preprocessing given,
    Function<Candidate, Evidence> measure,
    Weighing weighing,
    DoubleConsumer progress) {
  private static final double WORTH_A_LOOK = .005;

  /** How far it is when all scalings were tried. */
  private static final double SCALED = .7;

  /** All scalings, in the order of channels that goes with them as a rule. */
  List<Evidence> scalings(List<Scaling> scalings) {
    List<Candidate> first =
        scalings.stream()
            .map(s -> new Candidate(s, isColoured() && s.equals(Scaling.CAFFE), false))
            .toList();
    return all(first, Doctor.READY, SCALED);
  }

  /** Those, and orders and inversions of those that are worth a look, the most probable first. */
  List<Ranked> ranked(List<Evidence> scaled) {
    List<Candidate> others =
        weighing.rank(scaled).stream()
            .filter(ranked -> ranked.probability() >= WORTH_A_LOOK)
            .flatMap(ranked -> others(ranked.candidate()))
            .toList();
    List<Evidence> evidence = new ArrayList<>(scaled);
    evidence.addAll(all(others, SCALED, 1));
    return weighing.rank(evidence);
  }

  private List<Evidence> all(List<Candidate> candidates, double from, double to) {
    List<Evidence> evidence = new ArrayList<>();
    for (Candidate candidate : candidates) {
      evidence.add(measure.apply(candidate));
      progress.accept(from + (to - from) * evidence.size() / candidates.size());
    }
    return evidence;
  }

  /** The same scaling with dark and bright exchanged, with channels in the other order, both. */
  private Stream<Candidate> others(Candidate tried) {
    Scaling scaling = tried.scaling();
    boolean blue = tried.blueFirst();
    boolean exchanged = !tried.inverted();
    return isColoured()
        ? Stream.of(
            new Candidate(scaling, blue, exchanged),
            new Candidate(scaling, !blue, !exchanged),
            new Candidate(scaling, !blue, exchanged))
        : Stream.of(new Candidate(scaling, blue, exchanged));
  }

  private boolean isColoured() {
    return given.colour() != ColourMode.GRAY;
  }
}
