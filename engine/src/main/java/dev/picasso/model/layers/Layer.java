package dev.picasso.model.layers;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.image.Region;
import dev.picasso.model.InputSpec;
import dev.picasso.model.receptive.Cells;

/**
 * A layer of the model's file, and the value that holds its output.
 *
 * @param name as in the file; layers of nested models as "outer/inner"
 * @param kind as in the file, such as "Conv2D"
 * @param value of the model's graph (that of its scores); where the layer {@link #folded} into
 *     another, of the graph that {@link Layers#graphWith} gives
 * @param shape of the value in the graph, with channels at axis 1 where {@code channelsMoved}
 * @param grid how the positions of the image lie in it
 * @param cells which pixels its positions see, where that is known
 * @param channelsMoved whether the file has them last: {@code [N, H, W, C]} there is {@code [N, C,
 *     H, W]} in the graph
 * @param parameters number of weights of this layer
 * @param folded whether its output is computed on request only, since the graph that runs has a
 *     normalization, or another layer behind it, folded into its weights
 */
public record Layer(
    String name,
    String kind,
    String value,
    Shape shape,
    Grid grid,
    Cells cells,
    boolean channelsMoved,
    long parameters,
    boolean folded) {

  /** Whether it has more than one position: what a map can be made of. */
  public boolean isSpatial() {
    return grid.positions() > 1;
  }

  /** The part of an image that its positions cover, in shares of its sides: where they look. */
  public Region covered(InputSpec image) {
    return isSpatial()
        ? cells.covered(grid.height(), grid.width(), image.height(), image.width())
        : Region.of(1, 1);
  }

  /** How many channels it has; of a vector each number is one. */
  public int channels() {
    if (grid instanceof Grid.SpatialLast) {
      return Math.toIntExact(shape.dim(3));
    }
    if (grid instanceof Grid.Tokens) {
      return Math.toIntExact(shape.dim(2));
    }
    return grid instanceof Grid.None
        ? Math.toIntExact(shape.withBatch(1).size())
        : Math.toIntExact(shape.dim(1));
  }

  /** The shape in the layout of the file. */
  public Shape shapeInFile() {
    return channelsMoved ? shape.permuted(toFile(shape.rank())) : shape;
  }

  /** What lies like the layer's value, such as its gradient, in the layout of the file. */
  public Value inFileLayout(GraphBuilder g, Value value) {
    return channelsMoved ? g.transpose(value, toFile(value.rank())) : value;
  }

  /** [N, C, …] as [N, …, C]. */
  private static int[] toFile(int rank) {
    int[] permutation = new int[rank];
    for (int i = 1; i < permutation.length; i++) {
      permutation[i] = i + 1 < permutation.length ? i + 1 : 1;
    }
    return permutation;
  }
}
