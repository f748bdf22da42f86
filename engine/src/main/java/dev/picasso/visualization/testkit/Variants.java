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
  private Variants() {}

  static List<Map<String, String>> of(Schema<?> schema) {
    List<Map<String, String>> variants = new ArrayList<>();
    variants.add(Map.of());
    for (Field field : schema.fields()) {
      values(field).forEach(v -> variants.add(Map.of(field.name(), v)));
    }
    return variants;
  }

  /** Every choice; of a number, what is suggested and the ends of what is allowed. */
  private static Set<String> values(Field field) {
    Set<String> values = new LinkedHashSet<>(field.choices());
    values.addAll(field.suggested());
    field.bounds().ifPresent(b -> values.addAll(List.of(text(b.min()), text(b.max()))));
    values.remove(field.initial());
    return values;
  }

  private static String text(double bound) {
    return Words.number(bound);
  }
}
