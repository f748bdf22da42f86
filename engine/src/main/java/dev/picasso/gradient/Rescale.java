package dev.picasso.gradient;

import dev.picasso.gradient.TwoRuns.Pair;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * DeepLIFT's multipliers by the rescale rule, Shrikumar et al. 2017, arXiv 1704.02685: what is
 * walked back is not ∂out/∂in but Δout/Δin against a second run on a baseline, so that (x − x′)
 * times what arrives at x sums to S(x) − S(x′). For graphs of {@link TwoRuns}.
 *
 * <ul>
 *   <li>A function of one number: Δout/Δin, and the derivative where nothing differs.
 *   <li>Maxima: the rise to the larger of both maxima goes to the place of the one, the rest to
 *       that of the other.
 *   <li>A product of two values (a gate, attention): each times the mean of the other over both
 *       runs. Quotients, and with them normalizations by an element's own group, are products seen
 *       from the other side.
 *   <li>Softmax: its gradient with logarithmic means over both runs in the place of y.
 * </ul>
 *
 * <p>All of these are exact. Where there is no such rule, the gradient at x is taken; {@link
 * #approximated} names where.
 */
public record Rescale() implements Composite {
  /** Functions whose slope changes at once, so that the quotient is right as near as can be. */
  private static final List<String> KINKED =
      List.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "ThresholdedRelu",
          "Shrink",
          "Clip",
          "HardSigmoid",
          "Abs",
          "Elu",
          "Selu",
          "Celu",
          "HardSwish");

  /** Functions whose slope changes slowly. */
  private static final List<String> SMOOTH =
      List.of(
          "Sigmoid",
          "Tanh",
          "Softplus",
          "Softsign",
          "Mish",
          "Gelu",
          "Erf",
          "Exp",
          "Log",
          "Sqrt",
          "Reciprocal",
          "Sin",
          "Cos",
          "Tan",
          "Sinh",
          "Cosh",
          "Atan",
          "Asin",
          "Acos",
          "Asinh",
          "Acosh",
          "Atanh");

  private static final List<String> MAXIMA =
      List.of("MaxPool", "GlobalMaxPool", "ReduceMax", "ReduceMin");

  private static final List<String> BILINEAR = List.of("Mul", "MatMul", "Gemm", "Conv");

  private static final List<String> NORMALIZING =
      List.of("LayerNormalization", "InstanceNormalization", "GroupNormalization");

  /** Operators for which the gradient is the multiplier. */
  private static final List<String> LINEAR =
      List.of(
          "Identity",
          "Dropout",
          "Cast",
          "CastLike",
          "Add",
          "Sub",
          "Sum",
          "Mean",
          "Neg",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Expand",
          "Concat",
          "Split",
          "Slice",
          "Pad",
          "Tile",
          "DepthToSpace",
          "SpaceToDepth",
          "ReverseSequence",
          "Trilu",
          "Gather",
          "GatherElements",
          "GatherND",
          "ReduceSum",
          "ReduceMean",
          "CumSum",
          "Resize",
          "BatchNormalization",
          "AveragePool",
          "GlobalAveragePool",
          "ConvTranspose",
          "Shape",
          "Size");

  /** Below, a difference is none: the derivative is taken. */
  private static final double NOTHING = 1e-10;

  /**
   * Below, what rounding does to Δout would show in the quotient; the mean of both derivatives is
   * as good there.
   */
  private static final double LITTLE = 1e-4;

  /** The same for logarithms. */
  private static final double ALIKE = 1e-2;

  @Override
  public RuleSet rules(Graph graph) {
    RuleSet rules = RuleSet.plain();
    for (String op : KINKED) {
      rules = rules.with(op, (g, node, dy) -> kinked(g, pair(graph, g, node), dy));
    }
    for (String op : SMOOTH) {
      rules = rules.with(op, (g, node, dy) -> smooth(g, pair(graph, g, node), dy));
    }
    for (String op : MAXIMA) {
      rules = rules.with(op, (g, node, dy) -> maximum(g, pair(graph, g, node), dy));
    }
    for (String op : BILINEAR) {
      rules = rules.with(op, (g, node, dy) -> product(pair(graph, g, node), dy));
    }
    for (String op : NORMALIZING) {
      rules = rules.with(op, (g, node, dy) -> normalized(g, pair(graph, g, node), dy));
    }
    return rules
        .with("Max", (g, node, dy) -> larger(g, pair(graph, g, node), dy))
        .with("Min", (g, node, dy) -> larger(g, pair(graph, g, node), dy))
        .with("Div", (g, node, dy) -> quotient(g, pair(graph, g, node), dy))
        .with("Pow", (g, node, dy) -> power(g, pair(graph, g, node), dy))
        .with("Softmax", (g, node, dy) -> softmax(g, pair(graph, g, node), dy));
  }

  private static Pair pair(Graph graph, GraphBuilder g, NodeView node) {
    return new Pair(graph, g, node);
  }

  /**
   * The operators on the way from an input to a value that have no rule of their own here, in the
   * order of their names; without them the map is complete.
   */
  public static Set<String> approximated(Graph graph, String input, String of) {
    Set<String> needed = new HashSet<>();
    graph.withOutputs(List.of(of)).nodes().forEach(n -> needed.addAll(n.outputs()));
    Set<String> dependent = new HashSet<>(Set.of(input));
    Set<String> found = new TreeSet<>();
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)
          && node.outputs().stream().anyMatch(needed::contains)) {
        dependent.addAll(node.outputs());
        if (!isExact(node, dependent)) {
          found.add(node.op());
        }
      }
    }
    return found;
  }

  private static boolean isExact(Node node, Set<String> dependent) {
    boolean known =
        KINKED.contains(node.op())
            || SMOOTH.contains(node.op())
            || MAXIMA.contains(node.op())
            || BILINEAR.contains(node.op())
            || NORMALIZING.contains(node.op())
            || LINEAR.contains(node.op());
    return switch (node.op()) {
      case "Where" -> !dependent.contains(node.inputs().get(0));
      case "Max", "Min" -> node.inputs().stream().filter(dependent::contains).count() <= 2;
      case "Pow" -> !dependent.contains(node.inputs().get(1));
      case "Einsum" -> node.inputs().stream().filter(dependent::contains).count() == 1;
      case "Div", "Softmax" -> true;
      default -> known;
    };
  }

  private static Value kinked(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (node.place() > 0 || !pair.differs(0)) {
      return node.plain(dy);
    }
    return shared(g, pair, NOTHING, node.plain(dy), dy);
  }

  private static Value smooth(GraphBuilder g, Pair pair, Value dy) {
    if (!pair.differs(0)) {
      return pair.node().plain(dy);
    }
    return shared(g, pair, LITTLE, meanSlope(g, pair, dy), dy);
  }

  /** dy times the mean of the derivatives in both runs. */
  private static Value meanSlope(GraphBuilder g, Pair pair, Value dy) {
    Value here = pair.node().plain(dy);
    Value there = again(pair).plain(dy);
    return g.mul(g.add(here, there), .5);
  }

  /** The operation as it is in the second run; its output too is computed there. */
  private static NodeView again(Pair pair) {
    NodeView node = pair.node();
    NodeView there = node;
    for (int i = 0; i < node.inputs(); i++) {
      if (node.hasInput(i) && pair.differs(i)) {
        there = there.with(i, pair.input(i));
      }
    }
    return there;
  }

  /** dy · Δout/Δin, or another value where Δin is smaller than a limit. */
  private static Value shared(GraphBuilder g, Pair pair, double limit, Value otherwise, Value dy) {
    Value rise = g.sub(pair.node().output(), pair.output());
    return over(g, g.mul(dy, rise), pair, limit, otherwise);
  }

  /** A value over Δin, or another one where Δin is smaller than a limit. */
  private static Value over(GraphBuilder g, Value value, Pair pair, double limit, Value otherwise) {
    int place = pair.node().place();
    Value way = g.sub(pair.node().input(place), pair.input(place));
    Value same = g.less(g.abs(way), g.scalarLike(way, limit));
    Value safe = g.where(same, g.scalarLike(way, 1), way);
    return g.where(same, otherwise, g.div(value, safe));
  }

  /**
   * (max(y, y′) − y′) goes to the place of the maximum for x, (y − max(y, y′)) to the one for x′,
   * each over Δin; minima likewise.
   */
  private static Value maximum(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (!pair.differs(0)) {
      return node.plain(dy);
    }
    Value here = node.output();
    Value there = pair.output();
    Value turn = node.op().equals("ReduceMin") ? g.min(here, there) : g.max(here, there);
    Value up = node.plain(g.mul(dy, g.sub(turn, there)));
    Value down = again(pair).plain(g.mul(dy, g.sub(here, turn)));
    return over(g, g.add(up, down), pair, NOTHING, node.plain(dy));
  }

  /** The larger, or smaller, of two values: the mean of what each adds first and last. */
  private static Value larger(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    int place = node.place();
    int other = 1 - place;
    if (node.inputs() == 1 || node.inputs() > 2) {
      return node.plain(dy);
    }
    if (!pair.differs(other)) {
      return shared(g, pair, NOTHING, node.plain(dy), dy);
    }
    Value last = g.sub(node.output(), node.with(place, pair.input(place)).output());
    Value first = g.sub(node.with(other, pair.input(other)).output(), pair.output());
    Value mean = g.mul(g.mul(dy, g.add(first, last)), .5);
    return over(g, mean, pair, NOTHING, node.plain(dy));
  }

  /** Δ(ab) = Δa · (b + b′)/2 + Δb · (a + a′)/2. */
  private static Value product(Pair pair, Value dy) {
    NodeView node = pair.node();
    int other = 1 - node.place();
    return node.place() < 2 && pair.differs(other)
        ? node.with(other, pair.mean(other)).plain(dy)
        : node.plain(dy);
  }

  /**
   * Δ(a/b) = (Δa − ȳ·Δb)/b̄ with the means of quotient and divisor over both runs: what a = y·b
   * says as a product. Unlike Δa·mean(1/b) − … it stays small where one divisor is next to nothing,
   * as the deviation of a baseline of one colour.
   */
  private static Value quotient(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (!pair.differs(1)) {
      return node.plain(dy);
    }
    Value share = g.div(dy, pair.mean(1));
    Value mean = g.mul(g.add(node.output(), pair.output()), .5);
    return node.place() == 0 ? share : g.neg(g.mul(share, mean));
  }

  /** Squares are products; other powers are functions of one number. */
  private static Value power(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (pair.differs(1) || !pair.differs(0)) {
      return node.plain(dy);
    }
    boolean square = node.constant(1).filter(t -> t.size() == 1 && t.floats()[0] == 2).isPresent();
    return square
        ? g.mul(dy, g.add(node.input(0), pair.input(0)))
        : shared(g, pair, LITTLE, meanSlope(g, pair, dy), dy);
  }

  /**
   * Δy = L·(Δz − ΣLΔz/ΣL) with the logarithmic means L = Δy/Δ(ln y), since ln y = z − k and Σ y
   * stays one. Like the gradient, which it is where nothing differs, it does not see what is added
   * to all z alike.
   */
  private static Value softmax(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (!pair.differs(0)) {
      return node.plain(dy);
    }
    int axis = node.axis(-1);
    Attributes along = Attributes.of("axis", axis);
    Value way =
        g.sub(g.op("LogSoftmax", along, node.input(0)), g.op("LogSoftmax", along, pair.input(0)));
    Value same = g.less(g.abs(way), g.scalarLike(way, ALIKE));
    Value rise = g.sub(node.output(), pair.output());
    Value mean = g.mul(g.add(node.output(), pair.output()), .5);
    Value log = g.where(same, mean, g.div(rise, g.where(same, g.scalarLike(way, 1), way)));
    Value all = g.sum(log, true, axis);
    return g.mul(log, g.sub(dy, g.div(g.sum(g.mul(dy, log), true, axis), all)));
  }

  /**
   * y = γ·c/d + β with c = x − mean x and d = √(mean c² + ε) over a group: a quotient, and Δd =
   * mean((c + c′)·Δc)/(d + d′).
   */
  private static Value normalized(GraphBuilder g, Pair pair, Value dy) {
    NodeView node = pair.node();
    if (node.place() > 0 || !pair.differs(0)) {
      return node.plain(dy);
    }
    Value x = node.input(0);
    int rank = x.rank();
    Value scale = node.input(1);
    if (!node.op().equals("LayerNormalization")) {
      long[] dims = new long[rank - 1];
      Arrays.fill(dims, 1);
      dims[0] = scale.dim(0);
      scale = g.reshape(scale, dims);
    }
    double epsilon = node.attributes().real("epsilon", 1e-5);
    Value arriving = g.mul(dy, scale);
    return switch (node.op()) {
      case "GroupNormalization" -> {
        long groups = node.attributes().integer("num_groups", 1);
        long each = Shape.of(Arrays.copyOfRange(x.shape().dims(), 1, rank)).size() / groups;
        Shape grouped = Shape.of(x.dim(0), groups, each);
        Value dx =
            standardized(
                g,
                epsilon,
                g.reshape(x, grouped),
                g.reshape(pair.input(0), grouped),
                g.reshape(arriving, grouped),
                2);
        yield g.reshape(dx, x.shape());
      }
      case "InstanceNormalization" ->
          standardized(g, epsilon, x, pair.input(0), arriving, LongStream.range(2, rank).toArray());
      default -> {
        int axis = x.shape().axis((int) node.attributes().integer("axis", -1));
        yield standardized(
            g, epsilon, x, pair.input(0), arriving, LongStream.range(axis, rank).toArray());
      }
    };
  }

  private static Value standardized(
      GraphBuilder g, double epsilon, Value x, Value other, Value dHat, long... axes) {
    Value c = g.sub(x, g.mean(x, true, axes));
    Value otherC = g.sub(other, g.mean(other, true, axes));
    Value d = deviation(g, c, epsilon, axes);
    Value otherD = deviation(g, otherC, epsilon, axes);
    Value sumD = g.add(d, otherD);
    Value share = g.div(g.mul(dHat, 2), sumD);
    Value meanY = g.mul(g.add(g.div(c, d), g.div(otherC, otherD)), .5);
    Value toD = g.mean(g.mul(share, meanY), true, axes);
    Value dc = g.sub(share, g.mul(g.div(toD, sumD), g.add(c, otherC)));
    return g.sub(dc, g.mean(dc, true, axes));
  }

  private static Value deviation(GraphBuilder g, Value c, double epsilon, long... axes) {
    return g.sqrt(g.add(g.mean(g.square(c), true, axes), epsilon));
  }
}
