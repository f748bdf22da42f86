package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.tensorflow.file.TensorFlowFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Which of a file's signatures is meant. */
final class Signatures {
  private static final String USUAL = "serving_default";

  private Signatures() {}

  /**
   * The signature that was asked for, the one that serves, or the only one that takes numbers.
   *
   * @return empty where the file has none
   * @throws ModelException if there is none of that name, or several could be meant
   */
  static Optional<SignatureDef> choose(
      TensorFlowFile file, ImportOptions options, Consumer<String> notes) {
    Map<String, SignatureDef> all = new TreeMap<>(file.signatures());
    all.keySet().removeIf(name -> name.startsWith("__"));
    if (options.signature().isPresent()) {
      String wanted = options.signature().get();
      return Optional.of(
          Optional.ofNullable(all.get(wanted))
              .orElseThrow(
                  () ->
                      new ModelException(
                          file.name()
                              + ": has no signature "
                              + wanted
                              + (all.isEmpty() ? ", nor any other." : "; it has " + list(all)))));
    }
    if (!options.inputs().isEmpty() && !options.outputs().isEmpty()) {
      return Optional.empty();
    }
    Map<String, SignatureDef> fitting = new TreeMap<>(all);
    fitting.values().removeIf(s -> !fits(s));
    SignatureDef usual = all.get(USUAL);
    if (usual != null && (fits(usual) || fitting.size() != 1)) {
      return Optional.of(taken(USUAL, all, notes));
    }
    if (fitting.size() == 1) {
      return Optional.of(taken(fitting.keySet().iterator().next(), all, notes));
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (all.size() == 1) {
      return Optional.of(all.values().iterator().next());
    }
    throw new ModelException(
        file.name()
            + ": has several signatures and none called "
            + USUAL
            + ". Say which to take in a picasso.yaml beside the model, as in\n"
            + "  models: [{path: "
            + file.name()
            + ", signature: "
            + all.keySet().iterator().next()
            + "}]\nand start Picasso with that file. There are "
            + list(all));
  }

  /** The signature of that name, with a word about the others. */
  private static SignatureDef taken(
      String name, Map<String, SignatureDef> all, Consumer<String> notes) {
    if (all.size() > 1) {
      notes.accept("The signature " + name + " was taken; the file has " + list(all));
    }
    return Objects.requireNonNull(all.get(name));
  }

  /** Whether it takes and gives numbers only. */
  private static boolean fits(SignatureDef signature) {
    return signature.getInputsCount() > 0
        && signature.getOutputsCount() > 0
        && signature.getInputsMap().values().stream().allMatch(t -> Numeric.is(t.getDtype()));
  }

  private static String list(Map<String, SignatureDef> signatures) {
    return signatures.entrySet().stream()
        .map(e -> e.getKey() + " (takes " + inputs(e.getValue()) + ")")
        .collect(Collectors.joining(", ", "", "."));
  }

  private static String inputs(SignatureDef signature) {
    return new TreeMap<>(signature.getInputsMap())
        .entrySet().stream()
            .map(e -> e.getKey() + ": " + type(e.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String type(TensorInfo tensor) {
    String type = tensor.getDtype().name().replace("DT_", "").toLowerCase(java.util.Locale.ROOT);
    List<String> dims =
        tensor.getTensorShape().getDimList().stream()
            .map(d -> d.getSize() < 0 ? "?" : Long.toString(d.getSize()))
            .toList();
    return type + (tensor.getTensorShape().getUnknownRank() ? "" : dims);
  }
}
