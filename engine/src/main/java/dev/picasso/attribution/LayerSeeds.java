package dev.picasso.attribution;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.layers.Layer;

/** Channels of a layer as what is explained: at one position, or their mean over all. */
final class LayerSeeds {
  private LayerSeeds() {}

  /** The mean over positions; of a vector the number itself. */
  static Seed channel(Model model, Target.Channel wanted) {
    Layer layer = layer(model, wanted.layer());
    Shape shape = layer.shape().withBatch(1);
    int channel = known(layer, wanted.channel());
    float[] weights = new float[Math.toIntExact(shape.size())];
    int positions = Math.max(1, layer.grid().positions());
    for (int position = 0; position < positions; position++) {
      weights[place(layer, shape, channel, position)] = 1f / positions;
    }
    return new Seed(layer.value(), Tensor.of(weights, shape.dims()));
  }

  static Seed neuron(Model model, Target.Neuron wanted) {
    Layer layer = layer(model, wanted.layer());
    Grid grid = layer.grid();
    if (wanted.row() < 0
        || wanted.row() >= Math.max(1, grid.height())
        || wanted.column() < 0
        || wanted.column() >= Math.max(1, grid.width())) {
      throw new InapplicableException(
          "The layer %s has %d × %d positions (rows × columns), counted from 0; there is none at %d, %d."
              .formatted(layer.name(), grid.height(), grid.width(), wanted.row(), wanted.column()));
    }
    Shape shape = layer.shape().withBatch(1);
    float[] weights = new float[Math.toIntExact(shape.size())];
    int position = wanted.row() * Math.max(1, grid.width()) + wanted.column();
    weights[place(layer, shape, known(layer, wanted.channel()), position)] = 1;
    return new Seed(layer.value(), Tensor.of(weights, shape.dims()));
  }

  private static Layer layer(Model model, String name) {
    Layer layer = ChosenLayer.any(model, name);
    if (layer.folded()) {
      throw new InapplicableException(
          "The layer "
              + layer.name()
              + " is folded into the normalization behind it, so that its channels cannot be"
              + " explained; choose that one.");
    }
    return layer;
  }

  private static int known(Layer layer, int channel) {
    int channels = layer.channels();
    if (channel < 0 || channel >= channels) {
      throw new InapplicableException(
          "The layer %s has %d channels, counted from 0; there is no channel %d."
              .formatted(layer.name(), channels, channel));
    }
    return channel;
  }

  /** Where a channel at a position lies among the elements of one image's value. */
  private static int place(Layer layer, Shape shape, int channel, int position) {
    Grid grid = layer.grid();
    if (grid instanceof Grid.Spatial) {
      return channel * grid.positions() + position;
    }
    if (grid instanceof Grid.SpatialLast) {
      return position * layer.channels() + channel;
    }
    if (grid instanceof Grid.Tokens tokens) {
      return (tokens.leading() + position) * layer.channels() + channel;
    }
    if (grid instanceof Grid.TokensLast last) {
      return channel * Math.toIntExact(shape.dim(2)) + last.tokens().leading() + position;
    }
    return channel;
  }
}
