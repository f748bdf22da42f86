package dev.picasso.plugin;

import dev.picasso.PicassoException;
import dev.picasso.plugin.Contents.Announced;
import java.lang.reflect.Modifier;

/**
 * Makes the object of a plugin and asks it all that is shown of it, so that what fails does so
 * before anybody picks it.
 */
final class PluginStart {
  private PluginStart() {}

  /**
   * The object of an announced class.
   *
   * @throws Unusable saying why there is none
   */
  static Object start(Announced plugin, ClassLoader classes) throws Unusable {
    Object made = construct(type(plugin, classes));
    try {
      plugin.kind().requireOf(made);
    } catch (PicassoException e) {
      throw new Unusable(String.valueOf(e.getMessage()));
    }
    return made;
  }

  private static Class<?> type(Announced plugin, ClassLoader classes) throws Unusable {
    Class<?> type;
    try {
      type = Class.forName(plugin.className(), false, classes);
    } catch (ClassNotFoundException e) {
      throw new Unusable(
          e.getCause() == null
              ? "the jar names this class, but holds none of that name"
              : PluginWords.of(e.getCause(), "reading it"));
    }
    if (!plugin.kind().type().isAssignableFrom(type)) {
      throw new Unusable("it does not implement " + plugin.kind().type().getName());
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new Unusable("it is abstract");
    }
    return type;
  }

  private static Object construct(Class<?> type) throws Unusable {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new Unusable("it must be public, with a public constructor without arguments");
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw new Unusable(PluginWords.of(e, "its constructor"));
    }
  }
}
