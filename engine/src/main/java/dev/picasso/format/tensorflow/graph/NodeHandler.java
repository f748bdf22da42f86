package dev.picasso.format.tensorflow.graph;

import java.util.List;

/** Reads a node of some operator. */
@FunctionalInterface
interface NodeHandler {
  /**
   * What its outputs are; outputs beyond the list cannot be read.
   *
   * @throws dev.picasso.format.layout.Unsupported if it cannot be imported, and why
   */
  List<Known> read(NodeCall call);
}
