package dev.picasso.graph.pass;

import dev.picasso.PicassoException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets a graph that was exported for a fixed number of images take any number. Its first axis is
 * made the batch, constant target shapes follow, and the result is believed only if each row of a
 * batch comes out as it does from the original graph: by rule where there is one for each of its
 * operators ({@link RowWise}), else by trying it.
 */
public final class BatchFreeing {
  private static final double TOLERANCE = 1e-4;

  private final Evaluator evaluator;

  public BatchFreeing(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The graph with its shapes known and a free batch; empty if it does not work with one. */
  public Optional<Graph> free(Graph graph) {
    long batch = graph.inputs().isEmpty() ? 0 : first(graph.inputs().get(0));
    boolean all = graph.inputs().stream().allMatch(i -> first(i) == batch && i.rank() > 1);
    if (batch < 1 || !all) {
      return Optional.empty();
    }
    try {
      Graph ruled = byRule(graph, batch);
      if (RowWise.holds(ruled)) {
        return Optional.of(ruled);
      }
      Graph freed = new ShapeProbe(evaluator).withShapes(freed(graph, batch));
      boolean batched =
          freed.outputs().stream()
              .allMatch(o -> freed.find(o).filter(v -> v.rank() > 0 && v.dim(0) < 0).isPresent());
      return batched && agree(graph, batch, freed) ? Optional.of(freed) : Optional.empty();
    } catch (PicassoException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty(); // it cannot be run with another batch, which is the answer
    }
  }

  /** With the target shapes that it computes known, and the shapes that follow by rule. */
  private Graph byRule(Graph graph, long batch) {
    Graph freed = freed(NumberedWalk.of(graph, batch, evaluator).withNumbers(), batch);
    ShapeWalk walk = new ShapeWalk(freed.inputs(), freed.constants());
    freed.nodes().forEach(walk::step);
    return freed.withValues(walk.values());
  }

  private static long first(Value input) {
    return input.rank() == 0 ? 0 : input.dim(0);
  }

  private static Graph freed(Graph graph, long batch) {
    List<Value> inputs =
        graph.inputs().stream()
            .map(i -> new Value(i.name(), i.type(), i.shape().with(0, Shape.BATCH)))
            .toList();
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    ShapeWalk walk = new ShapeWalk(inputs, constants);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      int before = nodes.size();
      switch (node.domain().isEmpty() && node.hasInput(1) ? node.op() : "") {
        case "Reshape" -> nodes.add(reshape(node, batch, constants, walk));
        case "Expand" -> nodes.add(expand(node, constants, walk));
        case "Concat" -> nodes.addAll(concat(node, batch, constants, walk));
        default -> nodes.add(node);
      }
      constants.forEach((n, t) -> walk.values().putIfAbsent(n, new Value(n, t.type(), t.shape())));
      nodes.subList(before, nodes.size()).forEach(walk::step);
    }
    return Graph.of(inputs, graph.outputs(), nodes, constants, Map.of())
        .withOutputs(graph.outputs());
  }

  /** The axis of the target that begins where the batch begins in x takes it up. */
  private static Node reshape(
      Node node, long batch, Map<String, Tensor> constants, ShapeWalk walk) {
    Tensor target = constants.get(node.inputs().get(1));
    Optional<Shape> x = walk.find(node.inputs().get(0)).map(Value::shape);
    if (target == null || x.isEmpty() || x.get().batchAxes() != 1) {
      return node;
    }
    long[] dims = target.longs();
    long before = 1;
    int axis = 0;
    while (x.get().dim(axis) >= 0) {
      before *= x.get().dim(axis++);
    }
    long size = x.get().withBatch(batch).size();
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] =
          dims[i] == 0 ? Math.abs(x.get().dim(i)) * (x.get().dim(i) < 0 ? batch : 1) : dims[i];
      known *= dims[i] < 0 ? 1 : dims[i];
    }
    long prefix = 1;
    int free = -1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] < 0 ? size / Math.max(1, known) : dims[i];
      if (prefix == before && free < 0) {
        free = i;
      }
      prefix *= dims[i];
    }
    if (free < 0) {
      return node;
    }
    dims[free] = -1;
    return GraphEdit.withInput(node, 1, add(constants, node, Tensor.longs(dims)));
  }

  /** An axis of x that is the batch already needs no expanding; 1 asks for none. */
  private static Node expand(Node node, Map<String, Tensor> constants, ShapeWalk walk) {
    Tensor target = constants.get(node.inputs().get(1));
    Optional<Shape> x = walk.find(node.inputs().get(0)).map(Value::shape);
    if (target == null || x.isEmpty()) {
      return node;
    }
    long[] dims = target.longs();
    for (int i = 0; i < dims.length; i++) {
      int from = i - dims.length + x.get().rank();
      dims[i] = from >= 0 && x.get().dim(from) < 0 ? 1 : dims[i];
    }
    return GraphEdit.withInput(node, 1, add(constants, node, Tensor.longs(dims)));
  }

  /** What is joined to a batch but was made for one image is repeated for each. */
  private static List<Node> concat(
      Node node, long batch, Map<String, Tensor> constants, ShapeWalk walk) {
    Optional<String> batched =
        node.inputs().stream()
            .filter(i -> walk.find(i).filter(v -> v.dim(0) == Shape.BATCH).isPresent())
            .findFirst();
    if (batched.isEmpty() || batch != 1 || node.attributes().integer("axis", 0) == 0) {
      return List.of(node);
    }
    List<Node> nodes = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      Optional<Value> value = walk.find(input);
      if (value.isEmpty() || value.get().dim(0) != 1) {
        inputs.add(input);
        continue;
      }
      String name = node.output() + "/" + inputs.size();
      long[] rest = java.util.Arrays.stream(value.get().shape().dims()).skip(1).toArray();
      constants.put(name + "/rest", Tensor.longs(rest));
      Attributes firstAxis = Attributes.of("start", 0).with("end", 1);
      nodes.add(node("Shape", firstAxis, name + "/batch", batched.get()));
      nodes.add(
          node(
              "Concat", Attributes.of("axis", 0), name + "/dims", name + "/batch", name + "/rest"));
      nodes.add(node("Expand", Attributes.none(), name + "/each", input, name + "/dims"));
      walk.values()
          .put(
              name + "/each",
              new Value(name + "/each", value.get().type(), value.get().shape().with(0, -1)));
      inputs.add(name + "/each");
    }
    nodes.add(GraphEdit.withInputs(node, inputs));
    return nodes;
  }

  private static Node node(String op, Attributes attributes, String output, String... inputs) {
    return new Node(output, op, List.of(inputs), List.of(output), attributes);
  }

  private static String add(Map<String, Tensor> constants, Node node, Tensor tensor) {
    String name = node.output() + "/target";
    constants.put(name, tensor);
    return name;
  }

  /**
   * The last and the first row of the original graph against the same rows in other company and at
   * other places. A graph of one image runs them one after the other.
   */
  private boolean agree(Graph graph, long batch, Graph freed) {
    int last = (int) Math.max(2, batch) - 1;
    int rows = last + 2;
    long results =
        freed.outputs().stream()
            .mapToLong(o -> SampleInputs.numbers(freed.value(o).shape().withBatch(rows)))
            .reduce(0, Math::addExact);
    if (results > SampleInputs.most()) {
      return false;
    }
    Map<String, Tensor> samples = SampleInputs.of(freed, rows, 7);
    int stranger = last + 1;
    Map<String, Tensor> together =
        evaluator.run(freed, taken(samples, rows, new int[] {last, stranger, 0}));
    List<int[]> alone =
        batch == 1
            ? List.of(new int[] {last}, new int[] {0})
            : List.of(IntStream.range(0, (int) batch).toArray());
    List<Map<String, Tensor>> originals =
        evaluator.runAll(graph, alone.stream().map(a -> taken(samples, rows, a)).toList());
    Map<String, Tensor> ofLast = originals.get(0);
    Map<String, Tensor> ofFirst = originals.get(originals.size() - 1);
    for (String output : graph.outputs()) {
      Tensor three = Optional.ofNullable(together.get(output)).orElseThrow();
      Tensor hasLast = Optional.ofNullable(ofLast.get(output)).orElseThrow();
      Tensor hasFirst = Optional.ofNullable(ofFirst.get(output)).orElseThrow();
      if (!sameRow(three, 0, hasLast, (int) batch - 1, batch)
          || !sameRow(three, 2, hasFirst, 0, batch)) {
        return false;
      }
    }
    return true;
  }

  /** Some rows of inputs that have so many. */
  private static Map<String, Tensor> taken(Map<String, Tensor> inputs, long rows, int[] chosen) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    inputs.forEach(
        (name, tensor) -> {
          int length = (int) (tensor.size() / rows);
          float[] values = tensor.floats();
          float[] some = new float[length * chosen.length];
          for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * length, some, i * length, length);
          }
          Tensor floats = Tensor.of(some, tensor.shape().with(0, chosen.length).dims());
          result.put(name, tensor.type() == DataType.FLOAT ? floats : floats.as(tensor.type()));
        });
    return result;
  }

  /** Row i of three is row k of so many. */
  private static boolean sameRow(Tensor three, int i, Tensor original, int k, long batch) {
    int length = (int) (three.size() / 3);
    if (original.size() != length * batch) {
      return false;
    }
    float[] a = three.floats();
    float[] b = original.floats();
    double largest = 1e-6;
    double difference = 0;
    for (int n = 0; n < length; n++) {
      double expected = b[k * length + n];
      largest = Math.max(largest, Math.abs(expected));
      double d = Math.abs(a[i * length + n] - expected);
      difference = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(difference, d);
    }
    return difference <= TOLERANCE * largest;
  }
}
