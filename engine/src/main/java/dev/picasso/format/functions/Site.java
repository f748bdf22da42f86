package dev.picasso.format.functions;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;

/** Where a call stands in a model file, and what it leaves in the model. */
public interface Site {
  /** What is called, as the file has it, with a word for who defines it: "raw.Select". */
  String kind();

  /** The name of the layer or node. */
  String path();

  /** Tells something that {@code inspect} shows. */
  void note(String sentence);

  /** Weights as a constant of the graph under the layer's name, once for all its calls. */
  Value constant(GraphBuilder g, String role, Tensor tensor);
}
