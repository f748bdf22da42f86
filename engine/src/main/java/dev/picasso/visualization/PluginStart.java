package dev.picasso.visualization;

import dev.picasso.settings.Schema;
import dev.picasso.visualization.PluginLoader.Announced;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Makes the objects of plugins and asks them all that is shown of them, so that what fails or hangs
 * does so before anybody picks it. All begin at once, on threads of their own; one that hangs keeps
 * its thread, and nothing else.
 */
final class PluginStart {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final PluginLoader loader;
  private final Duration patience;

  /**
   * @param patience how long all of them together may take
   */
  PluginStart(PluginLoader loader, Duration patience) {
    this.loader = loader;
    this.patience = patience;
  }

  /** A plugin that cannot be used; the message says why. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }
  }

  /**
   * Starts all.
   *
   * @param problems a line for each that cannot be used is added
   * @return the others
   */
  Map<Announced, Visualization<?>> start(List<String> problems) {
    Map<Announced, FutureTask<Visualization<?>>> tasks = new LinkedHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (Announced plugin : loader.announced()) {
      FutureTask<Visualization<?>> task = new FutureTask<>(() -> make(plugin));
      Thread thread = new Thread(task, "picasso-plugin " + plugin.className());
      thread.setDaemon(true);
      tasks.put(plugin, task);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    long end = System.nanoTime() + patience.toNanos();
    Map<Announced, Visualization<?>> made = new LinkedHashMap<>();
    tasks.forEach(
        (plugin, task) -> {
          try {
            made.put(plugin, await(task, end));
          } catch (Unusable e) {
            problems.add(PluginProblem.of(plugin, String.valueOf(e.getMessage())));
          }
        });
    return made;
  }

  private Visualization<?> await(FutureTask<Visualization<?>> task, long end) throws Unusable {
    try {
      return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof Unusable unusable
          ? unusable
          : new Unusable(PluginProblem.words(cause, "it"));
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new Unusable(
          "its constructor or its settings hang; it was given "
              + Math.max(1, patience.toSeconds())
              + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unusable("there was no time to start it");
    }
  }

  private Visualization<?> make(Announced plugin) throws Unusable {
    Visualization<?> made = construct(type(plugin));
    require(made);
    return made;
  }

  private Class<?> type(Announced plugin) throws Unusable {
    Class<?> type;
    try {
      type = Class.forName(plugin.className(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new Unusable(
          e.getCause() == null
              ? "the jar names this class, but holds none of that name"
              : PluginProblem.words(e.getCause(), "reading it"));
    }
    if (!Visualization.class.isAssignableFrom(type)) {
      throw new Unusable("it does not implement " + Visualization.class.getName());
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      throw new Unusable("it is abstract");
    }
    return type;
  }

  private static Visualization<?> construct(Class<?> type) throws Unusable {
    try {
      return (Visualization<?>) type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new Unusable("it must be public, with a public constructor without arguments");
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw new Unusable(PluginProblem.words(e, "its constructor"));
    }
  }

  /** A method of a plugin. */
  @FunctionalInterface
  private interface Answer<T> {
    T get();
  }

  private static <S extends Record> void require(Visualization<S> made) throws Unusable {
    String id = ask("id()", made::id);
    if (!ID.matcher(id).matches()) {
      throw new Unusable(
          "its id is \"" + id + "\"; it must be letters, digits and hyphens, at most 64");
    }
    String title = ask("title()", made::title);
    if (title.isBlank()) {
      throw new Unusable("its title is empty");
    }
    ask("description()", made::description);
    ask("reference()", made::reference);
    ask("template()", made::template);
    S defaults = ask("defaults()", made::defaults);
    Schema<S> schema = ask("reading its settings", () -> Schema.of(defaults));
    ask("reading its settings", () -> schema.parse(title, schema.toMap(defaults)));
  }

  private static <T> T ask(String method, Answer<T> answer) throws Unusable {
    T given;
    try {
      given = answer.get();
    } catch (RuntimeException | Error e) {
      throw new Unusable(PluginProblem.words(e, method));
    }
    if (given == null) {
      throw new Unusable(method + " gives null");
    }
    return given;
  }
}
