package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import java.util.Collection;

/** All passes in the order that suits them: what a graph of any format goes through to be run. */
public final class StandardPasses {
  private StandardPasses() {}

  /** The same function with everything folded and simplified, batch normalizations too. */
  public static Graph apply(Graph graph, Collection<String> keep, Evaluator evaluator) {
    Graph simple = withoutFoldingNorms(graph, keep, evaluator);
    return new BatchNormFolding().apply(simple, keep);
  }

  /** The same function with batch normalizations left as they are. */
  public static Graph withoutFoldingNorms(
      Graph graph, Collection<String> keep, Evaluator evaluator) {
    ConstantFolding folding = new ConstantFolding(evaluator);
    Graph folded = new ShapeSimplification().apply(folding.apply(graph, keep), keep);
    return new PadFolding().apply(new Simplification().apply(folded, keep), keep);
  }
}
