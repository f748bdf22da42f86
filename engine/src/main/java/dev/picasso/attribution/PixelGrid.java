package dev.picasso.attribution;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import java.util.List;
import java.util.Optional;

/** Maps of a layer, brought to the pixels of the input inside a graph. */
public final class PixelGrid {
  private PixelGrid() {}

  /**
   * Bilinear, with the middles of pixels half a pixel from the edge and the edge beyond it, not
   * smoothed where it shrinks.
   *
   * @param maps [N, K, h, w]
   * @return [N, K, height, width]
   */
  public static Value resized(GraphBuilder g, Value maps, int height, int width) {
    if (maps.dim(2) == height && maps.dim(3) == width) {
      return maps;
    }
    return g.emit(
            "Resize",
            Attributes.of("mode", "linear")
                .with("coordinate_transformation_mode", "half_pixel")
                .with("axes", new int[] {2, 3}),
            1,
            List.of(
                Optional.of(maps),
                Optional.empty(),
                Optional.empty(),
                Optional.of(g.longs(height, width))))
        .get(0);
  }

  /**
   * One number a pixel as it goes with the model's input: what is multiplied by it is multiplied
   * alike in all channels.
   *
   * @param maps [N, 1, height, width]
   * @return of a shape that broadcasts to the input's
   */
  public static Value beside(GraphBuilder g, Value maps, InputSpec input) {
    long n = maps.dim(0);
    return switch (input.layout()) {
      case NCHW -> maps;
      case NHWC -> g.transpose(maps, 0, 2, 3, 1);
      case NHW -> g.squeeze(maps, 1);
      case FLAT -> {
        Value last = g.transpose(maps, 0, 2, 3, 1);
        Value each = g.tile(last, 1, 1, 1, input.channels());
        yield g.reshape(each, n, (long) input.height() * input.width() * input.channels());
      }
    };
  }

  /** The input times a map, of the input's type. */
  public static Value masked(GraphBuilder g, Value x, Value maps, InputSpec input) {
    Value product = g.mul(g.cast(x, DataType.FLOAT), beside(g, maps, input));
    return g.cast(product, x.type());
  }
}
