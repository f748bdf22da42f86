package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Integrals of the gradient along the straight way from a baseline to an image, for each of the
 * rows that show it.
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record StraightWay(
    Explainer model,
    Questions questions,
    List<Integer> rows,
    Tensor image,
    float[] baseline,
    Tensor direction) {
  /** What is tried first, and where it is near enough to the sum also last. */
  static final int FIRST = 50;

  /** Steps that are not gone beyond. */
  static final int MOST = 1600;

  /** The way between the two, of which there are no copies however many pieces it is gone in. */
  static StraightWay of(
      Explainer model, Questions questions, List<Integer> rows, Tensor image, float[] baseline) {
    float[] way = image.floats();
    for (int k = 0; k < way.length; k++) {
      way[k] -= baseline[k];
    }
    Tensor direction = Tensor.of(way, image.shape().dims());
    return new StraightWay(model, questions, rows, image, baseline, direction);
  }

  /**
   * What one row's integral is.
   *
   * @param map the integral times the way, a number for each of the image's
   * @param rise S(x) − S(x′), what the map should sum to
   * @param steps that were taken
   * @param even whether these are those of the rule, so that their number alone repeats them
   * @param off how far the steps are from the rise
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Found(double[] map, double rise, int steps, boolean even, Shortfall off) {}

  /** By so many steps of a rule: a finding for each row. */
  List<Found> by(Quadrature rule, int steps, Progress progress) {
    Line line = line(rule.of(steps));
    GradientSums sums = sums(rows, line).all(progress);
    return rows.stream().map(row -> found(sums, line, row, steps, true)).toList();
  }

  /**
   * By {@value #FIRST} steps of a rule; and where these miss the rise, which is known, by more than
   * {@link Shortfall} lets pass, by as many as it takes, {@value #MOST} at most: each row for
   * itself, so that it comes out as it does alone.
   */
  List<Found> byNeed(Quadrature rule, Progress progress) {
    Line line = line(rule.of(FIRST));
    GradientSums sums = sums(rows, line).all(progress.part(0, .5));
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Found first = found(sums, line, rows.get(i), FIRST, true);
      Progress rest = progress.part(.5 + .5 * i / rows.size(), .5 + .5 * (i + 1) / rows.size());
      found.add(first.off().passes() ? first : nearer(rule, sums, line, rows.get(i), rest));
      rest.done(1);
    }
    return found;
  }

  private Found nearer(Quadrature rule, GradientSums sums, Line line, int row, Progress progress) {
    return switch (rule) {
      case TRAPEZOID -> bisected(sums, line, row, progress);
      case GAUSS_LEGENDRE -> doubled(rule, row, progress);
    };
  }

  /**
   * Looks for places first, of whose gradients only the slopes are kept; then sums once over all
   * places. So no gradients need be held, however many places there are.
   */
  private Found bisected(GradientSums sums, Line line, int row, Progress progress) {
    int first = line.count();
    Bisection bisection = new Bisection(line.places(), sums.scores(row), sums.slopes(row), MOST);
    for (double[] next = bisection.next(); next.length > 0; next = bisection.next()) {
      GradientSums some = sums(List.of(row), line(next, new double[next.length]));
      double share = (double) (bisection.steps() - first) / (MOST - first);
      some.all(progress.part(share / 2, share / 2 + .5 * next.length / (MOST - first)));
      bisection.add(next, some.scores(row), some.slopes(row));
    }
    Line all = line(bisection.rule());
    GradientSums last = sums(List.of(row), all).all(progress.part(.5, 1));
    return found(last, all, row, bisection.steps(), bisection.steps() == FIRST);
  }

  /** Places of this rule are all others when there are more, so that each number starts anew. */
  private Found doubled(Quadrature rule, int row, Progress progress) {
    int steps = FIRST;
    Found found;
    do {
      steps *= 2;
      Line line = line(rule.of(steps));
      // Of all steps that there may be, half are the last ones.
      Progress part =
          progress.part((double) (steps - 2 * FIRST) / (2 * MOST), (double) steps / MOST);
      found = found(sums(List.of(row), line).all(part), line, row, steps, true);
    } while (!found.off().passes() && 2 * steps <= MOST);
    return found;
  }

  /** The points of a rule, and both ends, whose scores are asked whether they count or not. */
  private Line line(Quadrature.Rule rule) {
    double[] places = rule.points();
    if (places[0] == 0 && places[places.length - 1] == 1) {
      return line(places, rule.weights());
    }
    double[] all = Arrays.copyOf(places, places.length + 2);
    all[places.length + 1] = 1;
    return line(all, Arrays.copyOf(rule.weights(), all.length));
  }

  private Line line(double[] places, double[] weights) {
    return new Line(image.floats(), baseline, direction, places, weights);
  }

  private GradientSums sums(List<Integer> of, Line line) {
    return new GradientSums(model, questions, image, of, line, false, EnumSet.of(Moment.FIRST));
  }

  private Found found(GradientSums sums, Line line, int row, int steps, boolean even) {
    float[] scores = sums.scores(row);
    float[] slopes = sums.slopes(row);
    double[] weights = line.weights();
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * slopes[i];
    }
    double rise = line.rise(scores);
    return new Found(
        line.times(sums.of(row, Moment.FIRST)), rise, steps, even, Shortfall.of(sum, rise, scores));
  }

  /** Points on the way, from 0 at the baseline to 1 at the image. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Line(
      float[] image, float[] baseline, Tensor direction, double[] places, double[] weights)
      implements Points {
    @Override
    public int count() {
      return places.length;
    }

    @Override
    public double weight(int i) {
      return weights[i];
    }

    @Override
    public void write(int i, float[] point, float[] factor) {
      double place = places[i];
      for (int k = 0; k < image.length; k++) {
        point[k] = (float) (baseline[k] + place * (image[k] - baseline[k]));
      }
    }

    @Override
    public Optional<Tensor> way() {
      return Optional.of(direction);
    }

    double[] times(double[] gradients) {
      double[] map = new double[gradients.length];
      for (int k = 0; k < map.length; k++) {
        map[k] = gradients[k] * ((double) image[k] - baseline[k]);
      }
      return map;
    }

    double rise(float[] scores) {
      return (double) scores[at(1)] - scores[at(0)];
    }

    private int at(double place) {
      return IntStream.range(0, places.length)
          .filter(i -> places[i] == place)
          .findFirst()
          .orElseThrow();
    }
  }
}
