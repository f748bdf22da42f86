package dev.picasso.attribution.attention;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The self-attentions of a transformer, found in its graph: a softmax over the last axis of what
 * two computed values make together, with a row and a column for each token of the whole image.
 *
 * @param blocks from the first to the last
 * @param tokens how the tokens lie
 * @param layer the last one whose positions are these tokens
 */
record AttentionMaps(List<Block> blocks, Grid.Tokens tokens, Layer layer) {
  /**
   * One self-attention.
   *
   * @param value the name of its softmax, [N, heads, T, T] or [N · heads, T, T]
   * @param heads how many there are
   */
  record Block(String value, int heads) {}

  AttentionMaps {
    blocks = List.copyOf(blocks);
  }

  /** How many tokens there are, those included that are no position. */
  int count() {
    return count(tokens);
  }

  private static int count(Grid.Tokens tokens) {
    return tokens.leading() + tokens.positions() + tokens.trailing();
  }

  /**
   * Finds them.
   *
   * @throws InapplicableException if there are none, or none over all tokens of the image
   */
  static AttentionMaps of(Model model, Graph graph) {
    Graph needed = graph.withOutputs(List.of(model.scores().scores()));
    List<Node> squares = needed.nodes().stream().filter(n -> isOverTokens(needed, n)).toList();
    for (Map.Entry<Grid.Tokens, Layer> layout : layouts(model).entrySet()) {
      Grid.Tokens tokens = layout.getKey();
      List<Block> blocks = new ArrayList<>();
      for (Node node : squares) {
        Shape shape = needed.value(node.output()).shape();
        if (shape.dim(shape.rank() - 1) == count(tokens)) {
          heads(shape).ifPresent(heads -> blocks.add(new Block(node.output(), heads)));
        }
      }
      if (!blocks.isEmpty()) {
        return new AttentionMaps(blocks, tokens, layout.getValue());
      }
    }
    throw new InapplicableException(
        squares.isEmpty()
            ? model.title()
                + " has no attention: in its graph no softmax runs over products of tokens."
                + " Grad-CAM and methods of the pixels need none."
            : model.title()
                + " has attention, but not between all tokens of the image, as where it is kept to"
                + " windows; relevance cannot be followed through it. Grad-CAM works.");
  }

  /** Distinct layouts of tokens, the last first, each with the last layer that has it. */
  private static Map<Grid.Tokens, Layer> layouts(Model model) {
    Map<Grid.Tokens, Layer> layouts = new LinkedHashMap<>();
    List<Layer> layers = model.layers().all();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      Optional<Grid.Tokens> tokens =
          layer.grid() instanceof Grid.Tokens t
              ? Optional.of(t)
              : layer.grid() instanceof Grid.TokensLast last
                  ? Optional.of(last.tokens())
                  : Optional.empty();
      tokens.ifPresent(t -> layouts.putIfAbsent(t, layer));
    }
    return layouts;
  }

  private static boolean isOverTokens(Graph graph, Node node) {
    if (!node.op().equals("Softmax") || graph.find(node.output()).isEmpty()) {
      return false;
    }
    Shape shape = graph.value(node.output()).shape();
    int rank = shape.rank();
    long axis = node.attributes().integer("axis", -1);
    return rank >= 3
        && (axis == -1 || axis == rank - 1)
        && shape.dim(rank - 1) > 1
        && shape.dim(rank - 1) == shape.dim(rank - 2)
        && isReadByProduct(graph, node.output());
  }

  /** Whether a matrix product reads the value, as it does with the values of attention. */
  private static boolean isReadByProduct(Graph graph, String value) {
    for (Node reader : graph.consumers().getOrDefault(value, List.of())) {
      boolean product = reader.op().equals("MatMul") || reader.op().equals("Einsum");
      boolean passed =
          List.of("Dropout", "Identity", "Cast", "Reshape", "Mul").contains(reader.op())
              && isReadByProduct(graph, reader.output());
      if (product || passed) {
        return true;
      }
    }
    return false;
  }

  /** The heads of a batch of square matrices; none where there are other axes. */
  private static OptionalInt heads(Shape shape) {
    if (shape.rank() == 4 && shape.dim(0) == Shape.BATCH && shape.dim(1) > 0) {
      return OptionalInt.of(Math.toIntExact(shape.dim(1)));
    }
    return shape.rank() == 3 && shape.dim(0) < 0
        ? OptionalInt.of(Math.toIntExact(-shape.dim(0)))
        : OptionalInt.empty();
  }
}
