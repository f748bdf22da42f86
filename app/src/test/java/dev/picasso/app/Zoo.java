package dev.picasso.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Small models of every kind that TensorFlow writes, with what TensorFlow computes of them. */
public final class Zoo {
  private static final String FOLDER = "engine/src/test/resources/dev/picasso/format";

  private Zoo() {}

  /** A file or folder of the zoo, as in "ckpt_v2" or "tflite/net_float.tflite". */
  public static Path file(String name) {
    String place = name.startsWith("tflite/") ? name : "tensorflow/zoo/" + name;
    return repository().resolve(FOLDER).resolve(place);
  }

  /** A folder of the examples. */
  public static Path example(String name) {
    return repository().resolve("examples").resolve(name);
  }

  private static Path repository() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/architecture.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
