package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule against its formula over the layer's matrix, written out as loops: every layer as z =
 * Wx + b, whatever it is in the graph, found by what it makes of each unit vector.
 */
class LayerRuleTest {
  private static final double EPSILON = 1e-6;
  private static final List<Float> LOW = List.of(-2f, -1.5f);
  private static final List<Float> HIGH = List.of(1.75f, 2.5f);

  /** A layer over x, with or without a bias, and the shape of its input. */
  private record Kind(String name, Shape x, LayerOf layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface LayerOf {
    Value emit(GraphBuilder g, Value x, boolean bias);
  }

  /** A rule, and the relevance of input i that output j gives, by the paper's formula. */
  private record Row(
      Kind kind, LayerRule rule, boolean behindRelu, boolean beforeRelu, boolean bias) {
    @Override
    public String toString() {
      return kind
          + ", "
          + rule
          + (behindRelu ? ", behind a ReLU" : "")
          + (beforeRelu ? ", before a ReLU" : "")
          + (bias ? "" : ", bias ignored");
    }
  }

  static Stream<Row> rows() {
    List<LayerRule> rules =
        List.of(
            new LayerRule.Epsilon(),
            new LayerRule.Epsilon(.25),
            new LayerRule.Plus(),
            new LayerRule.AlphaBeta(2, 1),
            new LayerRule.AlphaBeta(1.5, .5),
            new LayerRule.Gamma(.25),
            new LayerRule.Gamma(3));
    Stream<Row> inside =
        kinds()
            .flatMap(
                kind ->
                    rules.stream()
                        .flatMap(
                            rule ->
                                Stream.of(
                                    new Row(kind, rule, false, false, true),
                                    new Row(kind, rule, true, false, true),
                                    new Row(kind, rule, true, true, true),
                                    new Row(kind, rule, false, true, true),
                                    new Row(kind, rule, true, true, false),
                                    new Row(kind, rule, false, false, false))));
    Stream<Row> first =
        kinds()
            .filter(kind -> kind.x().rank() == 4)
            .flatMap(
                kind ->
                    Stream.of(new LayerRule.Box(LOW, HIGH), new LayerRule.Flat())
                        .map(rule -> new Row(kind, rule, false, true, true)));
    return Stream.concat(inside, first);
  }

  private static Stream<Kind> kinds() {
    Shape image = Shape.of(1, 2, 6, 5);
    return Stream.of(
        convolution("convolution", image, 3, 2, 1, none()),
        convolution("strided and padded", image, 3, 3, 1, pads(1, 0, 2, 1).with("strides", TWO)),
        convolution("dilated", image, 2, 2, 1, pads(1, 1, 1, 1).with("dilations", TWO)),
        convolution("in groups", image, 4, 3, 2, pads(1, 1, 1, 1)),
        convolution("depthwise", image, 2, 3, 2, Attributes.of("auto_pad", "SAME_UPPER")),
        new Kind("transposed convolution", image, LayerRuleTest::transposed),
        new Kind("convolution with a sum", image, LayerRuleTest::summed),
        new Kind("Gemm", Shape.of(1, 7), LayerRuleTest::gemm),
        new Kind("Gemm by rows", Shape.of(1, 7), LayerRuleTest::gemmTransposed),
        new Kind("MatMul", Shape.of(1, 3, 5), LayerRuleTest::matMul),
        new Kind("matrix times tokens", Shape.of(1, 3, 5), LayerRuleTest::leftMatMul),
        new Kind("Einsum", Shape.of(1, 3, 5), LayerRuleTest::einsum));
  }

  private static final long[] TWO = {2, 2};

  private static Attributes none() {
    return Attributes.none();
  }

  private static Attributes pads(long... pads) {
    return Attributes.of("pads", pads);
  }

  private static Kind convolution(
      String name, Shape x, int out, int window, int groups, Attributes attributes) {
    Tensor w = random(5, out, x.dim(1) / groups, window, window);
    return new Kind(
        name,
        x,
        (g, in, bias) ->
            g.conv(
                in,
                g.constant(w),
                bias ? Optional.of(g.constant(random(6, out))) : Optional.empty(),
                attributes
                    .with("group", groups)
                    .with("kernel_shape", new long[] {window, window})));
  }

  private static Value transposed(GraphBuilder g, Value x, boolean bias) {
    Value w = g.constant(random(5, 2, 3, 3, 3));
    Attributes strides = Attributes.of("strides", TWO);
    return bias
        ? g.op("ConvTranspose", strides, x, w, g.constant(random(6, 3)))
        : g.op("ConvTranspose", strides, x, w);
  }

  private static Value summed(GraphBuilder g, Value x, boolean bias) {
    Value y = g.conv(x, g.constant(random(5, 3, 2, 3, 3)), Optional.empty(), pads(1, 1, 1, 1));
    return bias ? g.add(y, g.constant(random(6, 3, 1, 1))) : y;
  }

  private static Value gemm(GraphBuilder g, Value x, boolean bias) {
    Value w = g.constant(random(5, 7, 4));
    return bias ? g.op("Gemm", x, w, g.constant(random(6, 4))) : g.op("Gemm", x, w);
  }

  private static Value gemmTransposed(GraphBuilder g, Value x, boolean bias) {
    Value w = g.constant(random(5, 4, 7));
    Attributes attributes = Attributes.of("transB", 1).with("alpha", .5).with("beta", 2.0);
    return bias
        ? g.op("Gemm", attributes, x, w, g.constant(random(6, 1, 4)))
        : g.op("Gemm", attributes, x, w);
  }

  private static Value matMul(GraphBuilder g, Value x, boolean bias) {
    Value y = g.matMul(x, g.constant(random(5, 5, 4)));
    return bias ? g.add(g.constant(random(6, 4)), y) : y;
  }

  private static Value leftMatMul(GraphBuilder g, Value x, boolean bias) {
    Value y = g.matMul(g.constant(random(5, 4, 3)), x);
    return bias ? g.add(y, g.constant(random(6, 4, 1))) : y;
  }

  private static Value einsum(GraphBuilder g, Value x, boolean bias) {
    Value w = g.constant(random(5, 5, 2, 2));
    Value y = g.op("Einsum", Attributes.of("equation", "ntd,dhk->nthk"), x, w);
    return bias ? g.add(y, g.constant(random(6, 2, 2))) : y;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void relevanceIsThatOfTheFormula(Row row) {
    Tensor x = random(7, row.kind().x().dims());
    double[] fed = numbers(x);
    double[] seen = row.behindRelu() ? mapped(fed, v -> Math.max(v, 0)) : fed;
    double[][] w = matrix(row.kind());
    double[] b = biases(row.kind());
    double[] z = sums(w, seen, b);
    double[] y = row.beforeRelu() ? mapped(z, v -> Math.max(v, 0)) : z;
    Tensor seed = random(8, y.length);
    double[] r = new double[y.length];
    for (int j = 0; j < r.length; j++) {
      r[j] = y[j] * seed.floats()[j];
    }
    double[] expected = new double[seen.length];
    for (int j = 0; j < r.length; j++) {
      double[] given = given(row, seen, w[j], row.bias() ? b[j] : 0, Math.signum(z[j]));
      for (int i = 0; i < given.length; i++) {
        expected[i] += given[i] * r[j];
      }
    }

    float[] found = relevance(row, x, seed);
    double largest = 0;
    for (double e : expected) {
      largest = Math.max(largest, Math.abs(e));
    }
    assertThat(largest).isGreaterThan(.01);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("element %d", i)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(3e-4 * largest));
    }
  }

  /** The shares of one output that each input gets. */
  private static double[] given(Row row, double[] x, double[] w, double b, double sign) {
    double[] shares = new double[x.length];
    double[] c = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      c[i] = x[i] * w[i];
    }
    LayerRule rule = row.rule();
    if (rule instanceof LayerRule.Epsilon epsilon) {
      double z = stable(sum(c) + b, epsilon.epsilon());
      return mapped(c, v -> v / z);
    }
    if (rule instanceof LayerRule.Plus) {
      double z = sum(mapped(c, v -> Math.max(v, 0))) + Math.max(b, 0) + EPSILON;
      return mapped(c, v -> Math.max(v, 0) / z);
    }
    if (rule instanceof LayerRule.AlphaBeta ab) {
      double up = stable(sum(mapped(c, v -> Math.max(v, 0))) + Math.max(b, 0), EPSILON);
      double down = stable(sum(mapped(c, v -> Math.min(v, 0))) + Math.min(b, 0), EPSILON);
      return mapped(c, v -> ab.alpha() * Math.max(v, 0) / up - ab.beta() * Math.min(v, 0) / down);
    }
    if (rule instanceof LayerRule.Gamma gamma) {
      DoubleUnaryOperator weighted = v -> v * sign > 0 ? v * (1 + gamma.gamma()) : v;
      double z = stable(sum(mapped(c, weighted)) + weighted.applyAsDouble(b), EPSILON);
      return mapped(c, v -> weighted.applyAsDouble(v) / z);
    }
    if (rule instanceof LayerRule.Box) {
      for (int i = 0; i < x.length; i++) {
        int channel = i / (x.length / LOW.size());
        shares[i] =
            c[i] - LOW.get(channel) * Math.max(w[i], 0) - HIGH.get(channel) * Math.min(w[i], 0);
      }
      double z = stable(sum(shares), EPSILON);
      return mapped(shares, v -> v / z);
    }
    boolean[] reached = reached(w);
    double n = 0;
    for (boolean one : reached) {
      n += one ? 1 : 0;
    }
    for (int i = 0; i < x.length; i++) {
      shares[i] = reached[i] ? 1 / n : 0;
    }
    return shares;
  }

  /** Random weights are nowhere zero, so that what an output does not see has a zero. */
  private static boolean[] reached(double[] w) {
    boolean[] reached = new boolean[w.length];
    for (int i = 0; i < w.length; i++) {
      reached[i] = w[i] != 0;
    }
    return reached;
  }

  private static double stable(double z, double epsilon) {
    return z < 0 ? z - epsilon : z + epsilon;
  }

  private static double sum(double[] values) {
    return java.util.Arrays.stream(values).sum();
  }

  private static double[] mapped(double[] values, DoubleUnaryOperator of) {
    return java.util.Arrays.stream(values).map(of).toArray();
  }

  private static double[] sums(double[][] w, double[] x, double[] b) {
    double[] z = b.clone();
    for (int j = 0; j < z.length; j++) {
      for (int i = 0; i < x.length; i++) {
        z[j] += w[j][i] * x[i];
      }
    }
    return z;
  }

  /** What the layer without its bias makes of unit vectors, turned. */
  private static double[][] matrix(Kind kind) {
    int n = (int) kind.x().size();
    float[] units = new float[n * n];
    for (int i = 0; i < n; i++) {
      units[i * n + i] = 1;
    }
    double[] columns = output(kind, units, n, false);
    double[][] rows = new double[columns.length / n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < rows.length; j++) {
        rows[j][i] = columns[i * rows.length + j];
      }
    }
    return rows;
  }

  private static double[] biases(Kind kind) {
    return output(kind, new float[(int) kind.x().size()], 1, true);
  }

  /** The outputs for n inputs. */
  private static double[] output(Kind kind, float[] x, int n, boolean bias) {
    GraphBuilder g = new GraphBuilder();
    Value in = g.input("x", DataType.FLOAT, kind.x().with(0, Shape.BATCH));
    Value y = kind.layer().emit(g, in, bias);
    Tensor fed = Tensor.of(x, kind.x().withBatch(1).with(0, n).dims());
    return numbers(new OneOff().run(g.build(y), Map.of("x", fed)).get(y.name()));
  }

  private static float[] relevance(Row row, Tensor x, Tensor seed) {
    GraphBuilder g = new GraphBuilder();
    Value in = g.input("x", DataType.FLOAT, row.kind().x());
    Value seen = row.behindRelu() ? g.relu(in) : in;
    Value z = row.kind().layer().emit(g, seen, true);
    Value y = row.beforeRelu() ? g.relu(z) : z;
    Lrp lrp = new Lrp(row.rule(), row.rule());
    Lrp composite = row.bias() ? lrp : lrp.ignoringBiases();
    Value start = composite.start(g, y, g.reshape(g.constant(seed), y.shape()));
    Graph graph = g.build(y);
    Value found =
        new Differentiator(composite.rules(graph))
            .gradients(g, graph, y.name(), start, List.of(seen.name()))
            .get(0);
    return new OneOff().run(g.build(found), Map.of("x", x)).get(found.name()).floats();
  }

  @Test
  void alphaIsBetaAndOne() {
    assertThatThrownBy(() -> new LayerRule.AlphaBeta(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alpha is 2.0 and beta 2.0; alpha must be beta + 1, beta at least 0.");
  }

  @Test
  void aBoxHasTwoBoundsForEachChannel() {
    assertThatThrownBy(() -> new LayerRule.Box(List.of(0f), List.of(1f, 1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 1 lower bounds and 2 upper ones.");
  }

  private static double[] numbers(Tensor tensor) {
    float[] values = tensor.floats();
    double[] numbers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i];
    }
    return numbers;
  }

  private static Tensor random(int seed, long... dims) {
    Random random = new Random(seed);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return Tensor.of(values, dims);
  }
}
