package dev.picasso.settings;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads and makes records by reflection. */
final class Components {
  private Components() {}

  static Field.Kind kind(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return Field.Kind.CHOICE;
    }
    if (type == boolean.class) {
      return Field.Kind.FLAG;
    }
    if (type == int.class) {
      return Field.Kind.INTEGER;
    }
    if (type == double.class) {
      return Field.Kind.NUMBER;
    }
    if (type == String.class) {
      return Field.Kind.TEXT;
    }
    if (type == LayerChoice.class) {
      return Field.Kind.LAYER;
    }
    if (type == OptionalInt.class) {
      return Field.Kind.OPTIONAL_INTEGER;
    }
    if (type == RegionChoice.class) {
      return Field.Kind.REGION;
    }
    throw new IllegalArgumentException(
        "the setting "
            + component.getName()
            + " is a "
            + type.getSimpleName()
            + "; it must be an int, double, boolean, String, LayerChoice, RegionChoice,"
            + " OptionalInt, enum or record of these");
  }

  static List<String> choices(RecordComponent component) {
    return switch (kind(component)) {
      case CHOICE -> constants(component.getType()).map(Components::text).toList();
      case FLAG -> List.of("true", "false");
      default -> List.of();
    };
  }

  private static Stream<Object> constants(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return constants == null ? Stream.empty() : Stream.of(constants);
  }

  /** A value as people write it: enums in lower case, numbers without needless zeros. */
  static String text(Object value) {
    if (value instanceof Enum<?> e) {
      return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof OptionalInt count) {
      return count.isPresent() ? String.valueOf(count.getAsInt()) : Field.AUTOMATIC;
    }
    return value instanceof Double d ? Words.number(d) : String.valueOf(value);
  }

  static Object value(RecordComponent component, Record owner) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read the setting " + component.getName(), e);
    }
  }

  /** The value that a text means; empty when it means none that is allowed. */
  static Optional<Object> parse(RecordComponent component, Field field, String text) {
    return switch (field.kind()) {
      case TEXT -> Optional.of(text);
      case LAYER -> Optional.of(LayerChoice.of(text));
      case REGION -> RegionChoice.parse(text).map(Object.class::cast);
      case FLAG ->
          Stream.of(true, false)
              .filter(b -> text.equalsIgnoreCase(b.toString()))
              .map(Object.class::cast)
              .findFirst();
      case CHOICE ->
          constants(component.getType())
              .filter(c -> text(c).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
              .findFirst();
      case INTEGER, NUMBER -> number(field, text);
      case OPTIONAL_INTEGER ->
          text.equalsIgnoreCase(Field.AUTOMATIC)
              ? Optional.of(OptionalInt.empty())
              : number(field, text).map(count -> OptionalInt.of((int) count));
    };
  }

  private static Optional<Object> number(Field field, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    boolean inside = field.bounds().map(b -> value >= b.min() && value <= b.max()).orElse(true);
    if (!Double.isFinite(value) || !inside) {
      return Optional.empty();
    }
    if (field.kind() == Field.Kind.NUMBER) {
      return Optional.of(value);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE;
    return whole ? Optional.of((int) value) : Optional.empty();
  }

  /**
   * The record of these values.
   *
   * @throws PicassoException if the record itself refuses them
   */
  static <S extends Record> S create(Class<S> type, Object[] values) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof PicassoException refused) {
        throw refused;
      }
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
    }
  }
}
