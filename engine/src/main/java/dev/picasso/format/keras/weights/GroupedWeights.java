package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import dev.picasso.format.keras.file.WeightGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder per layer of the outermost model, each with the list of its weights. Where the folders
 * do not bear the layers' names, they follow the order of the layers, as Keras itself takes them.
 */
final class GroupedWeights {
  private GroupedWeights() {}

  static ModelWeights of(WeightGroup root, List<LayerNames> layers) {
    Map<String, List<StoredArray>> folders = folders(root);
    Set<String> known = new HashSet<>();
    layers.forEach(l -> Stream.concat(Stream.of(l.name()), l.innerNames()).forEach(known::add));
    Map<String, List<StoredArray>> owned = new HashMap<>();
    List<List<StoredArray>> unclaimed = new ArrayList<>();
    boolean byName = known.containsAll(folders.keySet());
    folders.forEach(
        (name, arrays) -> {
          if (byName) {
            owned.put(name, arrays);
          } else {
            unclaimed.add(arrays);
          }
        });
    if (byName) {
      adoptInner(layers, folders, owned);
    }
    Claims claims = new Claims(owned, unclaimed);
    return claims::of;
  }

  /** Files whose folders are those of the innermost layers: a model gathers what is its own. */
  private static void adoptInner(
      List<LayerNames> layers,
      Map<String, List<StoredArray>> folders,
      Map<String, List<StoredArray>> owned) {
    for (LayerNames layer : layers) {
      if (!layer.inner().isEmpty() && !folders.containsKey(layer.name())) {
        owned.put(
            layer.name(),
            layer.innerNames().flatMap(n -> folders.getOrDefault(n, List.of()).stream()).toList());
      }
    }
  }

  /** The weights of each folder that has any, in the order of the model. */
  private static Map<String, List<StoredArray>> folders(WeightGroup root) {
    Map<String, List<StoredArray>> folders = new LinkedHashMap<>();
    List<String> names =
        root.layerNames().isEmpty() ? List.copyOf(root.groups().keySet()) : root.layerNames();
    for (String name : names) {
      List<StoredArray> arrays = root.group(name).map(GroupedWeights::arrays).orElse(List.of());
      if (!arrays.isEmpty()) {
        folders.put(name, arrays);
      }
    }
    return folders;
  }

  private static List<StoredArray> arrays(WeightGroup folder) {
    if (folder.weightNames().isEmpty()) {
      return all(folder, "");
    }
    List<StoredArray> arrays = new ArrayList<>();
    for (String name : folder.weightNames()) {
      folder.array(name).ifPresent(a -> arrays.add(new StoredArray(name, a.shape(), a.reader())));
    }
    return arrays;
  }

  private static List<StoredArray> all(WeightGroup folder, String path) {
    List<StoredArray> arrays = new ArrayList<>();
    folder
        .arrays()
        .forEach((name, a) -> arrays.add(new StoredArray(path + name, a.shape(), a.reader())));
    folder.groups().forEach((name, g) -> arrays.addAll(all(g, path + name + "/")));
    return arrays;
  }
}
