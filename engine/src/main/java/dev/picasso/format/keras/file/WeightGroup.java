package dev.picasso.format.keras.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of a weights file. Paths are split at slashes and, as files from Windows have them, at
 * backslashes.
 */
public final class WeightGroup {
  private final Map<String, WeightGroup> groups = new LinkedHashMap<>();
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private List<String> layerNames = List.of();
  private List<String> weightNames = List.of();
  private String layerName = "";

  /** The folders inside, by name. */
  public Map<String, WeightGroup> groups() {
    return groups;
  }

  /** The arrays inside, by name. */
  public Map<String, StoredArray> arrays() {
    return arrays;
  }

  /** The layers in the order of the model, in files that list them; else empty. */
  public List<String> layerNames() {
    return layerNames;
  }

  /** The paths of a layer's weights in their order, in files that list them; else empty. */
  public List<String> weightNames() {
    return weightNames;
  }

  /** The layer whose variables these are, where the file says so; else empty. */
  public String layerName() {
    return layerName;
  }

  /** The folder at that path, made where it is missing. */
  WeightGroup make(String path) {
    WeightGroup at = this;
    for (String part : parts(path)) {
      at = at.groups.computeIfAbsent(part, k -> new WeightGroup());
    }
    return at;
  }

  void put(String path, StoredArray array) {
    List<String> parts = parts(path);
    WeightGroup folder = make(String.join("/", parts.subList(0, parts.size() - 1)));
    folder.arrays.put(parts.get(parts.size() - 1), array);
  }

  void describe(List<String> layers, List<String> weights, String layer) {
    layerNames = List.copyOf(layers);
    weightNames = List.copyOf(weights);
    layerName = layer;
  }

  /** The folder at a path, whose parts may themselves have been cut at slashes. */
  public Optional<WeightGroup> group(String path) {
    WeightGroup at = this;
    for (String part : parts(path)) {
      WeightGroup next = at.groups.get(part);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** The array at a path. */
  public Optional<StoredArray> array(String path) {
    List<String> parts = parts(path);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return group(String.join("/", parts.subList(0, parts.size() - 1)))
        .flatMap(g -> Optional.ofNullable(g.arrays.get(parts.get(parts.size() - 1))));
  }

  /** Whether any array lies here or further down. */
  public boolean holdsArrays() {
    return !arrays.isEmpty() || groups.values().stream().anyMatch(WeightGroup::holdsArrays);
  }

  static List<String> parts(String path) {
    return java.util.Arrays.stream(path.split("[/\\\\]")).filter(p -> !p.isEmpty()).toList();
  }
}
