package dev.picasso.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.SecureClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The classes of one file, and what else it holds, in memory: a file that is written anew, or is
 * gone, harms no work that uses its old classes. It is let go with the last object of them.
 */
final class PluginClasses extends SecureClassLoader {
  private final Map<String, byte[]> entries;
  private final Supplier<List<PluginClasses>> beside;
  private final Troubles troubles = new Troubles();

  /**
   * @param entries by path, as in a jar
   * @param beside where classes are looked for that are not among them: in jars of the same time
   */
  PluginClasses(
      ClassLoader parent, Map<String, byte[]> entries, Supplier<List<PluginClasses>> beside) {
    super(parent);
    this.entries = Map.copyOf(entries);
    this.beside = beside;
  }

  Troubles troubles() {
    return troubles;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (has(name)) {
      return own(name);
    }
    for (PluginClasses other : beside.get()) {
      if (other != this && other.has(name)) {
        return other.own(name);
      }
    }
    throw new ClassNotFoundException(name);
  }

  boolean has(String name) {
    return entries.containsKey(path(name));
  }

  private static String path(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** A class of this file, defined once. */
  private Class<?> own(String name) {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] code = ExitCalls.refusedIn(Optional.ofNullable(entries.get(path(name))).orElseThrow());
      return defineClass(name, code, 0, code.length);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // that there is none is said by null
  protected URL findResource(String name) {
    byte[] content = entries.get(name);
    return content == null ? null : url(name, content);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
  }

  private static URL url(String name, byte[] content) {
    try {
      return new URL(null, "plugin:/" + name, new Content(content));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens what lies in memory. */
  private static final class Content extends URLStreamHandler {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }

  /** What happened, with the line of this file that was at work. */
  PluginTrouble trouble(String words, Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      for (StackTraceElement at : cause.getStackTrace()) {
        if (has(at.getClassName()) && at.getLineNumber() > 0) {
          String place = " at " + at.getFileName() + ":" + at.getLineNumber();
          return new PluginTrouble(words + place + ".", OptionalInt.of(at.getLineNumber()), "");
        }
      }
    }
    return PluginTrouble.of(words + ".");
  }
}
