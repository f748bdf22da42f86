package dev.picasso.graph;

/**
 * A named value of a graph: an input, a constant or the output of a node.
 *
 * @param name unique within the graph
 */
public record Value(String name, DataType type, Shape shape) {
  public int rank() {
    return shape.rank();
  }

  public long dim(int axis) {
    return shape.dim(axis);
  }
}
