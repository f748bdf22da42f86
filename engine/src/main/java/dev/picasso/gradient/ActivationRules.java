package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Optional;

/**
 * Activations: y = f(x), all of one shape; mostly dx = dy · f′(x), written by y where it can be.
 */
final class ActivationRules {
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_GAMMA = 1.0507009873554805;

  private ActivationRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Relu", (g, node, dy) -> g.mul(dy, positive(g, node.output())));
    rules.put(
        "LeakyRelu", (g, node, dy) -> slope(g, node, dy, node.attributes().real("alpha", .01)));
    rules.put("PRelu", ActivationRules::pRelu, ActivationRules::pReluSlope);
    rules.put("Elu", (g, node, dy) -> elu(g, node, dy, node.attributes().real("alpha", 1), 1));
    rules.put(
        "Selu",
        (g, node, dy) ->
            elu(
                g,
                node,
                dy,
                node.attributes().real("alpha", SELU_ALPHA),
                node.attributes().real("gamma", SELU_GAMMA)));
    rules.put("Celu", ActivationRules::celu);
    rules.put("ThresholdedRelu", ActivationRules::thresholded);
    rules.put("Shrink", ActivationRules::shrink);
    rules.put("Clip", ActivationRules::clip);
    rules.put("HardSigmoid", ActivationRules::hardSigmoid);
    rules.put("HardSwish", ActivationRules::hardSwish);
    rules.put(
        "Sigmoid",
        (g, node, dy) -> g.mul(dy, g.mul(node.output(), Blocks.oneMinus(g, node.output()))));
    rules.put("Tanh", (g, node, dy) -> g.mul(dy, g.oneMinus(g.square(node.output()))));
    rules.put("Softplus", (g, node, dy) -> g.mul(dy, g.sigmoid(node.input(0))));
    rules.put("Softsign", (g, node, dy) -> g.div(dy, g.square(g.add(g.abs(node.input(0)), 1))));
    rules.put("Mish", ActivationRules::mish);
    rules.put("Gelu", ActivationRules::gelu);
    rules.put("Erf", (g, node, dy) -> g.mul(dy, bell(g, node.input(0), 1, 2 / Math.sqrt(Math.PI))));
    rules.put("Softmax", ActivationRules::softmax);
    rules.put("LogSoftmax", ActivationRules::logSoftmax);
    rules.zero("Hardmax");
  }

  /** dy where x is above zero, alpha · dy elsewhere. */
  private static Value slope(GraphBuilder g, NodeView node, Value dy, double alpha) {
    Value x = node.input(0);
    return g.mul(dy, g.where(g.greater(x, zero(g, x)), g.scalarLike(x, 1), g.scalarLike(x, alpha)));
  }

  private static Value pRelu(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    return g.where(g.greater(x, zero(g, x)), dy, g.mul(dy, node.input(1)));
  }

  private static Value pReluSlope(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    return g.mul(dy, g.min(x, zero(g, x)));
  }

  /** y = γ·(x > 0 ? x : α(eˣ − 1)), so that y′ = γ or y + γα. */
  private static Value elu(GraphBuilder g, NodeView node, Value dy, double alpha, double gamma) {
    Value x = node.input(0);
    Value falling = g.add(node.output(), gamma * alpha);
    return g.mul(dy, g.where(g.greater(x, zero(g, x)), g.scalarLike(x, gamma), falling));
  }

  /** y = max(0, x) + min(0, α(e^(x/α) − 1)). */
  private static Value celu(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    double alpha = node.attributes().real("alpha", 1);
    return g.mul(dy, g.exp(g.min(g.div(x, alpha), zero(g, x))));
  }

  private static Value thresholded(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value threshold = g.scalarLike(x, node.attributes().real("alpha", 1));
    return g.where(g.greater(x, threshold), dy, zero(g, x));
  }

  private static Value shrink(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value lambda = g.scalarLike(x, node.attributes().real("lambd", .5));
    return g.where(g.greater(g.abs(x), lambda), dy, zero(g, x));
  }

  /** Passes where the bounds did not act: where y lies strictly between them. */
  static Value clip(GraphBuilder g, NodeView node, Value dy) {
    Value y = node.output();
    Optional<Double> low = threshold(node, 1);
    Optional<Double> high = threshold(node, 2);
    if (Blocks.fit(y) && low.equals(Optional.of(0.0)) && high.filter(h -> h > 0).isPresent()) {
      return g.mul(dy, Gates.between(g, y, high.get()));
    }
    Value passed = dy;
    if (node.hasInput(1)) {
      passed =
          low.isPresent()
              ? g.mul(passed, Gates.above(g, y, low.get()))
              : g.where(g.greater(y, node.input(1)), passed, zero(g, y));
    }
    if (node.hasInput(2)) {
      passed =
          high.isPresent()
              ? g.mul(passed, Gates.below(g, y, high.get()))
              : g.where(g.less(y, node.input(2)), passed, zero(g, y));
    }
    return passed;
  }

  /** A bound that a gate can have. */
  private static Optional<Double> threshold(NodeView node, int input) {
    return node.constant(input)
        .map(t -> (double) t.floats()[0])
        .filter(t -> Gates.fits(node.output(), t));
  }

  /** 1 where a value that is not negative is positive. */
  static Value positive(GraphBuilder g, Value y) {
    return Gates.fits(y, 0) ? Gates.above(g, y, 0) : g.sign(y);
  }

  private static Value hardSigmoid(GraphBuilder g, NodeView node, Value dy) {
    Value y = node.output();
    Value inside = g.op("And", g.greater(y, zero(g, y)), g.less(y, g.scalarLike(y, 1)));
    return g.where(inside, g.mul(dy, node.attributes().real("alpha", .2)), zero(g, y));
  }

  /** y = x · max(0, min(1, x/6 + 1/2)). */
  private static Value hardSwish(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value inside = g.add(g.div(x, 3), .5);
    Value low = g.where(g.greater(x, g.scalarLike(x, -3)), inside, zero(g, x));
    return g.mul(dy, g.where(g.less(x, g.scalarLike(x, 3)), low, g.scalarLike(x, 1)));
  }

  /** y = x·tanh(s) with s = softplus(x): y′ = tanh s + x·(1 − tanh² s)·sigmoid(x). */
  private static Value mish(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value t = g.tanh(g.op("Softplus", x));
    return g.mul(dy, g.add(t, g.mul(x, g.mul(g.oneMinus(g.square(t)), g.sigmoid(x)))));
  }

  /** y = x·Φ(x): y′ = Φ(x) + x·φ(x); or the approximation by tanh. */
  private static Value gelu(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    if (node.attributes().text("approximate", "none").equals("tanh")) {
      double c = Math.sqrt(2 / Math.PI);
      Value cube = g.mul(g.square(x), x);
      Value t = g.tanh(g.mul(g.add(x, g.mul(cube, .044715)), c));
      Value inner = g.mul(g.add(g.mul(g.square(x), 3 * .044715), 1), c);
      Value rising = g.mul(g.mul(x, g.oneMinus(g.square(t))), inner);
      return g.mul(dy, g.mul(g.add(g.add(t, 1), rising), .5));
    }
    Value phi = bell(g, x, .5, 1 / Math.sqrt(2 * Math.PI));
    Value distribution = g.mul(g.add(g.op("Erf", g.mul(x, Math.sqrt(.5))), 1), .5);
    return g.mul(dy, g.add(distribution, g.mul(x, phi)));
  }

  /** c · exp(−a·x²). */
  private static Value bell(GraphBuilder g, Value x, double a, double c) {
    return g.mul(g.exp(g.mul(g.square(x), -a)), c);
  }

  /** dx = y ⊙ (dy − Σ dy ⊙ y). */
  private static Value softmax(GraphBuilder g, NodeView node, Value dy) {
    Value y = node.output();
    int axis = node.axis(-1);
    return g.mul(y, g.sub(dy, g.sum(g.mul(dy, y), true, axis)));
  }

  /** dx = dy − eʸ · Σ dy. */
  private static Value logSoftmax(GraphBuilder g, NodeView node, Value dy) {
    int axis = node.axis(-1);
    return g.sub(dy, g.mul(g.exp(node.output()), g.sum(dy, true, axis)));
  }

  private static Value zero(GraphBuilder g, Value like) {
    return g.scalarLike(like, 0);
  }
}
