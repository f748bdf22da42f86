package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Sums over the gradients at many points, for each of the rows that show one image. The points are
 * taken in pieces that fit the memory, and are added up where they are computed, so that it does
 * not matter for the memory how many there are.
 */
final class GradientSums {
  private static final String WEIGHT = "picasso/weight";
  private static final String FACTOR = "picasso/factor";
  private static final String SCORE = "picasso/score";
  private static final String WAY = "picasso/way";
  private static final String SLOPE = "picasso/slope";

  private final Explainer explainer;
  private final Questions questions;
  private final List<Integer> open;
  private final Points points;
  private final Set<Moment> moments;
  private final boolean factored;
  private final Floats x;
  private final Floats factors;
  private final int piece;
  private final Map<Integer, Map<Moment, double[]>> sums = new HashMap<>();
  private final Map<Integer, float[]> scores = new HashMap<>();
  private final Map<Integer, float[]> slopes = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();
  private int done;

  /**
   * Sums, with nothing in them yet.
   *
   * @param image any input of the model in its place, [1, …], for its shape
   * @param rows with the same image
   * @param factored whether the points come with factors
   */
  GradientSums(
      Explainer explainer,
      Questions questions,
      Tensor image,
      List<Integer> rows,
      Points points,
      boolean factored,
      Set<Moment> moments) {
    this.explainer = explainer;
    this.questions = questions;
    this.open = new ArrayList<>(rows);
    this.points = points;
    this.factored = factored;
    this.moments = EnumSet.copyOf(moments);
    int fits = rows.stream().mapToInt(r -> explainer.batch(program(r))).min().orElse(1);
    int declared = (int) Math.max(1, explainedInput(explainer.model()).dim(0));
    this.piece = whole(Math.min(fits, points.count()), declared);
    this.x = Floats.of(image.shape(), piece);
    this.factors = Floats.of(factored ? image.shape() : Shape.of(1, 0), piece);
    for (int row : rows) {
      Map<Moment, double[]> empty = new EnumMap<>(Moment.class);
      moments.forEach(m -> empty.put(m, new double[x.each()]));
      sums.put(row, empty);
      scores.put(row, new float[points.count()]);
      slopes.put(row, new float[points.way().isPresent() ? points.count() : 0]);
    }
  }

  /** The least multiple that holds so many: models with a fixed batch take nothing else. */
  private static int whole(int count, int multiple) {
    return (count + multiple - 1) / multiple * multiple;
  }

  private static Value explainedInput(Model model) {
    return model.graph().value(Sketch.explained(model));
  }

  private Program program(int row) {
    return new Program(questions.value(row), factored, points.way().isPresent(), moments);
  }

  /** Adds all points. */
  GradientSums all(Progress progress) {
    return upTo(points.count(), progress);
  }

  /** Adds points until there are so many, or all. */
  GradientSums upTo(int wanted, Progress progress) {
    int most = Math.min(wanted, points.count());
    int before = done;
    while (done < most && !open.isEmpty()) {
      int count = Math.min(piece, most - done);
      double share = (double) (done - before) / (most - before);
      addPiece(count, progress.part(share, share + (double) count / (most - before)));
    }
    return this;
  }

  private void addPiece(int count, Progress progress) {
    Tensor weights = write(count);
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    open.forEach(r -> alike.computeIfAbsent(questions.value(r), k -> new ArrayList<>()).add(r));
    alike.values().forEach(some -> add(some, count, weights));
    progress.done(1);
    done += count;
    open.forEach(row -> counts.put(row, done));
  }

  /** Leaves a row as it is when more points are added. */
  void close(int row) {
    open.remove((Integer) row);
  }

  /** The rows that points are still added to. */
  List<Integer> open() {
    return List.copyOf(open);
  }

  /** The next points, with copies of the last one behind them, which count nothing. */
  private Tensor write(int count) {
    float[] weights = new float[piece];
    for (int i = 0; i < piece; i++) {
      if (i < count) {
        points.write(done + i, x.row(i), factors.row(i));
        weights[i] = (float) points.weight(done + i);
      } else {
        x.copy(i - 1, i);
        factors.copy(i - 1, i);
      }
    }
    return Tensor.of(weights, piece, 1);
  }

  private void add(List<Integer> alike, int count, Tensor weights) {
    int taken = whole(count, (int) Math.max(1, explainedInput(explainer.model()).dim(0)));
    Map<String, Tensor> same = new HashMap<>();
    same.put(WEIGHT, Batches.rows(weights, 0, taken));
    if (factored) {
      same.put(FACTOR, Batches.rows(factors.tensor(), 0, taken));
    }
    points.way().ifPresent(way -> same.put(WAY, way));
    List<Map<String, Tensor>> asked = new ArrayList<>();
    for (int row : alike) {
      asked.add(Map.of(GradientGraphs.SEED, Batches.repeated(questions.seed(row), taken)));
    }
    List<Map<String, Tensor>> answers =
        explainer.run(program(alike.get(0)), Batches.rows(x.tensor(), 0, taken), same, asked);
    for (int i = 0; i < answers.size(); i++) {
      add(alike.get(i), count, answers.get(i));
    }
  }

  private void add(int row, int count, Map<String, Tensor> out) {
    sums(row)
        .forEach(
            (moment, sum) -> {
              FloatBuffer part = output(out, moment.output()).floatBuffer();
              for (int i = 0; i < sum.length; i++) {
                sum[i] += part.get(i);
              }
            });
    output(out, SCORE).floatBuffer().get(0, scores(row), done, count);
    if (points.way().isPresent()) {
      output(out, SLOPE).floatBuffer().get(0, slopes(row), done, count);
    }
  }

  private static Tensor output(Map<String, Tensor> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow().as(DataType.FLOAT);
  }

  private Map<Moment, double[]> sums(int row) {
    return Optional.ofNullable(sums.get(row)).orElseThrow();
  }

  /** How many points have been added to a row. */
  int done(int row) {
    return counts.getOrDefault(row, 0);
  }

  /** The weighted sum of a moment over the points so far, a number for each of the image's. */
  double[] of(int row, Moment moment) {
    return Optional.ofNullable(sums(row).get(moment)).orElseThrow();
  }

  /** The score of a row at each point. */
  float[] scores(int row) {
    return Optional.ofNullable(scores.get(row)).orElseThrow();
  }

  /** How much the score rises at each point, for the whole of the way. */
  float[] slopes(int row) {
    return Optional.ofNullable(slopes.get(row)).orElseThrow();
  }

  /** Gradients of a batch of points, multiplied and added up; and the points' scores. */
  private record Program(String of, boolean factored, boolean sloping, Set<Moment> moments)
      implements Derived {
    @Override
    public Graph graph(Model model) {
      Sketch sketch = Sketch.of(model, of);
      GraphBuilder g = sketch.builder();
      Value x = sketch.x();
      Value batch = g.input(WEIGHT, DataType.FLOAT, Shape.of(x.dim(0), 1));
      long[] column = new long[x.rank()];
      Arrays.fill(column, 1);
      column[0] = x.dim(0);
      Value weight = g.reshape(batch, Shape.of(column));
      Value gradient = g.cast(sketch.gradient(x), DataType.FLOAT);
      if (factored) {
        gradient = g.mul(gradient, g.input(FACTOR, DataType.FLOAT, x.shape()));
      }
      List<Value> outputs = new ArrayList<>();
      for (Moment moment : moments) {
        Value sum = g.sum(g.mul(moment.of(g, gradient), weight), true, 0);
        outputs.add(g.named(g.identity(sum), moment.output()));
      }
      outputs.add(g.named(g.identity(sketch.score()), SCORE));
      if (sloping) {
        Value way = g.input(WAY, DataType.FLOAT, x.shape().with(0, 1));
        long[] each = LongStream.range(1, x.rank()).toArray();
        outputs.add(g.named(g.identity(g.sum(g.mul(gradient, way), false, each)), SLOPE));
      }
      return g.build(outputs);
    }
  }
}
