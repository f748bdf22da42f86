package dev.picasso.format.tflite.operators;

import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.Subgraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the tensors of a subgraph are called. Where a converter fused several operators it joined
 * their names with semicolons; the first is enough where no other tensor that is computed has it.
 */
final class Names {
  private final List<String> full;
  private final List<String> names;

  private Names(List<String> full, List<String> names) {
    this.full = List.copyOf(full);
    this.names = List.copyOf(names);
  }

  static Names of(Subgraph subgraph) {
    List<String> full = subgraph.tensors().stream().map(StoredTensor::name).toList();
    Map<String, Integer> firsts = new HashMap<>();
    subgraph.tensors().stream()
        .filter(t -> t.data().isEmpty())
        .forEach(t -> firsts.merge(first(t.name()), 1, Integer::sum));
    Set<String> taken = new HashSet<>();
    String[] names = new String[full.size()];
    for (boolean constant : new boolean[] {false, true}) {
      for (int i = 0; i < names.length; i++) {
        if (subgraph.tensors().get(i).data().isPresent() == constant) {
          String name = full.get(i);
          boolean enough = !constant && firsts.getOrDefault(first(name), 0) == 1;
          String wanted = name.isEmpty() ? "tensor_" + i : enough ? first(name) : name;
          names[i] = taken.add(wanted) ? wanted : wanted + "#" + i;
        }
      }
    }
    return new Names(full, List.of(names));
  }

  private static String first(String name) {
    int end = name.indexOf(';');
    return end > 0 ? name.substring(0, end) : name;
  }

  /** The name of a tensor, by its place. */
  String of(int place) {
    return names.get(place);
  }

  /** The tensor of that name, short or as the file has it. */
  Optional<Integer> find(String name) {
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).equals(name))
        .boxed()
        .findFirst()
        .or(
            () ->
                IntStream.range(0, full.size())
                    .filter(i -> full.get(i).equals(name))
                    .boxed()
                    .findFirst());
  }
}
