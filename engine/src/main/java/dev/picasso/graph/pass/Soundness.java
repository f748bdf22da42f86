package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold of a graph before a runtime may see it. ONNX Runtime takes some of it on trust and
 * ends the whole process where it is not so: kernels of too few axes, windows larger than what they
 * look at, negative sizes, and results that no memory holds.
 *
 * <p>What is asked for can be told from shapes that follow by rule; the rest the runtime refuses.
 */
public final class Soundness {
  /** Bytes of the largest result for one image. */
  private static final long LARGEST = 1L << 30;

  /** How far windows may reach over an image on both sides, beside its own size. */
  private static final long MARGIN = 1024;

  private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvTranspose");
  private static final Set<String> TARGETS = Set.of("Reshape", "Expand");

  private static final Set<String> POOLS = Set.of("MaxPool", "AveragePool", "LpPool");

  private Soundness() {}

  /**
   * What is wrong, a sentence for each operation; empty for a graph that can be run.
   *
   * @param evaluator computes the target shapes that a graph computes itself
   */
  public static List<String> problems(Graph graph, Evaluator evaluator) {
    List<String> problems = new ArrayList<>();
    List<Value> inputs =
        graph.inputs().stream()
            .map(i -> new Value(i.name(), i.type(), i.shape().withBatch(1)))
            .toList();
    Map<String, Tensor> constants = new HashMap<>(graph.constants());
    ShapeWalk walk = new ShapeWalk(inputs, constants);
    KnownNumbers numbers = new KnownNumbers(evaluator, constants);
    for (Node node : graph.nodes()) {
      Optional<String> problem = checked(node, walk, numbers);
      if (problem.isEmpty()) {
        walk.step(node);
        problem =
            node.outputs().stream()
                .flatMap(o -> walk.find(o).stream())
                .flatMap(v -> size(v).stream())
                .findFirst();
      }
      if (problem.isPresent()) {
        problems.add(node.name() + " (" + node.op() + "): " + problem.get());
        node.outputs().forEach(walk.values()::remove);
      } else {
        numbers.add(node, walk);
      }
    }
    return problems;
  }

  private static Optional<String> checked(Node node, ShapeWalk walk, KnownNumbers numbers) {
    try {
      return before(node, walk, numbers);
    } catch (ArithmeticException | IllegalArgumentException e) {
      return Optional.of("its attributes are impossible: " + e.getMessage());
    }
  }

  private static Optional<String> before(Node node, ShapeWalk walk, KnownNumbers numbers) {
    if (!node.domain().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> missing = RequiredInputs.missing(node);
    if (missing.isPresent()) {
      return missing;
    }
    if (CONVOLUTIONS.contains(node.op())) {
      Optional<Shape> x = walk.find(node.inputs().get(0)).map(Value::shape);
      Optional<Shape> w = walk.find(node.inputs().get(1)).map(Value::shape);
      return x.flatMap(from -> w.flatMap(kernels -> convolution(node, from, kernels)));
    }
    if (POOLS.contains(node.op())) {
      return walk.find(node.inputs().get(0)).flatMap(x -> pool(node, x.shape()));
    }
    for (int input : ShapingInputs.of(node)) {
      numbers.find(node.inputs().get(input));
    }
    if (node.op().equals("Resize")) {
      return walk.find(node.inputs().get(0)).flatMap(x -> resize(node, x.shape(), walk));
    }
    if (node.op().equals("DepthToSpace") || node.op().equals("SpaceToDepth")) {
      return blocks(node, walk);
    }
    if (node.op().equals("Split")) {
      return split(node, numbers);
    }
    if (node.op().equals("Range")) {
      return range(node, numbers);
    }
    if (node.op().startsWith("Random")) {
      return node.attributes().integers("shape").flatMap(t -> target(node, t));
    }
    if (node.op().equals("Div") || node.op().equals("Mod")) {
      return division(node, walk, numbers);
    }
    if (TARGETS.contains(node.op())) {
      return numbers.find(node.inputs().get(1)).map(Tensor::longs).flatMap(t -> target(node, t));
    }
    return Optional.empty();
  }

  /** Of whole numbers, the lowest by −1 has no result, and a processor stops at that. */
  private static Optional<String> division(Node node, ShapeWalk walk, KnownNumbers numbers) {
    DataType type = walk.find(node.inputs().get(1)).map(Value::type).orElse(DataType.FLOAT);
    if (type != DataType.INT64 && type != DataType.INT32) {
      return Optional.empty();
    }
    long lowest = type == DataType.INT64 ? Long.MIN_VALUE : Integer.MIN_VALUE;
    boolean byMinusOne = numbers.find(node.inputs().get(1)).filter(t -> holds(t, -1)).isPresent();
    return byMinusOne && numbers.find(node.inputs().get(0)).filter(t -> !holds(t, lowest)).isEmpty()
        ? Optional.of("it divides whole numbers by -1, which not all of them can be")
        : Optional.empty();
  }

  private static boolean holds(Tensor tensor, long number) {
    return Arrays.stream(tensor.longs()).anyMatch(n -> n == number);
  }

  /** Pixels of a block that become channels, or the other way round. */
  private static Optional<String> blocks(Node node, ShapeWalk walk) {
    long side = node.attributes().integer("blocksize", 0);
    Optional<Shape> x = walk.find(node.inputs().get(0)).map(Value::shape);
    boolean depth = node.op().equals("DepthToSpace");
    boolean possible =
        side >= 1
            && side <= 1 << 16
            && x.filter(
                    s ->
                        s.rank() != 4
                            || (depth
                                ? s.dim(1) % (side * side) != 0
                                : s.dim(2) % side != 0 || s.dim(3) % side != 0))
                .isEmpty();
    return possible
        ? Optional.empty()
        : Optional.of(
            "it cannot move blocks of "
                + side
                + " pixels a side in "
                + x.map(Shape::toString).orElse("its input"));
  }

  /** As many parts as outputs. */
  private static Optional<String> split(Node node, KnownNumbers numbers) {
    long outputs = node.outputs().size();
    long parts =
        node.hasInput(1)
            ? numbers.find(node.inputs().get(1)).map(Tensor::size).orElse(outputs)
            : node.attributes().integer("num_outputs", outputs);
    return parts == outputs
        ? Optional.empty()
        : Optional.of("it makes " + parts + " parts, and has " + outputs + " outputs");
  }

  private static Optional<String> range(Node node, KnownNumbers numbers) {
    double[] bounds = new double[3];
    for (int i = 0; i < bounds.length; i++) {
      Optional<Tensor> bound = numbers.find(node.inputs().get(i)).filter(t -> t.size() == 1);
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      bounds[i] = bound.get().floats()[0];
    }
    double count = (bounds[1] - bounds[0]) / bounds[2];
    return count * 8 > LARGEST || Double.isNaN(count)
        ? Optional.of("it counts from " + bounds[0] + " to " + bounds[1] + " by " + bounds[2])
        : Optional.empty();
  }

  /** Scales and sizes are lists, of a number for each axis. */
  private static Optional<String> resize(Node node, Shape x, ShapeWalk walk) {
    long axes =
        node.attributes().integers("axes").map(a -> (long) a.length).orElse((long) x.rank());
    for (int input = 2; input < 4; input++) {
      Optional<Shape> list =
          node.hasInput(input)
              ? walk.find(node.inputs().get(input)).map(Value::shape)
              : Optional.empty();
      if (list.filter(s -> s.rank() != 1 || (s.dim(0) != axes && s.dim(0) != 0)).isPresent()) {
        return Optional.of(
            "its scales or sizes " + list.orElseThrow() + " are not those of " + axes + " axes");
      }
    }
    return Optional.empty();
  }

  /** A Reshape may leave one size open. */
  private static Optional<String> target(Node node, long[] dims) {
    long lowest = node.op().equals("Reshape") ? -1 : 0;
    double size = Arrays.stream(dims).asDoubleStream().map(Math::abs).reduce(1, (x, y) -> x * y);
    return Arrays.stream(dims).anyMatch(d -> d < lowest) || size > LARGEST
        ? Optional.of("its result is to have the impossible shape " + Arrays.toString(dims))
        : Optional.empty();
  }

  private static Optional<String> convolution(Node node, Shape x, Shape w) {
    if (w.rank() < 3 || x.rank() != w.rank()) {
      return Optional.of("its kernels " + w + " do not fit its input " + x);
    }
    long groups = node.attributes().integer("group", 1);
    if (groups < 1 || w.dim(0) % groups != 0) {
      return Optional.of(w.dim(0) + " kernels cannot be shared out among " + groups + " groups");
    }
    long[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    return windows(node.attributes(), x, kernel, node.op().equals("Conv"));
  }

  private static Optional<String> pool(Node node, Shape x) {
    long[] kernel = node.attributes().integers("kernel_shape").orElseGet(() -> new long[0]);
    return kernel.length == 0 || kernel.length != x.rank() - 2
        ? Optional.of("its windows " + Arrays.toString(kernel) + " do not fit its input " + x)
        : windows(node.attributes(), x, kernel, true);
  }

  private static Optional<String> windows(
      Attributes attributes, Shape x, long[] kernel, boolean looksAt) {
    int n = kernel.length;
    long[] strides = attributes.integers("strides").orElseGet(() -> ones(n));
    long[] dilations = attributes.integers("dilations").orElseGet(() -> ones(n));
    long[] pads = attributes.integers("pads").orElseGet(() -> new long[2 * n]);
    if (strides.length != n || dilations.length != n || pads.length != 2 * n) {
      return Optional.of("its strides, dilations or pads are not those of " + n + " axes");
    }
    boolean same = attributes.text("auto_pad", "NOTSET").startsWith("SAME");
    for (int i = 0; i < n; i++) {
      if (kernel[i] < 1 || strides[i] < 1 || dilations[i] < 1) {
        return Optional.of("its windows, strides and dilations must be 1 or more");
      }
      long extent = Math.addExact(Math.multiplyExact(kernel[i] - 1, dilations[i]), 1);
      long room = Math.addExact(x.dim(i + 2), Math.addExact(pads[i], pads[i + n]));
      boolean wide = extent > 2 * x.dim(i + 2) + MARGIN; // each of its places is looked at
      if (looksAt && x.dim(i + 2) >= 0 && (wide || (!same && extent > room))) {
        return Optional.of(
            "its windows span " + extent + " pixels, its input " + x + " has too few");
      }
    }
    return Optional.empty();
  }

  private static long[] ones(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Optional<String> size(Value value) {
    try {
      long bytes = Math.multiplyExact(value.shape().withBatch(1).size(), value.type().bytes());
      if (bytes <= LARGEST) {
        return Optional.empty();
      }
    } catch (ArithmeticException | IllegalStateException e) {
      // the same answer: it is too large, so that even a length is no number any more
    }
    return Optional.of("its result for one image, " + value.shape() + ", is larger than 1 GB");
  }
}
