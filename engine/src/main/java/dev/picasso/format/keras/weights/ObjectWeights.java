package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import dev.picasso.format.keras.file.WeightGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of one object of Keras 3: its variables numbered in {@code vars}, its parts in
 * folders beside. The layers of a model lie in {@code layers}, named after their class and numbered
 * in the order of the model.
 */
record ObjectWeights(WeightGroup group) implements LayerWeights {
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies", "_self_tracked_trackables", "_layers");

  @Override
  public List<StoredArray> arrays() {
    WeightGroup vars = group.groups().get("vars");
    if (vars == null) {
      return List.of();
    }
    return vars.arrays().entrySet().stream()
        .sorted(Comparator.comparingInt(e -> number(e.getKey())))
        .map(e -> e.getValue())
        .toList();
  }

  @Override
  public LayerWeights part(String name, String... attributes) {
    for (String attribute : attributes) {
      for (String key : List.of(attribute, "_" + attribute)) {
        WeightGroup part = group.groups().get(key);
        if (part != null) {
          return new ObjectWeights(part);
        }
      }
    }
    return LayerWeights.none();
  }

  @Override
  public ModelWeights asModel(List<LayerNames> layers) {
    Optional<String> container =
        CONTAINERS.stream()
            .filter(c -> group.group(c).map(WeightGroup::holdsArrays).orElse(false))
            .findFirst();
    Map<String, WeightGroup> objects =
        container.flatMap(group::group).map(WeightGroup::groups).orElse(Map.of());
    Map<String, LayerWeights> found = new HashMap<>();
    boolean named = layers.stream().anyMatch(l -> byOwnName(objects, l).isPresent());
    Map<String, Integer> counters = new HashMap<>();
    for (LayerNames layer : layers) {
      String kind = snakeCase(layer.kind());
      int count = counters.merge(kind, 1, Integer::sum) - 1;
      Optional<WeightGroup> own =
          named
              ? byOwnName(objects, layer)
              : Optional.ofNullable(objects.get(count == 0 ? kind : kind + "_" + count));
      own.ifPresent(g -> found.put(layer.name(), new ObjectWeights(g)));
    }
    if (!named && container.filter(c -> !c.equals("layers")).isPresent()) {
      return ranked(objects, layers);
    }
    return name -> found.getOrDefault(name, LayerWeights.none());
  }

  /** The object that says that it is the layer of that name. */
  private static Optional<WeightGroup> byOwnName(
      Map<String, WeightGroup> objects, LayerNames layer) {
    return objects.values().stream()
        .filter(
            g -> {
              WeightGroup vars = g.groups().get("vars");
              return vars != null && vars.layerName().equals(layer.name());
            })
        .findFirst();
  }

  /**
   * tf.keras 2.12 to 2.15 counted layers with weights twice: the n-th object of a class that holds
   * arrays belongs to the n-th layer of that class that asks for them.
   */
  private static ModelWeights ranked(Map<String, WeightGroup> objects, List<LayerNames> layers) {
    Map<String, List<Map.Entry<String, WeightGroup>>> byKind = new HashMap<>();
    for (var entry : objects.entrySet()) {
      if (entry.getValue().holdsArrays()) {
        String kind = entry.getKey().replaceFirst("_\\d+$", "");
        byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(entry);
      }
    }
    byKind.values().forEach(l -> l.sort(Comparator.comparingInt(e -> number(e.getKey()))));
    Map<String, Integer> used = new HashMap<>();
    Map<String, LayerWeights> found = new HashMap<>();
    for (LayerNames layer : layers) {
      String kind = snakeCase(layer.kind());
      List<Map.Entry<String, WeightGroup>> own = byKind.getOrDefault(kind, List.of());
      int i = used.merge(kind, 1, Integer::sum) - 1;
      if (i < own.size()) {
        found.put(layer.name(), new ObjectWeights(own.get(i).getValue()));
      }
    }
    return name -> found.getOrDefault(name, LayerWeights.none());
  }

  private static int number(String name) {
    String digits = name.substring(name.lastIndexOf('_') + 1);
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
  }

  /** Keras's own rule for making "global_average_pooling2d" of "GlobalAveragePooling2D". */
  static String snakeCase(String kind) {
    return kind.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
