package dev.picasso.attribution;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.settings.Named;
import dev.picasso.settings.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The attribution methods that were found, by id. */
public final class Methods {
  private final Map<String, Attribution> byId;

  private Methods(Map<String, Attribution> byId) {
    this.byId = byId;
  }

  /** Those that Picasso brings, with their usual settings. */
  public static Methods builtIn() {
    Map<String, Attribution> found = new TreeMap<>();
    ServiceLoader.load(Attribution.class, Methods.class.getClassLoader())
        .forEach(method -> found.put(method.id(), method));
    return new Methods(found);
  }

  /** These and others; of two with one id, this one's stays. */
  public Methods and(List<Attribution> others) {
    Map<String, Attribution> all = new TreeMap<>(byId);
    others.forEach(method -> all.putIfAbsent(method.id(), method));
    return new Methods(all);
  }

  /** All, in the order of their titles. */
  public List<Attribution> all() {
    return byId.values().stream().sorted(Comparator.comparing(Attribution::title)).toList();
  }

  /**
   * The method of that id, with its usual settings.
   *
   * @throws PicassoException if there is none
   */
  public Attribution get(String id) {
    Attribution found = byId.get(id);
    if (found == null) {
      throw new PicassoException(
          "There is no method "
              + Words.shown(id)
              + Words.nearest(id, byId.keySet())
                  .map(n -> "; did you mean " + n + "?")
                  .orElse("; there are " + String.join(", ", byId.keySet()) + "."));
    }
    return found;
  }

  /**
   * The method of that id with other settings.
   *
   * @param settings by name, as text; the others keep their defaults
   * @throws dev.picasso.settings.SettingException naming every setting that is unknown or wrong
   */
  public Attribution get(String id, Map<String, String> settings) {
    return with(get(id), settings);
  }

  /** A method with other settings. */
  public static Attribution with(Attribution method, Map<String, String> settings) {
    return (Attribution) (Object) schema(method).parse(method.title(), settings);
  }

  /**
   * The method that a text names with its settings, as in {@code occlusion(patch=16, stride=8)}.
   *
   * @throws PicassoException if there is no such method or setting
   */
  public Attribution named(Named named) {
    return get(named.id(), named.settings());
  }

  /** A method as people write it, with those settings that are not the usual ones. */
  public String text(Attribution method) {
    return Named.of(method.id(), schema(get(method.id())), schema(method)).toString();
  }

  /** The settings of a method, with the values that it has as defaults. */
  public static Schema<?> schema(Attribution method) {
    if (method instanceof Record settings) {
      return Schema.of(settings);
    }
    throw new IllegalArgumentException(method.id() + " is no record");
  }
}
