package dev.picasso.format.keras.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ModelException;
import dev.picasso.format.functions.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file as an argument: a function is imported or refused, never more. */
class HostileArgumentsTest {
  private static final int TRIES = 40;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "2",
          "3",
          "0.5",
          "NaN",
          "-Infinity",
          "1e300",
          "99999999999999999999",
          "2147483647",
          "-2147483648",
          "''",
          "'same'",
          "'float32'",
          "[]",
          "[[]]",
          "[0]",
          "[1, 2]",
          "[-1, 6, 12]",
          "[0, 3, 1, 2]",
          "[[0, 0], [1, 2], [0, 1], [0, 0]]",
          "[[1, 2], [3]]",
          "[null, 1]",
          "['x', 0, 0]",
          "[['x', 0, 0], 2]",
          "{}",
          "{'class_name': '__slice__', 'config': {'start': 1, 'stop': 0, 'step': -1}}",
          "{'class_name': '__tensor__', 'config': {}}",
          "{'class_name': '__ellipsis__'}",
          "{'start': 0, 'stop': 2, 'step': -9}");

  private static final List<String> NAMES =
      List.of(
          "axis",
          "axes",
          "keepdims",
          "shape",
          "size",
          "dtype",
          "mode",
          "padding",
          "strides",
          "perm",
          "k",
          "n",
          "ord",
          "epsilon",
          "alpha",
          "block_size",
          "repeats",
          "newshape",
          "pad_width",
          "indices_or_sections",
          "data_format",
          "pool_size",
          "subscripts",
          "source",
          "destination",
          "interpolation",
          "method",
          "align_corners",
          "begin_mask",
          "shift");

  private static final List<String> ATTRIBUTES =
      List.of("axis", "block_size", "num_bits", "k", "num_split", "range_given", "exclusive");

  static Stream<String> functions() {
    return new TreeSet<>(Functions.standard().names()).stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isImportedOrRefused(String function) {
    Random random = new Random(function.hashCode());
    int ended = 0;
    for (int i = 0; i < TRIES; i++) {
      String layer = layer(function, random);
      try {
        RecordedModel.read(layer);
        ended++;
      } catch (ModelException e) {
        assertThat(e).as(layer).hasMessageContaining("y (");
        ended++;
      }
    }
    assertThat(ended).isEqualTo(TRIES);
  }

  private static String layer(String function, Random random) {
    String name = function.substring(function.indexOf('.') + 1);
    List<String> named = new ArrayList<>();
    for (String key : names(function)) {
      if (random.nextInt(3) > 0) {
        named.add("'" + key + "': " + value(random));
      }
    }
    String arguments = String.join(", ", named);
    if (function.startsWith("ops.")) {
      return RecordedModel.ops(
          "y", name, "x", arguments, random.nextBoolean() ? "" : ", " + value(random));
    }
    if (function.startsWith("tf.")) {
      return RecordedModel.tf("y", name, "x", arguments);
    }
    String node = "{'op': '%s', 'input': ['a', 'b', 'c', 'd'], 'attr': {%s}}";
    StringBuilder attributes = new StringBuilder("'padding': {'s': 'U0FNRQ=='}");
    for (String key : ATTRIBUTES) {
      if (random.nextInt(3) == 0) {
        attributes.append(", '%s': {'i': '%d'}".formatted(key, random.nextInt(-2, 9)));
      }
    }
    return RecordedModel.raw(
        "y",
        node.formatted(name, attributes),
        "x",
        "'1': %s, '2': %s, '3': %s".formatted(value(random), value(random), value(random)));
  }

  private static List<String> names(String function) {
    List<String> names = new ArrayList<>(Functions.standard().parameters(function));
    if (function.startsWith("ops.")) {
      names.addAll(NAMES);
    }
    return names.stream().skip(1).distinct().toList();
  }

  private static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }
}
