package dev.picasso.plugin;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Where the compiler reads one text, and puts classes: in memory. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

  MemoryFiles(JavaFileManager others) {
    super(others);
  }

  /** A text as a Java file of that name. */
  static JavaFileObject source(String name, String text) {
    // The name may hold what no address may, such as a blank.
    String plain = name.replaceAll("[^A-Za-z0-9._$]", "_");
    return new SimpleJavaFileObject(URI.create("plugin:/" + plain), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    String path = className.replace('.', '/') + ".class";
    return new SimpleJavaFileObject(URI.create("plugin:/" + path.replace("$", "%24")), kind) {
      @Override
      public OutputStream openOutputStream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        classes.put(path, out);
        return out;
      }
    };
  }

  /** What was made, by path. */
  Map<String, byte[]> classes() {
    Map<String, byte[]> made = new HashMap<>();
    classes.forEach((path, out) -> made.put(path, out.toByteArray()));
    return made;
  }
}
