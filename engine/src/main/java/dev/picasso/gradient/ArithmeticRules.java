package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** Arithmetic of elements. Sums over broadcast axes are the walk's business. */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Identity", (g, node, dy) -> dy);
    rules.put("Dropout", (g, node, dy) -> dy);
    rules.put("Cast", ArithmeticRules::cast);
    rules.put("CastLike", ArithmeticRules::cast, ArithmeticRules::typeOnly);
    rules.put("Add", (g, node, dy) -> dy, (g, node, dy) -> dy);
    rules.put("Sub", (g, node, dy) -> dy, (g, node, dy) -> g.neg(dy));
    rules.put(
        "Mul",
        (g, node, dy) -> g.mul(dy, node.input(1)),
        (g, node, dy) -> g.mul(dy, node.input(0)));
    rules.put(
        "Div",
        (g, node, dy) -> g.div(dy, node.input(1)),
        (g, node, dy) -> g.neg(g.div(g.mul(dy, node.output()), node.input(1))));
    rules.put("Pow", ArithmeticRules::base, ArithmeticRules::exponent);
    rules.putForAll("Sum", (g, node, dy) -> dy);
    rules.putForAll("Mean", (g, node, dy) -> g.div(dy, node.inputs()));
    rules.putForAll("Max", ArithmeticRules::extreme);
    rules.putForAll("Min", ArithmeticRules::extreme);
    rules.put("Neg", (g, node, dy) -> g.neg(dy));
    rules.put("Abs", (g, node, dy) -> g.mul(dy, g.sign(node.input(0))));
    rules.put("Sqrt", (g, node, dy) -> g.div(dy, g.mul(node.output(), 2)));
    rules.put("Exp", (g, node, dy) -> g.mul(dy, node.output()));
    rules.put("Log", (g, node, dy) -> g.div(dy, node.input(0)));
    rules.put("Reciprocal", (g, node, dy) -> g.neg(g.mul(dy, g.square(node.output()))));
    rules.put("Sin", (g, node, dy) -> g.mul(dy, g.op("Cos", node.input(0))));
    rules.put("Cos", (g, node, dy) -> g.neg(g.mul(dy, g.op("Sin", node.input(0)))));
    rules.put("Tan", (g, node, dy) -> g.mul(dy, g.add(g.square(node.output()), 1)));
    rules.put("Sinh", (g, node, dy) -> g.mul(dy, g.op("Cosh", node.input(0))));
    rules.put("Cosh", (g, node, dy) -> g.mul(dy, g.op("Sinh", node.input(0))));
    rules.put("Atan", (g, node, dy) -> g.div(dy, g.add(g.square(node.input(0)), 1)));
    rules.put("Asin", (g, node, dy) -> g.div(dy, rootOfOneMinusSquare(g, node)));
    rules.put("Acos", (g, node, dy) -> g.neg(g.div(dy, rootOfOneMinusSquare(g, node))));
    rules.put("Asinh", (g, node, dy) -> g.div(dy, g.sqrt(g.add(g.square(node.input(0)), 1))));
    rules.put("Acosh", (g, node, dy) -> g.div(dy, g.sqrt(g.add(g.square(node.input(0)), -1))));
    rules.put("Atanh", (g, node, dy) -> g.div(dy, g.oneMinus(g.square(node.input(0)))));
    rules.put("Mod", (g, node, dy) -> dy, ArithmeticRules::modulus);
    rules.put(
        "Where",
        (g, node, dy) -> {
          throw new UnsupportedGradientException("the condition is no number");
        },
        (g, node, dy) -> g.where(node.input(0), dy, g.scalarLike(dy, 0)),
        (g, node, dy) -> g.where(node.input(0), g.scalarLike(dy, 0), dy));
    rules.zero("Floor", "Ceil", "Round", "Sign");
    rules.zero("StopGradient");
    rules.zero("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "IsNaN", "IsInf");
    rules.zero("ArgMax", "ArgMin", "NonZero", "Shape", "Size", "EyeLike");
    // Drawn by the shape alone, or by whether a number lies below another that was drawn.
    rules.zero("RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial");
  }

  /** The gradient by integers, such as pixels of 8 bits, stays one of floating-point numbers. */
  private static Value cast(GraphBuilder g, NodeView node, Value dy) {
    return node.input(0).type().isFloating() ? g.cast(dy, node.input(0).type()) : dy;
  }

  private static Value typeOnly(GraphBuilder g, NodeView node, Value dy) {
    return g.mul(node.input(1), 0);
  }

  /** y = a − b·trunc(a/b), or with floor: −dy·(a − y)/b. */
  private static Value modulus(GraphBuilder g, NodeView node, Value dy) {
    Value whole = g.div(g.sub(node.input(0), node.output()), node.input(1));
    return g.neg(g.mul(dy, whole));
  }

  private static Value rootOfOneMinusSquare(GraphBuilder g, NodeView node) {
    return g.sqrt(g.oneMinus(g.square(node.input(0))));
  }

  /** b·xᵇ⁻¹, and zero where b is zero, whatever x is. */
  private static Value base(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    if (node.constant(1).filter(t -> t.size() == 1 && t.floats()[0] == 2).isPresent()) {
      return g.mul(dy, g.mul(x, 2));
    }
    Value b = g.cast(node.input(1), x.type());
    Value slope = g.mul(b, g.op("Pow", x, g.add(b, -1)));
    return g.mul(dy, g.where(g.equal(b, g.scalarLike(b, 0)), g.scalarLike(x, 0), slope));
  }

  /** y·ln x where x is positive; zero elsewhere, as TensorFlow has it. */
  private static Value exponent(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value positive = g.greater(x, g.scalarLike(x, 0));
    Value log = g.log(g.where(positive, x, g.scalarLike(x, 1)));
    return g.mul(dy, g.mul(node.output(), log));
  }

  /** The gradient goes to the inputs that equal the result, in equal shares. */
  private static Value extreme(GraphBuilder g, NodeView node, Value dy) {
    int i = node.place();
    Value share = hit(g, node, i);
    Value hits = share;
    for (int k = 0; k < node.inputs(); k++) {
      if (k != i) {
        hits = g.add(hits, hit(g, node, k));
      }
    }
    return g.mul(dy, node.inputs() == 1 ? share : g.div(share, hits));
  }

  private static Value hit(GraphBuilder g, NodeView node, int i) {
    return g.cast(g.equal(node.input(i), node.output()), node.output().type());
  }
}
