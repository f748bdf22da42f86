package dev.picasso.format.functions;

import java.util.Arrays;
import java.util.List;

/**
 * A function and the names of its arguments in order.
 *
 * @param function with a word for who defines it, as in "tf.transpose"
 * @param rest whether the last argument stands for all that follow
 */
record Signature(String function, List<String> parameters, boolean rest) {
  /**
   * From the words that the documentation has: "tf.transpose(a, perm)", "tf.einsum(equation,
   * *inputs)".
   */
  static Signature parse(String text) {
    int open = text.indexOf('(');
    if (open < 1 || !text.endsWith(")")) {
      throw new IllegalArgumentException(text + " is no signature");
    }
    List<String> names =
        Arrays.stream(text.substring(open + 1, text.length() - 1).split(",", -1))
            .map(String::strip)
            .filter(n -> !n.isEmpty())
            .toList();
    boolean rest = names.stream().anyMatch(n -> n.startsWith("*"));
    return new Signature(
        text.substring(0, open), names.stream().map(n -> n.replace("*", "")).toList(), rest);
  }
}
