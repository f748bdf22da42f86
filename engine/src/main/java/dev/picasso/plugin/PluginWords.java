package dev.picasso.plugin;

import java.lang.reflect.InvocationTargetException;

/** Words for a plugin that cannot be used. */
final class PluginWords {
  /** Of what a plugin itself says. */
  private static final int LONGEST = 300;

  static final int LONGEST_LINE = 600;

  private PluginWords() {}

  /**
   * Which class, what, and what to do.
   *
   * @param file "jar" or "file"
   */
  static String cannotBeUsed(String className, String what, String file) {
    return className
        + " cannot be used: "
        + oneLine(what)
        + ". Mend the "
        + file
        + ", or take it out.";
  }

  /** What a person calls a file of that name. */
  static String file(String name) {
    return name.endsWith(".jar") ? "jar" : "file";
  }

  /**
   * What went wrong.
   *
   * @param step what was tried, as in "its constructor"
   */
  static String of(Throwable problem, String step) {
    if (problem instanceof InvocationTargetException && problem.getCause() != null) {
      return of(problem.getCause(), step);
    }
    if (problem instanceof UnsupportedClassVersionError) {
      int java = Runtime.version().feature();
      return "it was compiled for a newer Java than this one, "
          + java
          + "; compile it with --release "
          + java;
    }
    if (problem instanceof ClassFormatError || problem instanceof VerifyError) {
      return "its class file is corrupt";
    }
    if (problem instanceof NoClassDefFoundError) {
      return "it needs the class "
          + String.valueOf(problem.getMessage()).replace('/', '.')
          + ", which is in no jar";
    }
    if (problem instanceof ExceptionInInitializerError && problem.getCause() != null) {
      return of(problem.getCause(), "its static initializer");
    }
    if (problem instanceof LinkageError) {
      return "it was built for another version of Picasso (" + problem + ")";
    }
    return step + " fails (" + problem + ")";
  }

  /** Without control characters, and not too long. */
  static String oneLine(String text) {
    return oneLine(text, LONGEST);
  }

  static String oneLine(String text, int longest) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() > longest ? plain.substring(0, longest) + "…" : plain;
  }
}
