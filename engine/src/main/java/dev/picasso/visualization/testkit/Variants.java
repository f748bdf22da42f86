package dev.picasso.visualization.testkit;

import dev.picasso.Words;
import dev.picasso.settings.Field;
import dev.picasso.settings.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings to try: the defaults, and each with one setting changed to each value worth trying. */
final class Variants {
  private static final int MOST_TIMES = 4;

  private Variants() {}

  static List<Map<String, String>> of(Schema<?> schema) {
    List<Map<String, String>> variants = new ArrayList<>();
    variants.add(Map.of());
    for (Field field : schema.fields()) {
      values(field).forEach(v -> variants.add(Map.of(field.name(), v)));
    }
    return variants;
  }

  /**
   * Every choice; of a number, what is suggested and the ends of what is allowed, unless these take
   * long.
   */
  private static Set<String> values(Field field) {
    Set<String> values = new LinkedHashSet<>(field.choices());
    values.addAll(field.suggested());
    field
        .bounds()
        .ifPresent(
            b -> {
              values.add(text(b.min()));
              if (!isCostly(field, b.max())) {
                values.add(text(b.max()));
              }
            });
    values.remove(field.initial());
    return values;
  }

  /** Counts of steps, samples or masks have bounds that a person would wait for. */
  private static boolean isCostly(Field field, double most) {
    return switch (field.kind()) {
      case INTEGER -> most > MOST_TIMES * Math.abs(Double.parseDouble(field.initial()));
      case OPTIONAL_INTEGER -> true;
      default -> false;
    };
  }

  private static String text(double bound) {
    return Words.number(bound);
  }
}
