package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.pass.BatchNormFolding;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.StandardPasses;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An imported graph in the form that runs and is differentiated.
 *
 * @param unfolded simplified, with its batch normalizations
 * @param graph the same with normalizations folded into the products before them
 */
record Preparation(Graph unfolded, Graph graph) {
  static Preparation of(ImportedModel imported, Evaluator evaluator) {
    Set<String> names = names(imported);
    Graph unfolded = StandardPasses.withoutFoldingNorms(imported.graph(), names, evaluator);
    return new Preparation(unfolded, new BatchNormFolding().apply(unfolded, names));
  }

  /** Values that people ask for by name, which passes leave alone. */
  private static Set<String> names(ImportedModel imported) {
    return imported.layers().stream().map(LayerInfo::value).collect(Collectors.toSet());
  }
}
