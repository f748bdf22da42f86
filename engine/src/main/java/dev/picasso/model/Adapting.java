package dev.picasso.model;

import dev.picasso.PicassoException;
import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.plugin.PluginCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the adapter of a model, and does to its graph what that says. */
final class Adapting {
  private Adapting() {}

  /** The first that is for a model; one that fails to say is not. */
  static Optional<ModelAdapter> choose(
      List<ModelAdapter> adapters, Path file, ImportedModel model) {
    return adapters.stream().filter(adapter -> isFor(adapter, file, model)).findFirst();
  }

  private static boolean isFor(ModelAdapter adapter, Path file, ImportedModel model) {
    try {
      return PluginCall.ask(adapter, step(adapter, "isFor()"), () -> adapter.isFor(file, model));
    } catch (PicassoException e) {
      return false; // its card tells
    }
  }

  /** What is asked of an adapter, for people. */
  static String step(ModelAdapter adapter, String method) {
    return adapter.getClass().getSimpleName() + "." + method;
  }

  /**
   * The model with the adapter's output and labels.
   *
   * @throws PicassoException if the adapter fails
   */
  static ImportedModel adapted(ModelAdapter adapter, ImportedModel model) {
    Graph graph =
        PluginCall.ask(adapter, step(adapter, "output()"), () -> output(adapter, model.graph()));
    List<String> labels = PluginCall.ask(adapter, step(adapter, "labels()"), adapter::labels);
    return new ImportedModel(
            model.format(),
            graph,
            model.layers(),
            labels.isEmpty() ? model.labels() : labels,
            model.notes(),
            model.metadata())
        .withNotes(List.of("It is used as the adapter " + adapter.title() + " says."));
  }

  private static Graph output(ModelAdapter adapter, Graph graph) {
    GraphBuilder builder = GraphBuilder.from(graph);
    List<Value> outputs = graph.outputs().stream().map(graph::value).toList();
    Value output = adapter.output(builder, outputs);
    return output.equals(outputs.get(0)) && outputs.size() == 1 ? graph : builder.build(output);
  }
}
