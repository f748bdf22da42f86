package dev.picasso.visualization.settings;

import dev.picasso.Words;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a visualization, read off its settings record: from this one thing come the form,
 * the REST schema, the command's options and the checks.
 *
 * <p>A component is an {@code int}, {@code double}, {@code boolean}, {@code String} or an enum.
 */
public final class Schema<S extends Record> {
  private final Class<S> type;
  private final S defaults;
  private final List<Field> fields;

  private Schema(Class<S> type, S defaults, List<Field> fields) {
    this.type = type;
    this.defaults = defaults;
    this.fields = fields;
  }

  /**
   * The schema of a record with these defaults.
   *
   * @throws IllegalArgumentException if a component has a type that no form can show
   */
  public static <S extends Record> Schema<S> of(S defaults) {
    @SuppressWarnings("unchecked") // the class of an S is a Class<S>, records being final
    Class<S> type = (Class<S>) defaults.getClass();
    List<Field> fields =
        Stream.of(type.getRecordComponents()).map(c -> field(c, defaults)).toList();
    return new Schema<>(type, defaults, fields);
  }

  public List<Field> fields() {
    return fields;
  }

  public S defaults() {
    return defaults;
  }

  private static Field field(RecordComponent component, Record defaults) {
    Optional<Label> label = Optional.ofNullable(component.getAnnotation(Label.class));
    Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
    Optional<Suggested> suggested = Optional.ofNullable(component.getAnnotation(Suggested.class));
    Object initial = Components.value(component, defaults);
    return new Field(
        component.getName(),
        label.map(Label::value).orElse(Words.of(component.getName())),
        label.map(Label::help).orElse(""),
        Components.kind(component),
        Components.choices(component),
        suggested.map(s -> Arrays.asList(s.value())).orElse(List.of()),
        range.map(r -> new Field.Bounds(r.min(), r.max())),
        Components.text(initial));
  }

  /** The values of a record as text, by name. */
  public Map<String, String> toMap(S settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      values.put(component.getName(), Components.text(Components.value(component, settings)));
    }
    return values;
  }

  /**
   * A record of the given values, the defaults for the others. Names are taken in any case, with or
   * without hyphens.
   *
   * @param owner what the settings belong to, for messages
   * @throws SettingException naming every unknown name and every wrong value
   */
  public S parse(String owner, Map<String, String> given) {
    List<String> problems = new ArrayList<>();
    Map<String, String> known = new LinkedHashMap<>(toMap(defaults));
    given.forEach(
        (name, value) -> {
          Optional<Field> field = find(name);
          if (field.isPresent()) {
            known.put(field.get().name(), value);
          } else {
            problems.add(unknown(owner, name));
          }
        });
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Field field = fields.get(i);
      String text = known.getOrDefault(field.name(), field.initial()).strip();
      Optional<Object> value = Components.parse(components[i], field, text);
      if (value.isPresent()) {
        values[i] = value.get();
      } else {
        problems.add(owner + ": " + field.name() + " is " + quoted(text) + "; " + allowed(field));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingException(problems);
    }
    return Components.create(type, values);
  }

  private Optional<Field> find(String name) {
    String plain = plain(name);
    return fields.stream().filter(f -> plain(f.name()).equals(plain)).findFirst();
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private String unknown(String owner, String name) {
    if (fields.isEmpty()) {
      return owner + ": there is no setting " + quoted(name) + "; it has none.";
    }
    List<String> names = fields.stream().map(Field::name).toList();
    return owner
        + ": there is no setting "
        + quoted(name)
        + Words.nearest(name, names)
            .map(n -> "; did you mean " + n + "?")
            .orElse("; there are " + String.join(", ", names) + ".");
  }

  private static String quoted(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return shown.isEmpty() ? "empty" : shown;
  }

  private static String allowed(Field field) {
    String bounds =
        field
            .bounds()
            .map(b -> " between " + Words.number(b.min()) + " and " + Words.number(b.max()))
            .orElse("");
    return switch (field.kind()) {
      case CHOICE, FLAG -> "it must be one of " + String.join(", ", field.choices()) + ".";
      case INTEGER -> "it must be a whole number" + bounds + ".";
      case NUMBER -> "it must be" + (bounds.isEmpty() ? " a number" : bounds) + ".";
      case TEXT -> "it must be a text.";
    };
  }
}
