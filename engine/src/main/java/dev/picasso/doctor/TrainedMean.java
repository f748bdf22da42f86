package dev.picasso.doctor;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mean of each channel of the images that a network was trained on, as its first layer tells
 * it.
 *
 * <p>A convolution of kernel W makes of pixels of mean e a mean μ_k = Σ_c e_c · Σ W_kc + b_k. A
 * batch normalization behind it has kept μ, so that e follows from as many equations as filters.
 * Where the normalization was folded, the bias is β_k − Σ_c e_c · Σ W_kc with a β that is not
 * known: then e is that of the straight line through the points. A network that never had a
 * normalization has biases of its own, which tell nothing; so that line counts only where it runs
 * through the points, and for pixels that are bright on the mean.
 *
 * @param means by channel of the input, as fed
 * @param error standard error of the means, the largest
 * @param exact whether a normalization kept them
 * @param explained the share of the variance of the biases that the line explains
 */
record TrainedMean(List<Double> means, double error, boolean exact, double explained) {
  private static final double LEAST_EXPLAINED = .6;
  private static final double STANDARD_ERRORS = 4;

  private static final Set<String> MOVES = Set.of("Transpose", "Pad", "Identity", "Cast");
  private static final int FEWEST = 8;

  TrainedMean {
    means = List.copyOf(means);
  }

  /** Whether they can be believed. */
  boolean isTold() {
    double largest = means.stream().mapToDouble(Math::abs).max().orElse(0);
    return exact
        ? error < .15 * largest
        : explained > LEAST_EXPLAINED
            && means.stream().allMatch(m -> m > 0)
            && largest > STANDARD_ERRORS * error;
  }

  /** Of a graph whose first convolution reads the input as it is; else empty. */
  static Optional<TrainedMean> of(Graph graph, InputSpec input) {
    String value = input.name();
    Map<String, List<Node>> readers = graph.consumers();
    while (true) {
      List<Node> next = readers.getOrDefault(value, List.of());
      if (next.size() != 1) {
        return Optional.empty();
      }
      Node node = next.get(0);
      if (node.op().equals("Conv") && node.inputs().get(0).equals(value)) {
        return of(graph, node, input.channels());
      }
      if (!MOVES.contains(node.op())) {
        return Optional.empty();
      }
      value = node.output();
    }
  }

  private static Optional<TrainedMean> of(Graph graph, Node conv, int channels) {
    Optional<Tensor> kernel = graph.constant(conv.inputs().get(1));
    if (kernel.isEmpty()
        || kernel.get().shape().rank() != 4
        || kernel.get().shape().dim(1) != channels
        || kernel.get().shape().dim(0) < FEWEST * channels / 3 + 2) {
      return Optional.empty();
    }
    int filters = Math.toIntExact(kernel.get().shape().dim(0));
    double[][] sums = sums(kernel.get().floats(), filters, channels);
    double[] bias = new double[filters];
    if (conv.hasInput(2)) {
      Optional<Tensor> given = graph.constant(conv.inputs().get(2));
      if (given.isEmpty() || given.get().size() != filters) {
        return Optional.empty();
      }
      float[] floats = given.get().floats();
      for (int k = 0; k < filters; k++) {
        bias[k] = floats[k];
      }
    }
    Optional<NormalizedLayer> normalized =
        NormalizedLayer.of(graph, 1).stream()
            .filter(l -> l.value().equals(conv.output()))
            .findFirst();
    if (normalized.isEmpty() && !NormalizedLayer.of(graph, 1).isEmpty()) {
      return Optional.empty(); // it is not folded, but stands elsewhere
    }
    double[] target = new double[filters];
    for (int k = 0; k < filters; k++) {
      double mean = normalized.isPresent() ? normalized.get().mean().get(k) : 0;
      target[k] = normalized.isPresent() ? mean - bias[k] : -bias[k];
    }
    return fit(sums, target, normalized.isPresent());
  }

  private static double[][] sums(float[] kernel, int filters, int channels) {
    int places = kernel.length / filters / channels;
    double[][] sums = new double[filters][channels];
    for (int i = 0; i < kernel.length; i++) {
      int at = i / places;
      sums[at / channels][at % channels] += kernel[i];
    }
    return sums;
  }

  /** Least squares; with an unknown β there is a constant beside it. */
  private static Optional<TrainedMean> fit(double[][] sums, double[] target, boolean exact) {
    int channels = sums[0].length;
    int unknowns = exact ? channels : channels + 1;
    double[][] a = new double[unknowns][unknowns];
    double[] b = new double[unknowns];
    for (int k = 0; k < target.length; k++) {
      for (int i = 0; i < unknowns; i++) {
        double x = i < channels ? sums[k][i] : 1;
        b[i] += x * target[k];
        for (int j = 0; j < unknowns; j++) {
          a[i][j] += x * (j < channels ? sums[k][j] : 1);
        }
      }
    }
    Optional<double[][]> inverse = LinearSystem.inverse(a);
    if (inverse.isEmpty()) {
      return Optional.empty();
    }
    double[] e = LinearSystem.times(inverse.get(), b);
    double left = 0;
    for (int k = 0; k < target.length; k++) {
      double made = exact ? 0 : e[channels];
      for (int c = 0; c < channels; c++) {
        made += e[c] * sums[k][c];
      }
      left += (target[k] - made) * (target[k] - made);
    }
    double middle = Arrays.stream(target).average().orElse(0);
    double whole = Arrays.stream(target).map(t -> (t - middle) * (t - middle)).sum();
    double explained = whole > 0 ? 1 - left / whole : 0;
    double noise = left / Math.max(1, target.length - unknowns);
    double error = 0;
    List<Double> means = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      means.add(e[c]);
      error = Math.max(error, Math.sqrt(Math.max(0, noise * inverse.get()[c][c])));
    }
    boolean finite = means.stream().allMatch(Double::isFinite) && Double.isFinite(error);
    return finite ? Optional.of(new TrainedMean(means, error, exact, explained)) : Optional.empty();
  }
}
