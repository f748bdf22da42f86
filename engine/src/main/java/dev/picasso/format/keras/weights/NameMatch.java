package dev.picasso.format.keras.weights;

import java.util.List;
import java.util.Optional;

/** How names of weights tell their layer. */
final class NameMatch {
  private static final List<String> KERAS_1_ENDINGS =
      List.of(
          "_running_mean",
          "_running_std",
          "_depthwise_kernel",
          "_pointwise_kernel",
          "_gamma",
          "_beta",
          "_alphas",
          "_W",
          "_b");

  private NameMatch() {}

  /** The folders of a name, without the last part. */
  static List<String> components(String name) {
    List<String> parts = List.of(name.split("/"));
    return parts.subList(0, parts.size() - 1);
  }

  /** What comes before the last part: the layer that owns the weights, as the file has it. */
  static String owner(String name) {
    int slash = name.lastIndexOf('/');
    String leaf = name.substring(slash + 1).replaceFirst(":\\d+$", "");
    for (String ending : KERAS_1_ENDINGS) {
      if (leaf.endsWith(ending) && leaf.length() > ending.length()) {
        return name.substring(0, slash + 1) + leaf.substring(0, leaf.length() - ending.length());
      }
    }
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /** How far to the right a layer's name stands in an owner; empty where it does not. */
  static Optional<Integer> place(String owner, String layer) {
    String padded = "/" + owner + "/";
    int at = padded.lastIndexOf("/" + layer + "/");
    return at < 0 ? Optional.empty() : Optional.of(at + layer.length());
  }
}
