package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A convolution or a dense layer z = w·x + b on the way back, as a {@link LayerRule} sees it: its
 * input, its output and the same layer with other weights. Where biases are ignored it has none.
 */
public final class Layer {
  private final GraphBuilder g;
  private final NodeView node;
  private final Roles.Weighted role;
  private final Knowledge known;

  /** What the graph tells of a layer. */
  record Knowledge(
      boolean biasKept, boolean inputIsNotNegative, Optional<Node> rectifier, PixelBounds pixels) {}

  Layer(GraphBuilder g, NodeView node, Roles.Weighted role, Knowledge known) {
    this.g = g;
    this.node = node;
    this.role = role;
    this.known = known;
    boolean flipped = node.op().equals("Gemm") && node.attributes().real("alpha", 1) <= 0;
    if (flipped || (node.op().equals("Gemm") && node.attributes().real("beta", 1) <= 0)) {
      throw new UnsupportedGradientException("its factor alpha or beta is not positive");
    }
  }

  /** The input. */
  public Value x() {
    return node.input(role.x());
  }

  /** Whether the input is never negative, as behind a ReLU. */
  public boolean inputIsNotNegative() {
    return known.inputIsNotNegative();
  }

  /** Whether a ReLU follows, and relevance comes only where z is positive. */
  public boolean isRectified() {
    return known.rectifier().isPresent();
  }

  /** The output, with its bias if biases are kept. */
  public Value z() {
    return known.biasKept() ? total() : withoutBias();
  }

  /** z + ε·sign(z). */
  public Value stabilized(double epsilon) {
    return known
        .rectifier()
        .filter(node -> node.op().equals("Relu"))
        .map(relu -> Stabilizer.stabilized(g, g.lookUp(relu.output()), epsilon, true))
        .orElseGet(() -> Stabilizer.stabilized(g, z(), epsilon, false));
  }

  /** The output with its bias in any case. */
  Value total() {
    return role.bias().map(sum -> g.lookUp(sum.total())).orElseGet(node::output);
  }

  /** w·x. */
  Value withoutBias() {
    if (!node.hasInput(2)) {
      return node.output();
    }
    Value b = node.input(2);
    if (node.op().equals("Gemm")) {
      return g.sub(node.output(), g.mul(b, node.attributes().real("beta", 1)));
    }
    long[] perChannel = new long[node.output().rank() - 1];
    Arrays.fill(perChannel, 1);
    perChannel[0] = b.dim(0);
    return g.sub(node.output(), g.reshape(b, perChannel));
  }

  /** An input of ones, for one image. */
  public Value ones() {
    Shape shape = x().shape().withBatch(1);
    float[] ones = new float[Math.toIntExact(shape.size())];
    Arrays.fill(ones, 1);
    return g.constant(Tensor.of(ones, shape.dims()).as(x().type()));
  }

  /** The smallest and the largest that this layer's input can be, for pixels with these bounds. */
  PixelBounds.Pair pixels(List<Float> low, List<Float> high) {
    return known.pixels().at(g, node.node().inputs().get(role.x()), low, high);
  }

  /** The layer with its own weights. */
  public Part whole() {
    return new Part(node.without(2));
  }

  /** The layer with a function of its weights. */
  public Part part(DoubleUnaryOperator of) {
    Tensor weights =
        node.constant(role.weights())
            .orElseThrow(() -> new UnsupportedGradientException("its weights are no constants"));
    Value changed = g.constant(Kernels.mapped(weights, of));
    return new Part(node.with(role.weights(), changed).without(2));
  }

  /** The contributions above zero, and what they and the positive biases come to. */
  Contributions raising() {
    Part up = part(Layer::positive);
    if (inputIsNotNegative()) {
      Value sum = up.of(x(), b -> positive(b) + Stabilizer.EPSILON);
      return r -> g.mul(x(), up.back(g.div(r, sum)));
    }
    Part down = part(Layer::negative);
    Value high = g.relu(x());
    Value low = g.min(x(), g.scalarLike(x(), 0));
    Value sum = g.add(up.of(high, b -> positive(b) + Stabilizer.EPSILON), down.of(low));
    return r -> shared(high, up, low, down, g.div(r, sum));
  }

  /** The contributions below zero, and what they and the negative biases come to. */
  Contributions lowering() {
    Part down = part(Layer::negative);
    if (inputIsNotNegative()) {
      Value sum = down.of(x(), b -> negative(b) - Stabilizer.EPSILON);
      return r -> g.mul(x(), down.back(g.div(r, sum)));
    }
    Part up = part(Layer::positive);
    Value high = g.relu(x());
    Value low = g.min(x(), g.scalarLike(x(), 0));
    Value sum = g.add(down.of(high, b -> negative(b) - Stabilizer.EPSILON), up.of(low));
    return r -> shared(high, down, low, up, g.div(r, sum));
  }

  private Value shared(Value high, Part ofHigh, Value low, Part ofLow, Value share) {
    return g.add(g.mul(high, ofHigh.back(share)), g.mul(low, ofLow.back(share)));
  }

  /** Some of the contributions x·w to each output. */
  @FunctionalInterface
  interface Contributions {
    /** Relevance of the outputs, shared out by them. */
    Value share(Value r);
  }

  /** The layer with some weights, and without its bias unless one is asked for. */
  public final class Part {
    private final NodeView node;

    private Part(NodeView node) {
      this.node = node;
    }

    /** w·x. */
    public Value of(Value x) {
      return node.with(role.x(), x).output();
    }

    /**
     * w·x + b.
     *
     * @param bias a function of the layer's bias, or of zero where it has none
     */
    public Value of(Value x, DoubleUnaryOperator bias) {
      Optional<Tensor> own = bias();
      if (own.isEmpty()) {
        double constant = bias.applyAsDouble(0);
        return constant == 0 ? of(x) : g.add(of(x), constant);
      }
      Value changed = g.constant(Kernels.mapped(own.get(), bias));
      return role.bias().isPresent()
          ? g.add(of(x), changed)
          : node.with(role.x(), x).with(2, changed).output();
    }

    /** wᵀ·s: what each input would get of s, were it one. */
    public Value back(Value s) {
      return node.plain(s);
    }
  }

  /** The numbers of the bias, wherever it is added; empty where there is none or it is ignored. */
  private Optional<Tensor> bias() {
    if (!known.biasKept()) {
      return Optional.empty();
    }
    Optional<Value> value =
        node.hasInput(2)
            ? Optional.of(node.input(2))
            : role.bias().map(sum -> g.lookUp(sum.bias()));
    return value.map(
        b ->
            g.constantOf(b)
                .orElseThrow(() -> new UnsupportedGradientException("its bias is no constant")));
  }

  private static double positive(double weight) {
    return Math.max(weight, 0);
  }

  private static double negative(double weight) {
    return Math.min(weight, 0);
  }
}
