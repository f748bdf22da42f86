package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Resizing;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** Layers that bring images to a given height and width. */
public final class ResizingLayers {
  private ResizingLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Resizing", ResizingLayers::resizing);
    layers.put("CenterCrop", ResizingLayers::centerCrop);
    layers.put("RandomCrop", ResizingLayers::randomCrop);
  }

  private static LaidOut resizing(GraphBuilder g, Layer layer, Inputs in) {
    Value x = Images.open(g, layer, in, 2);
    String kind = layer.text("interpolation", "bilinear").toLowerCase(java.util.Locale.ROOT);
    layer.oneOf("fill_mode", "constant", "constant");
    Resizing.Target target =
        new Resizing.Target(
            target(layer),
            kind,
            layer.flag("antialias", false),
            layer.flag("crop_to_aspect_ratio", false),
            layer.flag("pad_to_aspect_ratio", false),
            layer.number("fill_value", 0));
    return Images.close(layer, Resizing.resized(g, x, target));
  }

  /** The middle, where the image is large enough; else the image, cropped to shape and enlarged. */
  private static LaidOut centerCrop(GraphBuilder g, Layer layer, Inputs in) {
    Value x = Images.open(g, layer, in, 2);
    long[] target = target(layer);
    if (x.dim(2) >= target[0] && x.dim(3) >= target[1]) {
      return Images.close(layer, Resizing.middle(g, x, target));
    }
    return Images.close(layer, Resizing.toShape(g, x, target));
  }

  /** Without randomness: the image itself since Keras 3, cropped to shape and resized before. */
  private static LaidOut randomCrop(GraphBuilder g, Layer layer, Inputs in) {
    Value x = Images.open(g, layer, in, 2);
    long[] target = target(layer);
    return layer.context().kerasVersion() >= 3
        ? in.only()
        : Images.close(layer, Resizing.toShape(g, x, target));
  }

  private static long[] target(Layer layer) {
    return new long[] {layer.sizes("height", 1, 1)[0], layer.sizes("width", 1, 1)[0]};
  }
}
