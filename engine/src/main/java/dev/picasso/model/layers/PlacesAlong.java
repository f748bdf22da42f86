package dev.picasso.model.layers;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.model.InputSpec;
import dev.picasso.model.layers.Atom.Digit;
import dev.picasso.model.layers.Atom.Kind;
import java.util.List;
import java.util.Optional;

/**
 * How the places that an output has along one axis lie in the image: a flattened map has its rows
 * one after another there.
 */
public final class PlacesAlong {
  private PlacesAlong() {}

  /**
   * Rows and columns of those places. Where the graph does not tell they are one row, from left to
   * right as in a text.
   *
   * @param value of the graph
   * @param axis of the value
   * @return height and width, whose product is the length of the axis
   */
  public static Size of(Graph graph, Optional<InputSpec> image, String value, int axis) {
    Shape shape = graph.value(value).shape();
    int length = Math.toIntExact(shape.dim(axis));
    List<Atom> counted =
        Optional.ofNullable(AxisWalk.over(graph, image).get(value))
            .filter(axes -> axes.rank() > axis)
            .map(axes -> axes.axis(axis))
            .orElse(List.of());
    if (counted.size() == 2
        && isOf(counted.get(0), Kind.ROWS)
        && isOf(counted.get(1), Kind.COLUMNS)) {
      return new Size((int) counted.get(0).size(), (int) counted.get(1).size());
    }
    boolean rows = counted.size() == 1 && isOf(counted.get(0), Kind.ROWS);
    return rows ? new Size(length, 1) : new Size(1, length);
  }

  private static boolean isOf(Atom atom, Kind kind) {
    return atom instanceof Digit digit && digit.kind() == kind;
  }

  /** Rows and columns. */
  public record Size(int height, int width) {}
}
