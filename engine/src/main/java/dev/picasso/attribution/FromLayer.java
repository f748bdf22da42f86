package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rest of a model from a layer on: the layer's value is an input, and scores and probabilities
 * come out. Where the scores depend on the image by another way too, the image stays an input.
 *
 * @param value the name of the layer's value in the graph of the model's scores
 * @param more further values that come out, such as what a target weighs
 */
public record FromLayer(String value, List<String> more) implements Derived {
  public FromLayer {
    more = List.copyOf(more);
  }

  @Override
  public Graph graph(Model model) {
    Graph whole = model.scores().graph();
    Set<String> outputs = new LinkedHashSet<>();
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    outputs.addAll(more);
    List<Value> inputs = new ArrayList<>(List.of(whole.value(value)));
    inputs.addAll(whole.inputs());
    List<Node> nodes = whole.nodes().stream().filter(n -> !n.outputs().contains(value)).toList();
    Graph rest =
        Graph.of(inputs, List.copyOf(outputs), nodes, whole.constants(), whole.values())
            .withOutputs(outputs);
    List<Value> read =
        inputs.stream()
            .filter(
                i ->
                    i.name().equals(value)
                        || rest.nodes().stream().anyMatch(n -> n.inputs().contains(i.name())))
            .toList();
    return Graph.of(read, List.copyOf(outputs), rest.nodes(), rest.constants(), rest.values());
  }
}
