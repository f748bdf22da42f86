package dev.picasso.doctor;

import dev.picasso.image.Preprocessing;
import dev.picasso.model.pixels.PixelRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes probabilities of what was measured. A candidate's is ∝ prior · e^w, where w adds up
 *
 * <ul>
 *   <li>−{@value #PER_DISTANCE} · the distance from running statistics, less for few images, and
 *       for images whose least distance is large,
 *   <li>how bright, and how warm, the training images were, by the first layer's weights,
 *   <li>how often the network is right, where that is known,
 *   <li>with statistics, how different the answers for different images are, where they are
 *       classes; without them that tells of the size of the numbers more than of their being right,
 *   <li>without statistics, whether the scores are of a common size,
 *   <li>what the steps before the first layer say of the range.
 * </ul>
 *
 * The factors were fitted by hand to networks of known inputs, which docs/doctor.md lists.
 *
 * @param statistics whether there are running statistics
 * @param classes whether the network's outputs are scores of classes
 * @param trained the mean of the training images, where weights tell it
 * @param told the range that the graph, or the file, tells
 * @param given how images are given now
 * @param images how many there are
 * @param strokes whether the images are dark strokes on white, given to a small network for grey
 */
record Weighing(
    boolean statistics,
    boolean classes,
    Optional<TrainedMean> trained,
    Optional<PixelRange> told,
    Preprocessing given,
    int images,
    boolean strokes) {
  private static final double PER_DISTANCE = 20;

  /** Images of another kind have such a distance even where they are given as in training. */
  private static final double HALF_TRUSTED = .5;

  private static final double PER_INFORMATION = 3.6;
  private static final double TOLD = 6;
  private static final double STROKES = 3.5;

  /** Two numbers that were fitted bring activations so much nearer, right or not. */
  private static final double FITTED = .1;

  /** Scores of trained networks stand out by so much, as a rule. */
  private static final double LEAST_SPREAD = 1.5;

  private static final double MOST_SPREAD = 100;

  /** All candidates, the most probable first. */
  List<Ranked> rank(List<Evidence> all) {
    double nearest = all.stream().mapToDouble(Evidence::distance).min().orElse(0);
    double[] weights = new double[all.size()];
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      Evidence e = all.get(i);
      weights[i] = weight(e, nearest) + Math.log(e.candidate().prior(given));
      highest = Math.max(highest, weights[i]);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - highest);
      sum += weights[i];
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Evidence e = all.get(i);
      ranked.add(
          new Ranked(
              e.candidate(),
              statistics ? OptionalDouble.of(e.distance()) : OptionalDouble.empty(),
              e.answers().certainty(),
              e.answers().information(),
              e.hits(),
              weights[i] / sum));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::probability).reversed());
    return ranked;
  }

  private double weight(Evidence e, double nearest) {
    double few = Math.min(1, Math.sqrt(images / 4.));
    double information = images >= 3 && classes ? e.answers().information() : 0;
    double trust = 1 / (1 + (nearest / HALF_TRUSTED) * (nearest / HALF_TRUSTED));
    double weight = 0;
    if (statistics) {
      double distance = e.distance() + (e.candidate().scaling().isFitted() ? FITTED : 0);
      weight = few * trust * (PER_INFORMATION * information - PER_DISTANCE * distance);
    } else if (classes) {
      weight = -unusual(e.answers().spread());
    }
    weight += e.hits().logLikelihood();
    weight += trained.map(t -> brightness(t, e.candidate())).orElse(0.);
    weight += told(e.candidate().scaling());
    return weight + (strokes && e.candidate().inverted() ? STROKES : 0);
  }

  private static double unusual(double spread) {
    if (!Double.isFinite(spread)) {
      return 10;
    }
    return 2 * Math.max(0, Math.log(spread / MOST_SPREAD))
        + Math.max(0, Math.log(LEAST_SPREAD / Math.max(spread, 1e-6)));
  }

  /**
   * Constants before the first layer tell the range itself. Where that layer reads the pixels as
   * they are, its small weights tell only that pixels are large.
   */
  private double told(Scaling scaling) {
    if (trained.isEmpty()) {
      return isTold(scaling) ? TOLD : 0;
    }
    boolean large = told.equals(Optional.of(PixelRange.BYTES)) && scaling.equals(Scaling.CAFFE);
    return isTold(scaling) || large ? TOLD / 2 : 0;
  }

  private boolean isTold(Scaling scaling) {
    return told.filter(
            range ->
                Math.abs(scaling.number(0, 0) - range.black())
                        < .02 * (range.white() - range.black())
                    && Math.abs(scaling.number(255, 0) - range.white())
                        < .02 * (range.white() - range.black()))
        .isPresent();
  }

  /**
   * Images of a training set are neither black nor white on the mean, and rather warm than cold.
   */
  private static double brightness(TrainedMean trained, Candidate candidate) {
    int channels = trained.means().size();
    Scaling scaling = candidate.scaling();
    double white = Math.abs(scaling.number(255, 0) - scaling.number(0, 0));
    double error = trained.error() / white;
    if (error > .25 || (!trained.exact() && !trained.isTold())) {
      return 0; // the weights do not tell
    }
    double weight = 0;
    double[] samples = new double[channels];
    for (int c = 0; c < channels; c++) {
      int colour = candidate.blueFirst() && c < 3 ? 2 - c : c;
      double sample = scaling.sample(trained.means().get(c), Math.min(colour, 2));
      samples[Math.min(colour, channels - 1)] = candidate.inverted() ? 255 - sample : sample;
      double out = Math.max(0, Math.max(8 - sample, sample - 230));
      weight -= Math.min(4, out / (10 + 255 * error)) / channels;
    }
    if (channels >= 3) {
      double warm = samples[0] - samples[2];
      weight += Math.max(-1.5, Math.min(1.5, warm / (10 + 2 * 255 * error)));
    }
    return weight;
  }
}
