package dev.picasso.format.layout;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a model gives back. */
public final class Results {
  private Results() {}

  /** The outputs in the layout of the file, each a value of its own. */
  public static List<Value> of(GraphBuilder g, List<LaidOut> outputs) {
    List<Value> results = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (LaidOut output : outputs) {
      Value value = output.logical(g);
      if (output.channelsMoved()) {
        value = g.named(value, g.lookUp(output.stored().name()).name() + "/channels_last");
      }
      boolean made = g.build(value).producer(value.name()).isPresent();
      value = made && used.add(value.name()) ? value : g.identity(value);
      used.add(value.name());
      results.add(value);
    }
    return results;
  }
}
