package dev.picasso.run.figure;

import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scales for maps that are to be compared, where they were drawn on others. */
final class SharedScales {
  private SharedScales() {}

  /**
   * A scale for each map. It ends where the largest one ends that was used, so that nothing is
   * clipped that was not; a map alone gets its own.
   *
   * @param maps rows of maps with scales
   */
  static Map<RecordedMap, Scale> of(List<List<RecordedMap>> maps, Scales scales) {
    Map<RecordedMap, Scale> chosen = new LinkedHashMap<>();
    List<List<RecordedMap>> groups =
        switch (scales) {
          case MADE -> List.of();
          case ROW -> maps;
          case TABLE -> List.of(maps.stream().flatMap(List::stream).toList());
          case OWN -> maps.stream().flatMap(List::stream).map(List::of).toList();
        };
    groups.forEach(group -> alike(group).forEach(same -> put(same, scales, chosen)));
    return chosen;
  }

  /** Those of one meaning and one kind of colours; no others can be compared. */
  private static List<List<RecordedMap>> alike(List<RecordedMap> maps) {
    Map<List<Object>, List<RecordedMap>> kinds = new LinkedHashMap<>();
    for (RecordedMap map : maps) {
      map.scale()
          .ifPresent(
              scale ->
                  kinds
                      .computeIfAbsent(List.of(kind(map), scale.colours()), k -> new ArrayList<>())
                      .add(map));
    }
    return List.copyOf(kinds.values());
  }

  /** What its numbers are, whichever layer they are of: models to be compared have other layers. */
  private static String kind(RecordedMap map) {
    return map.meaning().replaceFirst(", layer [^,;]+", "");
  }

  private static void put(List<RecordedMap> maps, Scales scales, Map<RecordedMap, Scale> chosen) {
    List<Scale> made = maps.stream().flatMap(map -> map.scale().stream()).toList();
    Scale scale = scales == Scales.OWN ? own(maps.get(0).map(), made.get(0)) : widest(made);
    maps.forEach(map -> chosen.put(map, scale));
  }

  private static Scale widest(List<Scale> made) {
    return new Scale(
        made.get(0).colours(),
        made.stream().mapToDouble(Scale::low).min().orElse(0),
        made.stream().mapToDouble(Scale::high).max().orElse(0),
        made.stream().mapToDouble(Scale::percentile).min().orElse(100));
  }

  private static Scale own(HeatMap map, Scale made) {
    boolean fromZero = made.low() == 0 || made.colours().isDiverging();
    if (fromZero) {
      return Scale.of(List.of(map), made.colours(), made.percentile());
    }
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : map.values()) {
      low = Float.isFinite(value) ? Math.min(low, value) : low;
      high = Float.isFinite(value) ? Math.max(high, value) : high;
    }
    return low <= high ? new Scale(made.colours(), low, high) : made;
  }
}
