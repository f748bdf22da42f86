package dev.picasso.model.pixels;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What operators that work on each pixel alone make of pixels. */
final class PixelOperators {
  private final Graph graph;

  PixelOperators(Graph graph) {
    this.graph = graph;
  }

  /**
   * The outputs of a node that reads pixels at one of its inputs and else constants.
   *
   * @param at which of the inputs
   * @return one for each output; empty for an operator that mixes pixels, or does more than scale
   *     and shift them
   */
  Optional<List<Pixels>> apply(Node node, int at, Pixels x) {
    if (!node.domain().isEmpty()) {
      return Optional.empty();
    }
    return switch (at) {
      case 0 -> first(node, x);
      case 1 -> second(node, x);
      default -> Optional.empty();
    };
  }

  /** Pixels are the first input. */
  private Optional<List<Pixels>> first(Node node, Pixels x) {
    return switch (node.op()) {
      case "Identity", "Cast", "Dropout", "Pad", "Resize", "Clip", "MaxPool", "AveragePool" ->
          one(Optional.of(x));
      case "Neg" -> one(Optional.of(x.then(c -> -1, c -> 0)));
      case "Add" -> one(operand(node, 1, 0, x).map(k -> x.then(c -> 1, c -> k[c])));
      case "Sub" -> one(operand(node, 1, 0, x).map(k -> x.then(c -> 1, c -> -k[c])));
      case "Mul" -> one(operand(node, 1, 0, x).map(k -> x.then(c -> k[c], c -> 0)));
      case "Div" -> one(operand(node, 1, 0, x).map(k -> x.then(c -> 1 / k[c], c -> 0)));
      case "QuantizeLinear" -> one(linear(node, x).map(l -> x.then(c -> 1 / l[0], c -> l[1])));
      case "DequantizeLinear" ->
          one(linear(node, x).map(l -> x.then(c -> l[0], c -> -l[0] * l[1])));
      case "BatchNormalization" ->
          one(
              Statistics.of(graph, node, x)
                  .map(s -> x.then(s::factor, c -> s.shift(c) - s.mean(c) * s.factor(c))));
      case "Conv" -> one(eachAlone(node, x));
      case "Transpose" -> one(transposed(node, x));
      case "Reshape", "Squeeze", "Unsqueeze", "Flatten" -> one(reshaped(node, x));
      case "Slice" -> one(sliced(node, x));
      case "Gather" -> one(gathered(node, x));
      case "Split" -> split(node, x);
      case "MatMul" -> one(resized(node, 1, x));
      default -> Optional.empty();
    };
  }

  /** Pixels are the second input. */
  private Optional<List<Pixels>> second(Node node, Pixels x) {
    return switch (node.op()) {
      case "Add" -> one(operand(node, 0, 1, x).map(k -> x.then(c -> 1, c -> k[c])));
      case "Sub" -> one(operand(node, 0, 1, x).map(k -> x.then(c -> -1, c -> k[c])));
      case "Mul" -> one(operand(node, 0, 1, x).map(k -> x.then(c -> k[c], c -> 0)));
      case "MatMul" -> one(resized(node, 0, x));
      default -> Optional.empty();
    };
  }

  /** A product with a matrix that takes means of neighbours, as resizing is written. */
  private Optional<Pixels> resized(Node node, int at, Pixels x) {
    int rank = graph.find(node.inputs().get(1 - at)).map(Value::rank).orElse(0);
    boolean channelsStay = x.axis() >= 0 && x.axis() != rank - 1 - (1 - at);
    return graph
        .constant(node.inputs().get(at))
        .filter(m -> channelsStay && m.shape().rank() == 2)
        .filter(m -> takesMeans(m, at))
        .map(m -> x);
  }

  private static boolean takesMeans(Tensor matrix, int at) {
    double sum = 0;
    for (float f : matrix.floats()) {
      sum += f;
    }
    return Math.abs(sum / matrix.shape().dim(at) - 1) < .01;
  }

  private static Optional<List<Pixels>> one(Optional<Pixels> pixels) {
    return pixels.filter(Pixels::isSound).map(List::of);
  }

  /** The constant at an input of an elementwise operator: its mean over each channel. */
  private Optional<double[]> operand(Node node, int at, int pixelsAt, Pixels x) {
    int rank = graph.find(node.inputs().get(pixelsAt)).map(Value::rank).orElse(0);
    return node.hasInput(at)
        ? graph.constant(node.inputs().get(at)).flatMap(t -> byChannel(t, rank, x))
        : Optional.empty();
  }

  private static Optional<double[]> byChannel(Tensor constant, int rank, Pixels x) {
    int n = x.channels().size();
    Shape shape = constant.shape();
    int axis = x.axis() < 0 ? -1 : x.axis() - (rank - shape.rank());
    long length = axis < 0 ? 1 : shape.dim(axis);
    if (constant.size() == 0 || shape.rank() > rank || (length != 1 && length != n)) {
      return Optional.empty();
    }
    long inner =
        axis < 0
            ? constant.size()
            : LongStream.of(shape.dims()).skip(axis + 1L).reduce(1, Math::multiplyExact);
    double[] sums = new double[n];
    float[] numbers = constant.floats();
    for (int i = 0; i < numbers.length; i++) {
      int channel = (int) (i / inner % length);
      if (length == 1) {
        for (int c = 0; c < n; c++) {
          sums[c] += numbers[i];
        }
      } else {
        sums[channel] += numbers[i];
      }
    }
    double each = (double) numbers.length / length;
    return Optional.of(Arrays.stream(sums).map(s -> s / each).toArray());
  }

  /** Scale and zero point, where there is one of each. */
  private Optional<double[]> linear(Node node, Pixels x) {
    Optional<double[]> scale = operand(node, 1, 0, x);
    Optional<double[]> zero =
        node.hasInput(2) ? operand(node, 2, 0, x) : Optional.of(new double[x.channels().size()]);
    boolean oneEach =
        IntStream.of(1, 2)
            .filter(node::hasInput)
            .allMatch(
                i -> graph.constant(node.inputs().get(i)).filter(t -> t.size() == 1).isPresent());
    return oneEach
        ? scale.flatMap(s -> zero.map(z -> new double[] {s[0], z[0]}))
        : Optional.empty();
  }

  /** A convolution of each channel with one number, as some exporters write a normalization. */
  private Optional<Pixels> eachAlone(Node node, Pixels x) {
    int n = x.channels().size();
    Optional<float[]> weights =
        graph
            .constant(node.inputs().get(1))
            .filter(w -> w.size() == n && w.shape().dim(0) == n)
            .map(Tensor::floats);
    Optional<float[]> bias =
        node.hasInput(2)
            ? graph.constant(node.inputs().get(2)).map(Tensor::floats)
            : Optional.of(new float[n]);
    boolean grouped = n > 1 && node.attributes().integer("group", 1) == n && x.axis() == 1;
    return grouped && bias.filter(b -> b.length == n).isPresent()
        ? weights.flatMap(w -> bias.map(b -> x.then(c -> w[c], c -> b[c])))
        : Optional.empty();
  }

  private static Optional<Pixels> transposed(Node node, Pixels x) {
    if (x.axis() < 0) {
      return Optional.of(x);
    }
    return node.attributes()
        .integers("perm")
        .flatMap(
            p ->
                IntStream.range(0, p.length)
                    .filter(i -> p[i] == x.axis())
                    .mapToObj(x::at)
                    .findFirst());
  }

  /** Axes of length one come and go; one channel survives any other shape, too. */
  private Optional<Pixels> reshaped(Node node, Pixels x) {
    Optional<long[]> before = graph.find(node.inputs().get(0)).map(v -> v.shape().dims());
    Optional<long[]> after = graph.find(node.output()).map(v -> v.shape().dims());
    Optional<Pixels> kept =
        before.flatMap(b -> after.flatMap(a -> places(b, a, x.axis()))).map(x::at);
    return kept.isEmpty() && x.isSingle() ? Optional.of(x.at(-1)) : kept;
  }

  /** Where an axis is after a reshape that leaves out or adds axes of length one. */
  private static Optional<Integer> places(long[] before, long[] after, int axis) {
    if (axis < 0 || before[axis] == 1) {
      return Optional.empty();
    }
    int[] from = IntStream.range(0, before.length).filter(i -> before[i] != 1).toArray();
    int[] to = IntStream.range(0, after.length).filter(i -> after[i] != 1).toArray();
    long[] kept = IntStream.of(from).mapToLong(i -> before[i]).toArray();
    return Arrays.equals(kept, IntStream.of(to).mapToLong(i -> after[i]).toArray())
        ? Optional.of(to[IntStream.range(0, from.length).filter(i -> from[i] == axis).sum()])
        : Optional.empty();
  }

  private Optional<Pixels> sliced(Node node, Pixels x) {
    Optional<long[]> starts = longs(node, 1);
    Optional<long[]> ends = longs(node, 2);
    int rank = graph.find(node.inputs().get(0)).map(Value::rank).orElse(0);
    if (starts.isEmpty() || ends.isEmpty() || rank == 0) {
      return Optional.empty();
    }
    int n = starts.get().length;
    long[] axes = longs(node, 3).orElse(LongStream.range(0, n).toArray());
    long[] steps = longs(node, 4).orElse(LongStream.generate(() -> 1).limit(n).toArray());
    for (int i = 0; i < n; i++) {
      if (Math.floorMod(axes[i], rank) == x.axis()) {
        int[] kept = range(starts.get()[i], ends.get()[i], steps[i], x.channels().size());
        return kept.length == 0 ? Optional.empty() : Optional.of(x.picked(kept));
      }
    }
    return Optional.of(x);
  }

  /** The places that a slice of ONNX takes of n. */
  private static int[] range(long start, long end, long step, int n) {
    if (step == 0) {
      return new int[0];
    }
    long least = step > 0 ? 0 : -1;
    long most = step > 0 ? n : n - 1;
    long from = Math.min(Math.max(start < 0 ? start + n : start, 0), most);
    long to = Math.min(Math.max(end < 0 ? end + n : end, least), most);
    return LongStream.iterate(from, i -> step > 0 ? i < to : i > to, i -> i + step)
        .mapToInt(i -> (int) i)
        .toArray();
  }

  private Optional<long[]> longs(Node node, int at) {
    return node.hasInput(at)
        ? graph.constant(node.inputs().get(at)).map(Tensor::longs)
        : Optional.empty();
  }

  private Optional<Pixels> gathered(Node node, Pixels x) {
    int rank = graph.find(node.inputs().get(0)).map(Value::rank).orElse(0);
    Optional<Tensor> indices = graph.constant(node.inputs().get(1));
    int n = x.channels().size();
    if (rank == 0
        || indices.isEmpty()
        || Math.floorMod(node.attributes().integer("axis", 0), rank) != x.axis()
        || indices.get().shape().rank() > 1
        || LongStream.of(indices.get().longs()).anyMatch(i -> i < -n || i >= n)) {
      return Optional.empty();
    }
    int[] kept = LongStream.of(indices.get().longs()).mapToInt(i -> Math.floorMod(i, n)).toArray();
    Pixels picked = x.picked(kept);
    return Optional.of(indices.get().shape().rank() == 0 ? picked.at(-1) : picked);
  }

  private Optional<List<Pixels>> split(Node node, Pixels x) {
    int rank = graph.find(node.inputs().get(0)).map(Value::rank).orElse(0);
    int n = x.channels().size();
    if (rank == 0 || Math.floorMod(node.attributes().integer("axis", 0), rank) != x.axis()) {
      return Optional.empty();
    }
    int parts = node.outputs().size();
    long[] sizes =
        longs(node, 1).orElse(LongStream.generate(() -> n / parts).limit(parts).toArray());
    if (sizes.length != parts || LongStream.of(sizes).sum() != n) {
      return Optional.empty();
    }
    int[] ends = new int[parts];
    for (int i = 0; i < parts; i++) {
      ends[i] = (i == 0 ? 0 : ends[i - 1]) + (int) sizes[i];
    }
    return Optional.of(
        IntStream.range(0, parts)
            .mapToObj(i -> x.picked(IntStream.range(i == 0 ? 0 : ends[i - 1], ends[i]).toArray()))
            .toList());
  }
}
