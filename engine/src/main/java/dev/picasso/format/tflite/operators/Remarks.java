package dev.picasso.format.tflite.operators;

import dev.picasso.format.StatedNormalization;
import dev.picasso.format.tflite.file.ElementType;
import dev.picasso.format.tflite.file.Metadata;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.Subgraph;
import dev.picasso.format.tflite.file.TfliteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person should know of a model: how exact its numbers are, and what its images must be. */
final class Remarks {
  private Remarks() {}

  /** In a few words, as in "float" or "integers of 8 bits". */
  static String precision(Subgraph subgraph) {
    Set<ElementType> computed = new HashSet<>();
    Set<ElementType> weights = new HashSet<>();
    for (StoredTensor tensor : subgraph.tensors()) {
      if (tensor.isQuantized()) {
        (tensor.data().isPresent() ? weights : computed).add(tensor.type());
      } else if (tensor.type() == ElementType.FLOAT16 && tensor.data().isPresent()) {
        weights.add(tensor.type());
      }
    }
    weights.remove(ElementType.INT32); // biases
    if (!computed.isEmpty()) {
      return "quantized, " + words(computed);
    }
    return weights.isEmpty() ? "float" : "weights in " + words(weights);
  }

  private static String words(Set<ElementType> types) {
    return types.stream()
        .sorted()
        .map(t -> t.name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  static List<String> of(TfliteModel model, Subgraph subgraph, List<Integer> wanted, Names names) {
    List<String> remarks = new ArrayList<>();
    boolean computed =
        subgraph.tensors().stream().anyMatch(t -> t.isQuantized() && t.data().isEmpty());
    boolean weights =
        subgraph.tensors().stream().anyMatch(t -> t.isQuantized() && t.data().isPresent());
    if (weights || computed) {
      remarks.add(
          "The weights are quantized: the model runs in float on dequantized weights"
              + (computed ? ", and what it computes is not rounded to integers." : "."));
    }
    for (int output : wanted) {
      if (subgraph.tensors().get(output).isQuantized()) {
        remarks.add(
            "The output " + names.of(output) + " is given as real numbers, not as integers.");
      }
    }
    model.metadata().ifPresent(m -> remarks.addAll(normalizations(m, subgraph, names)));
    return remarks;
  }

  private static List<String> normalizations(Metadata metadata, Subgraph subgraph, Names names) {
    int count = Math.min(metadata.inputs().size(), subgraph.inputs().size());
    return IntStream.range(0, count)
        .filter(i -> !metadata.inputs().get(i).means().isEmpty())
        .filter(i -> !metadata.inputs().get(i).deviations().isEmpty())
        .mapToObj(
            i -> {
              Metadata.Described input = metadata.inputs().get(i);
              boolean quantized = subgraph.tensors().get(subgraph.inputs().get(i)).isQuantized();
              return "The file says that pixels of %s are normalized as (x − %s) / %s%s"
                  .formatted(
                      names.of(subgraph.inputs().get(i)),
                      numbers(input.means()),
                      numbers(input.deviations()),
                      quantized ? " before they are quantized; here that is done inside." : ".");
            })
        .toList();
  }

  /** What the metadata say of pixels, for inputs that take them as real numbers. */
  static Map<String, String> normalizations(TfliteModel model, Subgraph subgraph, Names names) {
    List<Metadata.Described> inputs = model.metadata().map(Metadata::inputs).orElse(List.of());
    Map<String, String> said = new HashMap<>();
    for (int i = 0; i < Math.min(inputs.size(), subgraph.inputs().size()); i++) {
      int tensor = subgraph.inputs().get(i);
      if (!subgraph.tensors().get(tensor).isQuantized()) {
        said.putAll(
            new StatedNormalization(
                    doubles(inputs.get(i).means()), doubles(inputs.get(i).deviations()))
                .metadata(names.of(tensor)));
      }
    }
    return said;
  }

  private static List<Double> doubles(List<Float> numbers) {
    return numbers.stream().map(Float::doubleValue).toList();
  }

  private static String numbers(List<Float> numbers) {
    String text = numbers.stream().map(Remarks::number).collect(Collectors.joining(", "));
    return numbers.size() == 1 ? text : "(" + text + ")";
  }

  private static String number(float number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Float.toString(number);
  }
}
