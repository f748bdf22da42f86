package dev.picasso.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes of a node. A value is a {@code Long}, {@code Float}, {@code String}, {@code
 * Tensor}, {@code List<Long>}, {@code List<Float>} or {@code List<String>}.
 */
public final class Attributes {
  private static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, Object> values;

  private Attributes(Map<String, Object> values) {
    this.values = values;
  }

  public static Attributes none() {
    return NONE;
  }

  public static Attributes of(String name, Object value) {
    return NONE.with(name, value);
  }

  public static Attributes of(Map<String, ?> values) {
    Attributes attributes = NONE;
    for (var entry : values.entrySet()) {
      attributes = attributes.with(entry.getKey(), entry.getValue());
    }
    return attributes;
  }

  /** These attributes with one more, or one changed; arrays and ints are taken as ONNX's kinds. */
  public Attributes with(String name, Object value) {
    Map<String, Object> copy = new TreeMap<>(values);
    copy.put(name, canonical(name, value));
    return new Attributes(Collections.unmodifiableMap(copy));
  }

  public Attributes without(String name) {
    Map<String, Object> copy = new TreeMap<>(values);
    copy.remove(name);
    return new Attributes(Collections.unmodifiableMap(copy));
  }

  private static Object canonical(String name, Object value) {
    if (value instanceof Integer i) {
      return i.longValue();
    }
    if (value instanceof Boolean b) {
      return b ? 1L : 0L;
    }
    if (value instanceof Double d) {
      return d.floatValue();
    }
    if (value instanceof int[] array) {
      return java.util.Arrays.stream(array).asLongStream().boxed().toList();
    }
    if (value instanceof long[] array) {
      return java.util.Arrays.stream(array).boxed().toList();
    }
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    if (value instanceof Long
        || value instanceof Float
        || value instanceof String
        || value instanceof Tensor) {
      return value;
    }
    throw new IllegalArgumentException(
        "attribute " + name + " cannot hold a " + value.getClass().getSimpleName());
  }

  public Map<String, Object> asMap() {
    return values;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public long integer(String name, long whenAbsent) {
    return get(name, Long.class).orElse(whenAbsent);
  }

  public boolean flag(String name, boolean whenAbsent) {
    return integer(name, whenAbsent ? 1 : 0) != 0;
  }

  public float real(String name, double whenAbsent) {
    return get(name, Float.class).orElse((float) whenAbsent);
  }

  public String text(String name, String whenAbsent) {
    return get(name, String.class).orElse(whenAbsent);
  }

  public Optional<Tensor> tensor(String name) {
    return get(name, Tensor.class);
  }

  /** A list of integers; empty when absent. */
  public Optional<long[]> integers(String name) {
    return get(name, List.class).map(list -> longs(name, list));
  }

  private static long[] longs(String name, List<?> list) {
    return list.stream()
        .mapToLong(
            o -> {
              if (o instanceof Long l) {
                return l;
              }
              throw new IllegalArgumentException("attribute " + name + " is no list of integers");
            })
        .toArray();
  }

  private <T> Optional<T> get(String name, Class<T> kind) {
    Object value = values.get(name);
    if (value != null && !kind.isInstance(value)) {
      throw new IllegalArgumentException(
          "attribute "
              + name
              + " is a "
              + value.getClass().getSimpleName()
              + ", expected a "
              + kind.getSimpleName());
    }
    return Optional.ofNullable(value).map(kind::cast);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes attributes && values.equals(attributes.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
