package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Ahead;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Floats;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums over the gradients at many points, for each of the rows that show one image. The points are
 * taken in pieces that fit the memory, and are added up where they are computed, so that it does
 * not matter for the memory how many there are; while a piece is run the next one is written.
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
  private final int each;
  private final int declared;
  private final int most;
  private final List<Buffers> buffers;
  private final float[] point;
  private final float[] factor;
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
    this.each = Math.toIntExact(image.size());
    this.declared = (int) Math.max(1, explainedInput(explainer.model()).dim(0));
    this.most = whole(Math.min(fits, points.count()), declared);
    this.buffers =
        Stream.generate(() -> Buffers.of(image.shape(), factored, most))
            .limit(most < points.count() ? 2 : 1)
            .toList();
    this.point = new float[each];
    this.factor = new float[factored ? each : 0];
    for (int row : rows) {
      Map<Moment, double[]> empty = new EnumMap<>(Moment.class);
      moments.forEach(m -> empty.put(m, new double[each]));
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
    int last = Math.min(wanted, points.count());
    int before = done;
    if (open.isEmpty()) {
      return this;
    }
    try (Ahead<Piece> pieces = new Ahead<>(pieces(done, last))) {
      while (pieces.hasNext()) {
        Piece piece = pieces.next();
        add(piece);
        done += piece.count();
        open.forEach(row -> counts.put(row, done));
        progress.done((double) (done - before) / (last - before));
      }
    }
    return this;
  }

  /** Points as they are run together. */
  private record Piece(int count, Tensor x, Tensor factors, Tensor weights) {}

  /** Where a piece is written. */
  private record Buffers(Floats x, Floats factors, Floats weights) {
    static Buffers of(Shape image, boolean factored, int points) {
      return new Buffers(
          Floats.of(image, points),
          Floats.of(factored ? image : Shape.of(1, 0), points),
          Floats.of(Shape.of(1, 1), points));
    }
  }

  private Iterator<Piece> pieces(int from, int to) {
    return IntStream.iterate(from, i -> i < to, i -> i + most)
        .mapToObj(
            i ->
                written(i, Math.min(most, to - i), buffers.get((i - from) / most % buffers.size())))
        .iterator();
  }

  /** Leaves a row as it is when more points are added. */
  void close(int row) {
    open.remove((Integer) row);
  }

  /** The rows that points are still added to. */
  List<Integer> open() {
    return List.copyOf(open);
  }

  /** Some points, with copies of the last one behind them where a model takes no fewer. */
  private Piece written(int from, int count, Buffers to) {
    int taken = whole(count, declared);
    for (int i = 0; i < taken; i++) {
      explainer.check();
      if (i < count) {
        points.write(from + i, point, factor);
        to.x().row(i).put(0, point);
        to.factors().row(i).put(0, factor);
      } else {
        to.x().copy(i - 1, i);
        to.factors().copy(i - 1, i);
      }
      to.weights().row(i).put(0, i < count ? (float) points.weight(from + i) : 0);
    }
    return new Piece(
        count, to.x().first(taken), to.factors().first(taken), to.weights().first(taken));
  }

  private void add(Piece piece) {
    Map<String, Tensor> same = new HashMap<>();
    same.put(WEIGHT, piece.weights());
    if (factored) {
      same.put(FACTOR, piece.factors());
    }
    points.way().ifPresent(way -> same.put(WAY, way));
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    open.forEach(r -> alike.computeIfAbsent(questions.value(r), k -> new ArrayList<>()).add(r));
    alike.values().forEach(some -> add(some, piece, same));
  }

  private void add(List<Integer> alike, Piece piece, Map<String, Tensor> same) {
    int taken = Math.toIntExact(piece.x().shape().dim(0));
    List<Map<String, Tensor>> asked = new ArrayList<>();
    for (int row : alike) {
      asked.add(Map.of(GradientGraphs.SEED, Batches.repeated(questions.seed(row), taken)));
    }
    List<Map<String, Tensor>> answers =
        explainer.run(program(alike.get(0)), piece.x(), same, asked);
    for (int i = 0; i < answers.size(); i++) {
      add(alike.get(i), piece.count(), answers.get(i));
    }
  }

  private void add(int row, int count, Map<String, Tensor> out) {
    sums(row)
        .forEach(
            (moment, sum) -> {
              float[] part = output(out, moment.output()).floats();
              for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
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

  /**
   * Gradients of a batch of points, multiplied and added up; and the points' scores. The sums are
   * products of matrices, which go over the gradients once, and on all cores.
   */
  private record Program(String of, boolean factored, boolean sloping, Set<Moment> moments)
      implements Derived {
    @Override
    public Set<String> sums() {
      return moments.stream().map(Moment::output).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Graph graph(Model model) {
      Sketch sketch = Sketch.of(model, of);
      GraphBuilder g = sketch.builder();
      Value x = sketch.x();
      Shape one = x.shape().with(0, 1);
      Shape rows = Shape.of(x.dim(0), one.size());
      Value weight = g.transpose(g.input(WEIGHT, DataType.FLOAT, Shape.of(x.dim(0), 1)), 1, 0);
      Value gradient = g.reshape(g.cast(sketch.gradient(x), DataType.FLOAT), rows);
      if (factored) {
        gradient = g.mul(gradient, g.reshape(g.input(FACTOR, DataType.FLOAT, x.shape()), rows));
      }
      List<Value> outputs = new ArrayList<>();
      for (Moment moment : moments) {
        Value sum = g.reshape(g.matMul(weight, moment.of(g, gradient)), one);
        outputs.add(g.named(g.identity(sum), moment.output()));
      }
      outputs.add(g.named(g.identity(sketch.score()), SCORE));
      if (sloping) {
        Value way = g.reshape(g.input(WAY, DataType.FLOAT, one), one.size(), 1);
        outputs.add(g.named(g.identity(g.squeeze(g.matMul(gradient, way), 1)), SLOPE));
      }
      return g.build(outputs);
    }
  }
}
