package dev.picasso.format.tflite.file;

import java.util.List;

/**
 * What TensorFlow Lite's metadata say of a model, of its first subgraph.
 *
 * @param name of the model
 * @param inputs in the order of the subgraph
 * @param outputs in the order of the subgraph
 */
public record Metadata(String name, List<Described> inputs, List<Described> outputs) {
  public Metadata {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An input or an output.
   *
   * @param means what is taken from its numbers, one for all channels or one for each
   * @param deviations what they are divided by then
   * @param labels the name of the file, in the zip behind the model, with the names of its classes;
   *     empty where there is none
   */
  public record Described(List<Float> means, List<Float> deviations, String labels) {
    public Described {
      means = List.copyOf(means);
      deviations = List.copyOf(deviations);
    }
  }
}
