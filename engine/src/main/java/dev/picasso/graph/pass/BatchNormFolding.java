package dev.picasso.graph.pass;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * At inference batch normalization is y = a·x + b for each channel, with a = scale/√(var + ε) and b
 * = bias − mean·a. After a convolution or matrix product that nothing else reads it goes into the
 * weights, and the product's output takes the name of the normalization's. Elsewhere it stays: ONNX
 * Runtime runs it within its blocked layout, faster than a multiplication and an addition.
 */
public final class BatchNormFolding {
  /** The same graph without batch normalizations right after a product with constant weights. */
  public Graph apply(Graph graph, Collection<String> keep) {
    Map<String, List<Node>> readers = graph.consumers();
    Set<String> asked = new HashSet<>(graph.outputs());
    Map<String, Folded> folded = new HashMap<>();
    GraphEdit edit = new GraphEdit(graph);
    for (Node node : graph.nodes()) {
      affine(graph, node)
          .flatMap(
              affine ->
                  graph
                      .producer(node.inputs().get(0))
                      .filter(p -> !asked.contains(p.output()))
                      .filter(p -> readers.getOrDefault(p.output(), List.of()).size() == 1)
                      .flatMap(p -> Folded.of(graph, p, node, affine)))
          .ifPresent(f -> folded.put(f.product().output(), f));
    }
    Set<Node> gone = new HashSet<>();
    for (Node node : graph.nodes()) {
      Folded product = folded.get(node.outputs().get(0));
      if (product != null) {
        edit.add(product.emit(edit));
        gone.add(product.normalization());
      } else if (!gone.contains(node)) {
        edit.add(node);
      }
    }
    return edit.build(keep.stream().filter(k -> !folded.containsKey(k)).toList());
  }

  /**
   * Values of products that were folded, with the values of their normalizations, which the folded
   * graph computes in one.
   *
   * @param before the graph that was folded
   * @param after what became of it, with whatever was added since
   */
  public static Map<String, String> folded(Graph before, Graph after) {
    Map<String, String> folded = new HashMap<>();
    for (Node node : before.nodes()) {
      String product = node.inputs().isEmpty() ? "" : node.inputs().get(0);
      boolean isFolded =
          node.op().equals("BatchNormalization")
              && after.producer(node.output()).filter(n -> !n.op().equals(node.op())).isPresent();
      if (isFolded && after.producer(product).isEmpty()) {
        folded.put(product, node.output());
      }
    }
    return folded;
  }

  /**
   * The folded graph in which some products are followed by their normalizations again, as they
   * were before: the same function, with the products' values to be read.
   *
   * @param products values of the graph before that were folded
   */
  public static Graph undone(Graph before, Graph after, Collection<String> products) {
    Map<String, String> folded = folded(before, after);
    Map<String, List<Node>> instead = new HashMap<>();
    for (String value : products) {
      String normalized = folded.getOrDefault(value, "");
      Node product = before.producer(value).orElseThrow();
      Node normalization = before.producer(normalized).orElseThrow();
      instead.put(normalized, List.of(product, normalization));
    }
    GraphEdit edit = new GraphEdit(after);
    for (Node node : after.nodes()) {
      List<Node> both = instead.getOrDefault(node.outputs().get(0), List.of(node));
      both.forEach(n -> edit.addFrom(before, n));
    }
    return edit.build(products);
  }

  /**
   * A graph that has its normalizations apart and computes what a folded one does: its products
   * have the folded weights, and the normalizations behind them change nothing. So the weights of
   * the folded graph may be others than those that were folded.
   *
   * @param before the graph that was folded
   * @param after what became of it, perhaps with other weights since
   */
  public static Graph unfolded(Graph before, Graph after) {
    Map<String, String> products = new HashMap<>();
    folded(before, after).forEach((product, normalized) -> products.put(normalized, product));
    GraphEdit edit = new GraphEdit(after);
    for (Node node : after.nodes()) {
      String product = products.get(node.outputs().get(0));
      if (product == null) {
        edit.add(node);
      } else {
        before.find(product).ifPresent(v -> edit.valueLike(v, product));
        edit.add(GraphEdit.withOutputs(node, List.of(product)));
        edit.add(idle(before.producer(node.output()).orElseThrow(), before, edit));
      }
    }
    return edit.build(products.values());
  }

  /** A normalization that changes nothing: scale √(1 + ε), variance 1, no mean and no bias. */
  private static Node idle(Node normalization, Graph graph, GraphEdit edit) {
    int channels = Math.toIntExact(graph.value(normalization.inputs().get(1)).shape().size());
    double epsilon = normalization.attributes().real("epsilon", 1e-5);
    double[] numbers = {Math.sqrt(1 + epsilon), 0, 0, 1};
    List<String> inputs = new ArrayList<>(List.of(normalization.inputs().get(0)));
    for (double number : numbers) {
      double[] each = new double[channels];
      Arrays.fill(each, number);
      inputs.add(edit.constant(normalization.output() + "/idle", tensor(each, channels)));
    }
    return GraphEdit.withInputs(normalization, inputs);
  }

  /** y = a·x + b, by channel. */
  static final class Affine {
    private final double[] a;
    private final double[] b;

    Affine(double[] a, double[] b) {
      this.a = a;
      this.b = b;
    }

    int channels() {
      return a.length;
    }

    double a(int channel) {
      return a[channel];
    }

    double b(int channel) {
      return b[channel];
    }
  }

  private static Optional<Affine> affine(Graph graph, Node node) {
    if (!node.op().equals("BatchNormalization")
        || !node.domain().isEmpty()
        || node.outputs().size() != 1
        || node.attributes().flag("training_mode", false)) {
      return Optional.empty();
    }
    List<float[]> given = new ArrayList<>();
    for (int i = 1; i < 5; i++) {
      Optional<Tensor> constant =
          graph.constant(node.inputs().get(i)).filter(t -> t.type() == DataType.FLOAT);
      if (constant.isEmpty()) {
        return Optional.empty();
      }
      given.add(constant.get().floats());
    }
    double epsilon = node.attributes().real("epsilon", 1e-5);
    int channels = given.get(0).length;
    double[] a = new double[channels];
    double[] b = new double[channels];
    for (int c = 0; c < channels; c++) {
      a[c] = given.get(0)[c] / Math.sqrt(given.get(3)[c] + epsilon);
      b[c] = given.get(1)[c] - given.get(2)[c] * a[c];
    }
    return Optional.of(new Affine(a, b));
  }

  static Tensor tensor(double[] values, long... dims) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, dims);
  }
}
