package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An image in parts: of every few rows and columns one each. What a strided operator hands back is
 * computed part by part at a stride of one, in the runtime's blocks, and put together at the end.
 *
 * @param rows how many rows there are to one of a part
 * @param columns the same of columns
 * @param parts [N, C, ⌈H/rows⌉, ⌈W/columns⌉] each, row by row: first those of the first row
 */
record Phases(int rows, int columns, List<Value> parts) {
  Phases {
    parts = List.copyOf(parts);
  }

  /** Whether images of that shape can be put together from parts. */
  static boolean fit(Shape shape) {
    return shape.rank() == 4 && shape.batchAxes() <= 1 && shape.dim(2) > 0 && shape.dim(3) > 0;
  }

  /**
   * The image, outside of the blocks: the columns of two parts are interleaved as the last of five
   * axes, then rows are.
   *
   * @param shape [N, C, H, W]; what parts have beyond it is cut off
   */
  Value whole(GraphBuilder g, Shape shape) {
    long n = shape.dim(0);
    long c = shape.dim(1);
    long height = parts.get(0).dim(2);
    long width = parts.get(0).dim(3);
    List<Value> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Value> line =
          parts.subList(row * columns, (row + 1) * columns).stream()
              .map(part -> g.reshape(part, n, c, height, width, 1))
              .toList();
      lines.add(g.reshape(g.concat(4, line), n, c, height, 1, width * columns));
    }
    Value all = g.reshape(g.concat(3, lines), n, c, height * rows, width * columns);
    Value cut = height * rows == shape.dim(2) ? all : g.slice(all, 2, 0, shape.dim(2));
    return width * columns == shape.dim(3) ? cut : g.slice(cut, 3, 0, shape.dim(3));
  }
}
