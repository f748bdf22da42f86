package dev.picasso.settings;

import dev.picasso.Words;
import dev.picasso.settings.SettingException.Wrong;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of a visualization, read off its settings record: from this one thing come the form,
 * the REST schema, the command's options and the checks.
 *
 * <p>A component is an {@code int}, {@code double}, {@code boolean}, {@code String}, {@link
 * LayerChoice}, {@link RegionChoice}, {@link java.util.OptionalInt} (a number that the method
 * chooses where none is given) or an enum; or a record of these, whose settings stand among the
 * others.
 */
public final class Schema<S extends Record> {
  private final Class<S> type;
  private final S defaults;
  private final List<Part> parts;

  private Schema(Class<S> type, S defaults, List<Part> parts) {
    this.type = type;
    this.defaults = defaults;
    this.parts = parts;
  }

  /** A component: a setting, or a record of settings. */
  private sealed interface Part {
    List<Field> fields();
  }

  private record One(RecordComponent component, Field field) implements Part {
    @Override
    public List<Field> fields() {
      return List.of(field);
    }
  }

  private record Several(RecordComponent component, Schema<?> schema) implements Part {
    @Override
    public List<Field> fields() {
      return schema.fields();
    }
  }

  /**
   * The schema of a record with these defaults.
   *
   * @throws IllegalArgumentException if a component has a type that no form can show, or two
   *     settings have one name
   */
  public static <S extends Record> Schema<S> of(S defaults) {
    @SuppressWarnings("unchecked") // the class of an S is a Class<S>, records being final
    Class<S> type = (Class<S>) defaults.getClass();
    List<Part> parts = Stream.of(type.getRecordComponents()).map(c -> part(c, defaults)).toList();
    Schema<S> schema = new Schema<>(type, defaults, parts);
    Set<String> names = new HashSet<>();
    for (Field field : schema.fields()) {
      if (!names.add(plain(field.name()))) {
        throw new IllegalArgumentException("two settings are called " + field.name());
      }
    }
    return schema;
  }

  public List<Field> fields() {
    return parts.stream().flatMap(p -> p.fields().stream()).toList();
  }

  public S defaults() {
    return defaults;
  }

  /** The values of the defaults as text, by name. */
  public Map<String, String> initial() {
    return toMap(defaults);
  }

  private static Part part(RecordComponent component, Record defaults) {
    Object initial = Components.value(component, defaults);
    boolean one = initial instanceof LayerChoice || initial instanceof RegionChoice;
    return initial instanceof Record several && !one
        ? new Several(component, of(several))
        : new One(component, field(component, initial));
  }

  private static Field field(RecordComponent component, Object initial) {
    Optional<Label> label = Optional.ofNullable(component.getAnnotation(Label.class));
    Optional<Range> range = Optional.ofNullable(component.getAnnotation(Range.class));
    Optional<Suggested> suggested = Optional.ofNullable(component.getAnnotation(Suggested.class));
    boolean region = initial instanceof RegionChoice;
    return new Field(
        component.getName(),
        label.map(Label::value).orElse(Words.of(component.getName())),
        label.map(Label::help).orElse(region ? RegionChoice.HELP : ""),
        Components.kind(component),
        Components.choices(component),
        suggested
            .map(s -> Arrays.asList(s.value()))
            .orElse(region ? RegionChoice.SUGGESTED : List.of()),
        range.map(r -> new Field.Bounds(r.min(), r.max())),
        Components.text(initial));
  }

  /** The values of a record as text, by name. */
  public Map<String, String> toMap(S settings) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part instanceof One one) {
        values.put(
            one.field().name(), Components.text(Components.value(one.component(), settings)));
      } else if (part instanceof Several several) {
        values.putAll(inner(several.schema(), Components.value(several.component(), settings)));
      }
    }
    return values;
  }

  private static <T extends Record> Map<String, String> inner(Schema<T> schema, Object settings) {
    return schema.toMap(schema.type.cast(settings));
  }

  /**
   * A record of the given values, the defaults for the others. Names are taken in any case, with or
   * without hyphens.
   *
   * @param owner what the settings belong to, for messages
   * @throws SettingException naming every unknown name and every wrong value
   */
  public S parse(String owner, Map<String, String> given) {
    List<Wrong> wrong = new ArrayList<>();
    Map<String, String> known = new LinkedHashMap<>();
    given.forEach(
        (name, value) ->
            find(name)
                .ifPresentOrElse(
                    field -> known.put(field.name(), value),
                    () -> wrong.add(new Wrong(name, unknown(owner, name)))));
    Optional<S> parsed = parse(owner, known, wrong);
    if (!wrong.isEmpty()) {
      throw new SettingException(wrong);
    }
    return parsed.orElseThrow();
  }

  /** The record; empty where a value is wrong, which is told. */
  private Optional<S> parse(String owner, Map<String, String> known, List<Wrong> wrong) {
    List<Object> values = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof One one) {
        Field field = one.field();
        String text = known.getOrDefault(field.name(), field.initial()).strip();
        Optional<Object> value = Components.parse(one.component(), field, text);
        if (value.isEmpty()) {
          String sentence =
              owner + ": " + field.name() + " is " + quoted(text) + "; " + allowed(field);
          wrong.add(new Wrong(field.name(), sentence));
        }
        value.ifPresent(values::add);
      } else if (part instanceof Several several) {
        several.schema().parse(owner, known, wrong).ifPresent(values::add);
      }
    }
    return wrong.isEmpty()
        ? Optional.of(Components.create(type, values.toArray()))
        : Optional.empty();
  }

  private Optional<Field> find(String name) {
    String plain = plain(name);
    return fields().stream().filter(f -> plain(f.name()).equals(plain)).findFirst();
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private String unknown(String owner, String name) {
    List<String> names = fields().stream().map(Field::name).toList();
    if (names.isEmpty()) {
      return owner + ": there is no setting " + quoted(name) + "; it has none.";
    }
    return owner
        + ": there is no setting "
        + quoted(name)
        + Words.nearest(name, names)
            .map(n -> "; did you mean " + n + "?")
            .orElse(
                (names.size() == 1 ? "; there is " : "; there are ")
                    + String.join(", ", names)
                    + ".");
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
      case LAYER -> "it must be a layer, or " + LayerChoice.AUTOMATIC + ".";
      case OPTIONAL_INTEGER ->
          "it must be a whole number" + bounds + ", or " + Field.AUTOMATIC + ".";
      case REGION ->
          "it must be predicted, all, a point X,Y or a box X,Y,WIDTH,HEIGHT in pixels of the"
              + " picture.";
    };
  }
}
