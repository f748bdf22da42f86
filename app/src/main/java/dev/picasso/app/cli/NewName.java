package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What something new is called.
 *
 * @param id as in "red-pixels"
 * @param className as in "RedPixels"
 * @param title as in "Red pixels"
 */
record NewName(String id, String className, String title) {
  private static final int LONGEST = 40;

  /** Names that some systems give no file. */
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3");

  /**
   * A name as a person gives it: "red-pixels", "RedPixels" or "red_pixels".
   *
   * @throws PicassoException if nothing can be called so
   */
  static NewName of(String given) {
    List<String> words =
        Arrays.stream(
                given
                    .strip()
                    .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                    .toLowerCase(Locale.ROOT)
                    .split("[-_ ]+", -1))
            .toList();
    if (given.length() > LONGEST
        || !words.get(0).matches("[a-z].*")
        || !words.stream().allMatch(w -> w.matches("[a-z0-9]+"))) {
      throw new PicassoException(
          "\""
              + given
              + "\" is no name; use letters, digits and hyphens, a letter first, at most "
              + LONGEST
              + ", as in red-pixels.");
    }
    String id = String.join("-", words);
    String name = words.stream().map(NewName::capital).collect(Collectors.joining());
    if (DEVICES.contains(id) || SourceVersion.isKeyword(id) || isOfJava(name)) {
      throw new PicassoException(
          name + " means something else already; add a word, as in " + id + "-map.");
    }
    return new NewName(id, name, capital(String.join(" ", words)));
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A class of that name would hide one that every Java file sees. */
  private static boolean isOfJava(String name) {
    try {
      Class<?> unused = Class.forName("java.lang." + name, false, NewName.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** A text in which the name stands where it was left open. */
  String in(String template) {
    String text =
        template.replace("@Class@", className).replace("@id@", id).replace("@title@", title);
    if (text.contains("." + className + ";")) {
      throw new PicassoException(
          className + " is the name of a class that it uses; add a word, as in " + id + "-map.");
    }
    return text;
  }
}
