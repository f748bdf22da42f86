package dev.picasso.belief;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what belongs to an image by the image's name: what is called so too, whatever its ending,
 * in whatever folder. Capitals count as small letters.
 *
 * @param <T> what belongs to images
 */
final class SameNames<T> {
  private final Map<String, List<Named<T>>> byStem = new HashMap<>();

  /**
   * Something with its name.
   *
   * @param path folders, and the name with its ending
   */
  private record Named<T>(List<String> path, T what) {}

  /**
   * Adds something.
   *
   * @param name a file's, with its folders where they are known
   */
  void put(String name, T what) {
    List<String> path = path(name);
    byStem.computeIfAbsent(stem(path), s -> new ArrayList<>()).add(new Named<>(path, what));
  }

  /**
   * What belongs to an image: what has its ending before what has another, then what lies in
   * folders of the same names.
   *
   * @return several where the names do not tell which
   */
  List<T> of(String image) {
    List<String> path = path(image);
    List<Named<T>> found = byStem.getOrDefault(stem(path), List.of());
    int best = found.stream().mapToInt(n -> nearness(n.path(), path)).max().orElse(0);
    return found.stream().filter(n -> nearness(n.path(), path) == best).map(Named::what).toList();
  }

  /** How many of the last words of two paths are the same; the name without its ending is one. */
  private static int nearness(List<String> path, List<String> other) {
    boolean sameEnding = last(path, 1).equals(last(other, 1));
    int alike = 1;
    while (alike < Math.min(path.size(), other.size())
        && last(path, alike + 1).equals(last(other, alike + 1))) {
      alike++;
    }
    return 2 * alike + (sameEnding ? 1 : 0);
  }

  private static String last(List<String> path, int place) {
    return path.get(path.size() - place);
  }

  /** Names from other systems may have their separators. */
  private static List<String> path(String name) {
    return Arrays.asList(name.toLowerCase(Locale.ROOT).split("[/\\\\]", -1));
  }

  private static String stem(List<String> path) {
    String file = last(path, 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
