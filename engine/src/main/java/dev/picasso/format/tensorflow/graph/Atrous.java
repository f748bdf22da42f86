package dev.picasso.format.tensorflow.graph;

import java.util.List;

/** Dilated convolutions, which older graphs take apart: places to batch, convolution, back. */
final class Atrous {
  private Atrous() {}

  static void addTo(NodeTable table) {
    table.put(NodeCall::function, "BatchToSpaceND");
  }

  static List<Known> none() {
    return List.of();
  }
}
