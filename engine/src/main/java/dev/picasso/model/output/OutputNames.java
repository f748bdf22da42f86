package dev.picasso.model.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the name of an output tells. */
public final class OutputNames {
  private static final Set<String> NUMBERS =
      Set.of(
          "box",
          "boxes",
          "bbox",
          "bboxes",
          "landmark",
          "landmarks",
          "keypoint",
          "keypoints",
          "kps",
          "kpts",
          "joints",
          "pose",
          "coord",
          "coords",
          "coordinates",
          "corner",
          "corners",
          "offset",
          "offsets",
          "regression",
          "regressor",
          "depth",
          "disparity",
          "flow",
          "heatmap",
          "heatmaps",
          "embedding",
          "embeddings",
          "feature",
          "features");

  private static final Set<String> CLASSES =
      Set.of(
          "class",
          "classes",
          "classifier",
          "classification",
          "cls",
          "logit",
          "logits",
          "label",
          "labels",
          "prob",
          "probs",
          "probabilities",
          "score",
          "scores",
          "softmax");

  /** Parts of a path that name an operation and not what it is for. */
  private static final Set<String> OPERATIONS =
      Set.of("biasadd", "matmul", "add", "identity", "reshape", "conv2d", "output", "gemm", "conv");

  private OutputNames() {}

  /** The word in a name that means numbers, such as coordinates, and no classes. */
  public static Optional<String> numbers(String name) {
    List<String> words = words(name);
    return words.stream().anyMatch(CLASSES::contains)
        ? Optional.empty()
        : words.stream().filter(NUMBERS::contains).findFirst();
  }

  /** The words of the last part of a path that is no operation. */
  private static List<String> words(String name) {
    String[] parts = name.replaceFirst(":\\d+$", "").split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      String part = parts[i].replaceFirst("_\\d+$", "");
      if (!OPERATIONS.contains(part.toLowerCase(Locale.ROOT))) {
        return Arrays.stream(part.split("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", -1))
            .map(w -> w.toLowerCase(Locale.ROOT))
            .toList();
      }
    }
    return List.of();
  }
}
