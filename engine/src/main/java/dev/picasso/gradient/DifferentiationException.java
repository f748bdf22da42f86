package dev.picasso.gradient;

import dev.picasso.PicassoException;
import dev.picasso.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph that cannot be differentiated; the message names every kind of operator in the way, with
 * how often it stands there.
 */
public class DifferentiationException extends PicassoException {
  private static final long serialVersionUID = 1L;

  /** A node in the way, and why it is. */
  record Obstacle(Node node, String reason) {
    String kind() {
      return (node.domain().isEmpty() ? "" : node.domain() + ".") + node.op();
    }
  }

  /**
   * What is in the way.
   *
   * @param quantity what cannot go through it: "gradient"
   */
  DifferentiationException(String quantity, List<Obstacle> obstacles) {
    super(
        "The "
            + quantity
            + " cannot be computed through "
            + (obstacles.size() == 1 ? "one operation" : obstacles.size() + " operations")
            + " of this model:\n  "
            + String.join("\n  ", lines(obstacles))
            + "\nVisualizations without gradients, such as partial occlusion, still work.");
  }

  /** One for each kind, with the name of the first where there are several. */
  private static List<String> lines(List<Obstacle> obstacles) {
    Map<String, List<Obstacle>> kinds = new LinkedHashMap<>();
    obstacles.forEach(o -> kinds.computeIfAbsent(o.kind(), k -> new ArrayList<>()).add(o));
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (kind, all) -> {
          String name = all.get(0).node().name();
          String reason = all.get(0).reason();
          lines.add(
              all.size() == 1
                  ? name + " (" + kind + "): " + reason
                  : kind + " (" + all.size() + " times): " + reason + "; the first is " + name);
        });
    return lines;
  }
}
