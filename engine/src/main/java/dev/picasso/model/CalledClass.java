package dev.picasso.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which class of a model people mean by what they call it: folders, tables and their own words have
 * other capitals, spaces and signs than the model's names. The page has the same rule.
 */
public final class CalledClass {
  private CalledClass() {}

  /**
   * A target by its whole name; else by one of the names that it lists, as in "tabby, tabby cat";
   * else by its number. Empty where there is none, or where several are called so.
   */
  public static Optional<Integer> find(Model model, String called) {
    List<String> names =
        IntStream.range(0, model.scores().targets()).mapToObj(model::label).toList();
    return find(names, called);
  }

  /** The index of one of these names. */
  static Optional<Integer> find(List<String> names, String called) {
    String wanted = plain(called);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> whole = where(names, i -> plain(names.get(i)).equals(wanted));
    List<Integer> found =
        whole.isEmpty()
            ? where(
                names,
                i -> Arrays.stream(names.get(i).split(",")).anyMatch(n -> plain(n).equals(wanted)))
            : whole;
    if (found.isEmpty() && wanted.matches("[0-9]{1,9}")) {
      return Optional.of(Integer.parseInt(wanted)).filter(number -> number < names.size());
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static List<Integer> where(List<String> names, IntPredicate is) {
    return IntStream.range(0, names.size()).filter(is).boxed().toList();
  }

  /** Letters and digits alone, with one space between words. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
