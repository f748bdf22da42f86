package dev.picasso.format.keras.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.stream.LongStream;

/** Layers that change the size of images, sequences and volumes at their borders, or repeat. */
final class PaddingLayers {
  /** The most that a border may grow by. */
  private static final long MOST = 1 << 16;

  private PaddingLayers() {}

  static void addTo(LayerTable layers) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put("ZeroPadding" + n + "D", (g, layer, in) -> pad(g, layer, in, axes));
      layers.put("Cropping" + n + "D", (g, layer, in) -> crop(g, layer, in, axes));
    }
  }

  private static LaidOut pad(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    long[] sides = sides(layer, "padding", axes);
    return Images.close(layer, g.pad(x, Spatial.aroundAll(before(sides), after(sides))));
  }

  private static LaidOut crop(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    long[] sides = sides(layer, "cropping", axes);
    for (int i = 0; i < axes; i++) {
      long end = x.dim(i + 2) - sides[2 * i + 1];
      if (end <= sides[2 * i]) {
        throw new Unsupported("it crops all of " + x.dim(i + 2) + " places.");
      }
      if (sides[2 * i] > 0 || sides[2 * i + 1] > 0) {
        x = g.slice(x, i + 2, sides[2 * i], end);
      }
    }
    return Images.close(layer, x);
  }

  private static long[] before(long[] sides) {
    return LongStream.range(0, sides.length / 2).map(i -> sides[(int) (2 * i)]).toArray();
  }

  private static long[] after(long[] sides) {
    return LongStream.range(0, sides.length / 2).map(i -> sides[(int) (2 * i + 1)]).toArray();
  }

  /**
   * Before and after each axis in turn: from one number for all, a number per axis, a pair per
   * axis, or, over one axis, a pair.
   */
  private static long[] sides(Layer layer, String key, int axes) {
    JsonNode node = layer.argument(key).orElse(null);
    long[] sides = new long[2 * axes];
    if (node == null) {
      java.util.Arrays.fill(sides, 1);
      return sides;
    }
    for (int i = 0; i < sides.length; i++) {
      JsonNode at = node;
      if (at.isArray() && (axes > 1 || at.size() == 1)) {
        at = at.size() == sides.length && axes > 1 ? at.path(i) : at.path(i / 2);
      }
      if (at.isArray()) {
        at = at.path(at.size() == 1 ? 0 : i % 2);
      }
      sides[i] = at.isIntegralNumber() ? at.longValue() : -1;
      if (sides[i] < 0 || sides[i] > MOST) {
        throw new Unsupported(key + " is " + node + ", which does not fit " + axes + " axes.");
      }
    }
    return sides;
  }
}
