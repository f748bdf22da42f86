package dev.picasso.doctor;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What normalizations get to see: for each of them, and each image, the mean and the mean square of
 * every channel.
 *
 * @param layers the normalizations
 * @param graph computes both for each layer
 * @param names of the outputs, two for each layer
 */
record Moments(List<NormalizedLayer> layers, Graph graph, List<String> names) {

  /** The part of a graph that leads to its normalizations, and sums them up. */
  static Moments of(Graph graph, List<NormalizedLayer> layers) {
    GraphBuilder g = GraphBuilder.from(graph);
    List<Value> outputs = new ArrayList<>();
    for (NormalizedLayer layer : layers) {
      Value x = g.lookUp(layer.value());
      long[] places = LongStream.range(2, x.rank()).toArray();
      Value square = g.square(x);
      outputs.add(places.length == 0 ? g.identity(x) : g.mean(x, false, places));
      outputs.add(places.length == 0 ? square : g.mean(square, false, places));
    }
    return new Moments(layers, g.build(outputs), outputs.stream().map(Value::name).toList());
  }

  /**
   * Distances from the running statistics, one for each normalization.
   *
   * @param images the outputs of the graph for each image
   */
  List<Double> distances(List<Map<String, Tensor>> images) {
    List<Double> distances = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      NormalizedLayer layer = layers.get(l);
      double[] mean = average(images, names.get(2 * l), layer.channels());
      double[] variance = average(images, names.get(2 * l + 1), layer.channels());
      for (int c = 0; c < mean.length; c++) {
        variance[c] = Math.max(0, variance[c] - mean[c] * mean[c]);
      }
      distances.add(layer.distance(mean, variance));
    }
    return distances;
  }

  private static double[] average(List<Map<String, Tensor>> images, String name, int channels) {
    double[] sum = new double[channels];
    for (Map<String, Tensor> image : images) {
      float[] numbers = image.getOrDefault(name, Tensor.scalar(0f)).floats();
      for (int c = 0; c < channels && c < numbers.length; c++) {
        sum[c] += numbers[c] / (double) images.size();
      }
    }
    return sum;
  }
}
