package dev.picasso.model.config;

import dev.picasso.Words;
import dev.picasso.runtime.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a {@code picasso.yaml} says. Paths in it are relative to its folder.
 *
 * @param file where it was read
 * @param device where its models run
 */
public record Configuration(
    Path file, ServerSettings server, Device device, List<ConfiguredModel> models) {
  /** What the file is called in a folder. */
  public static final String FILE_NAME = "picasso.yaml";

  public Configuration {
    models = List.copyOf(models);
  }

  /** The configuration file that a path names or, as a folder, holds. */
  public static Optional<Path> fileAt(Path path) {
    if (Files.isDirectory(path)) {
      return Optional.of(path.resolve(FILE_NAME)).filter(Files::isRegularFile);
    }
    String name = String.valueOf(path.getFileName());
    return Optional.of(path).filter(p -> name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /**
   * Reads a configuration.
   *
   * @param classes where classes of the user's are found
   * @throws ConfigurationException naming the line of everything that is wrong
   */
  public static Configuration read(Path file, ClassLoader classes) {
    String name = String.valueOf(file.getFileName());
    Problems problems = new Problems(name);
    Optional<Node> root = YamlFile.read(file, name);
    if (root.isEmpty()) {
      throw new ConfigurationException(name + ": is empty; it needs 'models:'.");
    }
    Section top = new Entry("the file", 1, root.get(), problems).section();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
    Device device =
        top.entry("device").flatMap(e -> e.parsed(Device.WORDS, Device::parse)).orElse(Device.CPU);
    ModelReader reader = new ModelReader(folder, classes);
    List<ConfiguredModel> models = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Entry entry : top.entry("models").map(Entry::items).orElse(List.of())) {
      reader
          .read(entry)
          .ifPresent(
              model -> {
                models.add(model.on(device));
                if (!ids.add(model.id())) {
                  problems.add(entry.line(), "id " + model.id() + " stands here a second time.");
                }
              });
    }
    ServerSettings server =
        top.entry("server")
            .map(e -> ServerSettings.read(e.section(), folder))
            .orElse(ServerSettings.defaults());
    top.finish();
    problems.check();
    return new Configuration(file, server, device, models);
  }

  /**
   * The model of that id, or the only one.
   *
   * @throws ConfigurationException if there is none, or which one is open
   */
  public ConfiguredModel model(Optional<String> id) {
    List<String> ids = models.stream().map(ConfiguredModel::id).toList();
    if (ids.isEmpty()) {
      throw new ConfigurationException(file.getFileName() + ": has no models.");
    }
    if (id.isEmpty() && ids.size() > 1) {
      throw new ConfigurationException(
          file.getFileName()
              + ": has several models; add --id "
              + String.join(" or --id ", ids)
              + ".");
    }
    return models.stream()
        .filter(m -> m.id().equals(id.orElse(ids.get(0))))
        .findFirst()
        .orElseThrow(() -> unknown(id.orElse(""), ids));
  }

  private ConfigurationException unknown(String id, List<String> ids) {
    return new ConfigurationException(
        file.getFileName()
            + ": has no model "
            + id
            + Words.nearest(id, ids)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; there are " + String.join(", ", ids) + "."));
  }
}
