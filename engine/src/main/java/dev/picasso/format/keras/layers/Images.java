package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** How layers over images, sequences and volumes take them and give them back. */
final class Images {
  private Images() {}

  /** The input with its channels at axis 1, whatever the layer's own layout. */
  static Value open(GraphBuilder g, Layer layer, Inputs inputs, int axes) {
    LaidOut x = inputs.only();
    if (x.rank() != axes + 2) {
      throw new Unsupported(
          "its input has the shape " + x.shape() + "; " + (axes + 2) + " axes are needed.");
    }
    return layer.channelsLast() ? x.channelsFirst(g) : x.logical(g);
  }

  /** The output of a layer that was given {@link #open}. */
  static LaidOut close(Layer layer, Value y) {
    return layer.channelsLast() ? LaidOut.moved(y) : LaidOut.asIs(y);
  }
}
