package dev.picasso.app.web.browser;

import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The examples that come with Picasso. */
final class Examples {
  static final String MNIST = "mnist-keras";
  static final String OVERCAST = "tanks-overcast";
  static final String BALANCED = "tanks-balanced";

  private static final ClassLoader PLUGINS = Examples.class.getClassLoader();

  private Examples() {}

  /** The models of all examples, in the order in which the page lists them. */
  static List<ConfiguredModel> models() {
    try (Stream<Path> folders = Files.list(repository().resolve("examples"))) {
      return folders
          .sorted()
          .map(Configuration::fileAt)
          .flatMap(Optional::stream)
          .flatMap(file -> Configuration.read(file, PLUGINS).models().stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfiguredModel model(String id) {
    return models().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  /** A sample image of a model. */
  static Path sample(String model, String name) {
    return model(model).images().stream().filter(f -> f.endsWith(name)).findFirst().orElseThrow();
  }

  static Path repository() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/architecture.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
