package dev.picasso.plugin;

import dev.picasso.PicassoException;

/**
 * Something that a plugin may be: an interface that its classes implement, found in a jar by the
 * service entry of that interface, and in a Java file by itself.
 *
 * @param type the interface
 * @param rule what each object must keep
 */
public record PluginKind<T>(Class<T> type, Rule<T> rule) {
  /** What must hold of an object before anybody meets it. */
  @FunctionalInterface
  public interface Rule<T> {
    /**
     * Asks the object all that will be shown of it.
     *
     * @throws PicassoException saying in words what is wrong
     */
    void require(T made);
  }

  /** An answer of a plugin. */
  @FunctionalInterface
  public interface Answer<A> {
    A get();
  }

  /** A kind of which nothing more is asked. */
  public static <T> PluginKind<T> of(Class<T> type) {
    return new PluginKind<>(type, made -> {});
  }

  /**
   * An answer that must come, and be none of null.
   *
   * @param step what was asked, as in "title()"
   * @throws PicassoException saying what happened instead
   */
  public static <A> A ask(String step, Answer<A> answer) {
    A given;
    try {
      given = answer.get();
    } catch (RuntimeException | Error e) {
      throw new PicassoException(PluginWords.of(e, step), e);
    }
    if (given == null) {
      throw new PicassoException(step + " gives null");
    }
    return given;
  }

  void requireOf(Object made) {
    rule.require(type.cast(made));
  }
}
