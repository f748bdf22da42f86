package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the attributes of ONNX's own operators hold. The names mean the same wherever they occur, so
 * that they need no table by operator.
 */
final class AttributeKinds {
  private static final Map<String, String> WORDS =
      Map.of(
          "Long", "a whole number",
          "Float", "a number with a fraction",
          "String", "a text",
          "List", "a list of whole numbers");

  private static final Map<String, String> KINDS =
      Stream.of(
              all(
                  "Long",
                  "allowzero axis batch_axis batch_dims block_size blocksize ceil_mode"
                      + " count_include_pad end exclude_outside fmod group keepdims largest"
                      + " noop_with_empty_axes num_groups num_outputs output_dtype p precision"
                      + " saturate select_last_index size sorted spatial start stash_type"
                      + " storage_order time_axis to training_mode transA transB upper value_int"),
              all(
                  "Float",
                  "alpha beta bias cubic_coeff_a epsilon extrapolation_value gamma lambd momentum"
                      + " ratio value_float"),
              all(
                  "String",
                  "approximate auto_pad coordinate_transformation_mode equation"
                      + " keep_aspect_ratio_policy mode nearest_mode reduction"),
              all(
                  "List",
                  "axes dilations ends kernel_shape output_padding output_shape pads perm shape"
                      + " split starts strides value_ints"))
          .flatMap(m -> m.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** What was of another kind in the first opsets, or is in an operator that was on trial. */
  private static final Set<String> OTHERWISE =
      Set.of("Cast.to", "GlobalLpPool.p", "ImageScaler.bias", "LpPool.p");

  private AttributeKinds() {}

  private static Map<String, String> all(String kind, String names) {
    return Set.of(names.split(" ")).stream().collect(Collectors.toMap(n -> n, n -> kind));
  }

  /**
   * Sees to it that attributes hold what their names say.
   *
   * @throws ModelException if one does not
   */
  static void check(String op, Attributes attributes) {
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              String wanted = KINDS.get(name);
              boolean otherwise = OTHERWISE.contains(op + "." + name);
              if (wanted != null && !otherwise && !is(wanted, value)) {
                throw new ModelException("its attribute " + name + " is not " + WORDS.get(wanted));
              }
            });
  }

  private static boolean is(String wanted, Object value) {
    return switch (wanted) {
      case "Long" -> value instanceof Long;
      case "Float" -> value instanceof Float;
      case "String" -> value instanceof String;
      default -> value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance);
    };
  }
}
