package dev.picasso.format.layout;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a model gives back. */
public final class Results {
  private static final String CHANNELS_LAST = "/channels_last";

  private Results() {}

  /** What the file calls an output, which has another name where its channels were moved. */
  public static String nameInFile(String output) {
    return output.endsWith(CHANNELS_LAST)
        ? output.substring(0, output.length() - CHANNELS_LAST.length())
        : output;
  }

  /** The outputs in the layout of the file, each a value of its own. */
  public static List<Value> of(GraphBuilder g, List<LaidOut> outputs) {
    List<Value> results = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (LaidOut output : outputs) {
      Value value = output.logical(g);
      if (output.channelsMoved()) {
        value = g.named(value, g.lookUp(output.stored().name()).name() + CHANNELS_LAST);
      }
      value = g.isMade(value) && used.add(value.name()) ? value : g.identity(value);
      used.add(value.name());
      results.add(value);
    }
    return results;
  }

  /** The labels of a file, left out where they are not as many as the first output has classes. */
  public static List<String> labels(Graph graph, List<String> labels, Consumer<String> notes) {
    long classes =
        graph.outputs().stream()
            .findFirst()
            .flatMap(graph::find)
            .filter(v -> v.rank() > 0)
            .map(v -> v.dim(-1))
            .orElse(0L);
    if (labels.isEmpty() || labels.size() == classes) {
      return labels;
    }
    notes.accept(
        "The file has %d labels for %d classes; they are left out."
            .formatted(labels.size(), classes));
    return List.of();
  }
}
