package dev.picasso.gradient;

import dev.picasso.graph.Graph;

/** The gradient, and its two variants that treat rectifiers otherwise. */
public enum Backpropagation implements Composite {
  /** The true gradient. */
  PLAIN {
    @Override
    public RuleSet rules(Graph graph) {
      return RuleSet.plain();
    }
  },

  /**
   * A rectifier passes a gradient where both its input and the gradient are positive. Springenberg
   * et al. 2014, arXiv 1412.6806.
   */
  GUIDED {
    @Override
    public RuleSet rules(Graph graph) {
      return RuleSet.plain()
          .with(
              "Relu",
              (g, node, dy) -> g.mul(g.relu(dy), ActivationRules.positive(g, node.output())))
          .with("Clip", (g, node, dy) -> node.plain(isRectifier(node) ? g.relu(dy) : dy));
    }
  },

  /**
   * A rectifier passes the positive gradient whatever its input was; maxima go to their forward
   * places. Zeiler and Fergus 2013, arXiv 1311.2901.
   */
  DECONVNET {
    @Override
    public RuleSet rules(Graph graph) {
      return RuleSet.plain()
          .with("Relu", (g, node, dy) -> g.relu(dy))
          .with("Clip", (g, node, dy) -> isRectifier(node) ? g.relu(dy) : node.plain(dy));
    }
  };

  /** Whether a graph has a node at which the variants are not the plain gradient. */
  public static boolean hasRectifiers(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> Operations.isRectifier(graph, node));
  }

  /** ReLU6 and its like are a Clip from zero, asked for x; any other Clip is no rectifier. */
  private static boolean isRectifier(NodeView clip) {
    return clip.place() == 0 && clip.constant(1).map(low -> low.floats()[0] == 0).orElse(false);
  }
}
