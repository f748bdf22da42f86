package dev.picasso.attribution;

import dev.picasso.image.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which windows are hidden in one run together: those of one row of the picture, whose parts of
 * each layer's map are equally high and lie in the same strip of it, from the borders inwards,
 * since parts at a border are narrower.
 */
final class Batching {
  private Batching() {}

  /**
   * Groups of windows by their places in a list; each is in one.
   *
   * @param most windows in a group
   */
  static List<List<Integer>> of(List<Window> windows, int most) {
    int right = windows.stream().mapToInt(w -> w.left() + w.width()).max().orElse(0);
    Map<List<Integer>, List<Integer>> rows = new LinkedHashMap<>();
    IntStream.range(0, windows.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> windows.get(i).top())
                .thenComparing(i -> fromBorder(windows.get(i), right)))
        .forEach(
            i ->
                rows.computeIfAbsent(
                        List.of(windows.get(i).top(), windows.get(i).height()),
                        k -> new ArrayList<>())
                    .add(i));
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> few = new ArrayList<>();
    for (List<Integer> row : rows.values()) {
      if (2 * row.size() >= most) {
        groups.addAll(evenly(row, most));
        continue;
      }
      if (few.size() + row.size() > most) {
        groups.add(List.copyOf(few));
        few.clear();
      }
      few.addAll(row);
    }
    if (!few.isEmpty()) {
      groups.add(List.copyOf(few));
    }
    return groups;
  }

  private static int fromBorder(Window window, int right) {
    return Math.min(window.left(), right - window.left() - window.width());
  }

  private static List<List<Integer>> evenly(List<Integer> row, int most) {
    int count = (row.size() + most - 1) / most;
    List<List<Integer>> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(List.copyOf(row.subList(i * row.size() / count, (i + 1) * row.size() / count)));
    }
    return pieces;
  }
}
