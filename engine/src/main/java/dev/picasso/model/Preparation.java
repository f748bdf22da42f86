package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.StandardPasses;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings an imported graph into the form that runs and is differentiated. */
final class Preparation {
  private Preparation() {}

  static Graph prepare(ImportedModel imported, Evaluator evaluator) {
    return StandardPasses.apply(imported.graph(), names(imported), evaluator);
  }

  /** Values that people ask for by name, which passes leave alone. */
  static Set<String> names(ImportedModel imported) {
    return imported.layers().stream().map(LayerInfo::value).collect(Collectors.toSet());
  }
}
