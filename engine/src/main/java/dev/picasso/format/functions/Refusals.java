package dev.picasso.format.functions;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Why a function without an emitter is refused. */
final class Refusals {
  private static final Map<Pattern, String> REASONS = reasons();

  private Refusals() {}

  private static Map<Pattern, String> reasons() {
    Map<Pattern, String> table = new LinkedHashMap<>();
    table.put(
        Pattern.compile(".*(random|dropout|shuffle|multinomial|categorical\\b|bernoulli).*"),
        "draws random numbers, so that an explanation would change from run to run.");
    table.put(
        Pattern.compile("raw\\.fractional\\w*pool"),
        "draws the borders of its windows at random, so that an explanation would change from run"
            + " to run.");
    table.put(
        Pattern.compile(
            ".*\\b(py_func\\w*|numpy_function|eager_py_func|map_fn|vectorized_?map|while_?loop"
                + "|cond|case|switch_?case|scan|associativescan|foldl|foldr|foriloop|map|function"
                + "|switch|statelesswhile|partitionedcall|statefulpartitionedcall)"),
        "calls Python code or branches; Picasso never runs code from a file.");
    table.put(
        Pattern.compile(
            ".*(assign|variable|lookup|queue|tensor_?array|iterator|\\bread|\\bwrite|\\bprint"
                + "|logging|summary|\\bio\\.|\\bassert).*"),
        "reads or changes what lies outside of the model.");
    table.put(Pattern.compile(".*\\bstrings?\\..*"), "works on texts, not on numbers.");
    return table;
  }

  /** A sentence about a function such as "tf.random.normal". */
  static String of(String function) {
    String name = function.toLowerCase(Locale.ROOT);
    return REASONS.entrySet().stream()
        .filter(e -> e.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> "there is no importer for this " + what(function) + ".");
  }

  private static String what(String function) {
    return function.startsWith("tf.")
        ? "function of TensorFlow"
        : function.startsWith("raw.") ? "operator of TensorFlow" : "operation of Keras";
  }
}
