package dev.picasso.visualization;

import java.lang.reflect.InvocationTargetException;

/** Words for a plugin that cannot be used. */
final class PluginProblem {
  private static final int LONGEST = 200;

  private PluginProblem() {}

  /** One line: which jar, which class, what, and what to do. */
  static String of(PluginLoader.Announced plugin, String what) {
    return plugin.jar()
        + ": "
        + plugin.className()
        + " cannot be used: "
        + oneLine(what)
        + ". Mend the jar, or take it out.";
  }

  /**
   * What went wrong.
   *
   * @param step what was tried, as in "its constructor"
   */
  static String words(Throwable problem, String step) {
    if (problem instanceof InvocationTargetException && problem.getCause() != null) {
      return words(problem.getCause(), step);
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
      return words(problem.getCause(), "its static initializer");
    }
    if (problem instanceof LinkageError) {
      return "it was built for another version of Picasso (" + problem + ")";
    }
    return step + " fails (" + problem + ")";
  }

  /** Without control characters, and not too long. */
  static String oneLine(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
