package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.app.web.ServerOptions;
import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.DataFolder;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfigurationException;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.model.config.Sharing;
import dev.picasso.plugin.PluginFolder;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is to serve: the models of a configuration, or the bundled examples and the pulled
 * models; and the visualizations with those of the installation's folder {@code plugins}.
 *
 * @param device where the models run
 * @param store the models that can be pulled
 * @param problems of examples, pulled models and plugins that cannot be served; the others are
 */
record Offer(
    ServerSettings server,
    Device device,
    List<ConfiguredModel> models,
    ModelStore store,
    Visualizations visualizations,
    List<String> problems) {

  Offer {
    models = List.copyOf(models);
    problems = List.copyOf(problems);
  }

  /**
   * What a configuration offers, or the installation.
   *
   * @throws PicassoException if the configuration cannot be used
   */
  static Offer of(Optional<Path> configuration, ModelStore store) {
    PluginFolder plugins = Visualizations.folder(Home.plugins());
    if (configuration.isEmpty()) {
      return examples(Home.examples(), store, plugins);
    }
    Path named = CatalogueModels.resolve(configuration.get(), store);
    Path file =
        Configuration.fileAt(named)
            .filter(Files::isRegularFile)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        named
                            + ": there is no such file; --config takes a picasso.yaml, or the"
                            + " folder that holds one."));
    Configuration read = Configuration.read(file, plugins.classes());
    Visualizations visualizations = Visualizations.of(plugins);
    return new Offer(
        read.server(),
        read.device(),
        read.models(),
        store,
        visualizations,
        visualizations.problems());
  }

  /**
   * The models of all examples and all pulled ones; one that is broken does not harm the others.
   */
  private static Offer examples(Path bundled, ModelStore store, PluginFolder plugins) {
    List<ConfiguredModel> models = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<Path> examples = new ArrayList<>(folders(bundled));
    store.pulled().forEach(entry -> examples.add(store.folder(entry)));
    for (Path example : examples) {
      try {
        for (ConfiguredModel model : models(example, plugins)) {
          if (ids.add(model.id())) {
            models.add(model);
          } else {
            problems.add(
                example + ": there is another model " + model.id() + "; this one is left out.");
          }
        }
      } catch (PicassoException e) {
        problems.add(example + ": " + e.getMessage());
      }
    }
    Visualizations visualizations = Visualizations.of(plugins);
    problems.addAll(visualizations.problems());
    return new Offer(
        ServerSettings.defaults(), Device.CPU, models, store, visualizations, problems);
  }

  private static List<ConfiguredModel> models(Path folder, PluginFolder plugins) {
    return Configuration.fileAt(folder)
        .map(file -> Configuration.read(file, plugins.classes()).models())
        .orElse(List.of());
  }

  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /**
   * The same where runs are kept in a folder: this, or what the configuration names, or the usual.
   */
  Offer keepingIn(Optional<Path> data) {
    Path folder =
        data.or(() -> server.keeping().data()).orElseGet(DataFolder::runs).toAbsolutePath();
    return new Offer(
        server.keeping(server.keeping().in(Optional.of(folder.normalize()))),
        device,
        models,
        store,
        visualizations,
        problems);
  }

  /** All of it for the server, with what the command line says instead. */
  ServerOptions options(Optional<String> host, Optional<Integer> port, Optional<Device> other) {
    return options(host, port, other, Optional.empty());
  }

  /** The same, with who gets in. */
  ServerOptions options(
      Optional<String> host,
      Optional<Integer> port,
      Optional<Device> other,
      Optional<Sharing.Access> access) {
    return new ServerOptions(
            "Picasso",
            server.withHost(host).withPort(port).withAccess(access),
            models,
            store,
            visualizations,
            Limits.of(server.sharing().allowance()))
        .on(other.orElse(device));
  }
}
