package dev.picasso.format.tensorflow.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the outputs of operators that have several, since functions write their inputs with
 * them. An output that is a list is the only one of its operator, so that its index is the place.
 */
final class OutputNames {
  private static final List<String> NORM =
      List.of(
          "y",
          "batch_mean",
          "batch_variance",
          "reserve_space_1",
          "reserve_space_2",
          "reserve_space_3");

  private final Library library;
  private final Map<String, List<String>> names = new HashMap<>();

  /**
   * The names of TensorFlow's own operators, and of the functions that a graph brings with it.
   *
   * @param library functions, which nodes may call as if they were operators
   */
  OutputNames(Library library) {
    this.library = library;
    for (String op : List.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3")) {
      names.put(op, NORM);
    }
    names.put("_FusedBatchNormEx", NORM);
    names.put("Switch", List.of("output_false", "output_true"));
    names.put("RefSwitch", List.of("output_false", "output_true"));
    names.put("Merge", List.of("output", "value_index"));
    names.put("RefMerge", List.of("output", "value_index"));
    names.put("TopK", List.of("values", "indices"));
    names.put("TopKV2", List.of("values", "indices"));
    names.put("MaxPoolWithArgmax", List.of("output", "argmax"));
    names.put("Unique", List.of("y", "idx"));
    names.put("UniqueV2", List.of("y", "idx"));
    names.put("SoftmaxCrossEntropyWithLogits", List.of("loss", "backprop"));
    names.put("SparseSoftmaxCrossEntropyWithLogits", List.of("loss", "backprop"));
    names.put("ListDiff", List.of("out", "idx"));
    names.put("BroadcastGradientArgs", List.of("r0", "r1"));
    names.put("QuantizeV2", List.of("output", "output_min", "output_max"));
  }

  /** The place of the output of that name, or the first of them. */
  int first(String op, String output) {
    List<String> all =
        library.find(op).map(Body::resultNames).orElse(names.getOrDefault(op, List.of()));
    return Math.max(0, all.indexOf(output));
  }
}
