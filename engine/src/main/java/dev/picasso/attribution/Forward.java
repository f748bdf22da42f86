package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The model itself: its scores and probabilities, and the values of layers beside them.
 *
 * @param values names in the graph of the model's scores, such as {@code Layer.value()}
 */
public record Forward(List<String> values) implements Derived {
  /** Scores and probabilities alone. */
  public static final Forward SCORES = new Forward(List.of());

  public Forward {
    values = List.copyOf(values);
  }

  @Override
  public Graph graph(Model model) {
    Set<String> outputs = new LinkedHashSet<>();
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    outputs.addAll(values);
    return model.scores().graph().withOutputs(outputs);
  }
}
