package dev.picasso.model.config;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Makes objects of classes that the configuration names. */
record UserClasses(ClassLoader loader) {

  /**
   * An object of a class of the user's, which has a public constructor without arguments.
   *
   * @param entry where the class is named
   * @param name of the class, with its package
   */
  <T> Optional<T> create(Entry entry, String name, Class<T> type) {
    try {
      Class<?> found = Class.forName(name, true, loader);
      if (!type.isAssignableFrom(found)) {
        entry.wrong("that class does not implement " + type.getCanonicalName() + ".");
        return Optional.empty();
      }
      return Optional.of(type.cast(found.getConstructor().newInstance()));
    } catch (ClassNotFoundException e) {
      entry.wrong("there is no such class; its Java file or jar belongs into the folder plugins.");
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      entry.wrong("making an object of that class failed: " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      entry.wrong("that class needs a public constructor without arguments (" + e + ").");
    }
    return Optional.empty();
  }
}
