package dev.picasso.app.cli;

import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Further models, opened from their files when they are first asked for. Closing closes them. */
final class FileModels implements OtherModels, AutoCloseable {
  private final Path beside;
  private final Optional<Device> device;
  private final Map<String, ReadyModel> open = new LinkedHashMap<>();

  /**
   * Models by their files, and those of one configuration by their ids.
   *
   * @param beside the model that was given first, which may be such a configuration
   * @param device where they run; where the configuration says if it is empty
   */
  FileModels(Path beside, Optional<Device> device) {
    this.beside = beside;
    this.device = device;
  }

  @Override
  public synchronized <R> R use(String name, Function<ReadyModel, R> work) {
    return work.apply(open.computeIfAbsent(name, this::load));
  }

  private ReadyModel load(String name) {
    boolean isId = !Files.exists(Path.of(name)) && Configuration.fileAt(beside).isPresent();
    ModelOptions options =
        ModelOptions.of(
            isId ? beside : Path.of(name),
            isId ? Optional.of(name) : Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ConfiguredModel configured = options.configured();
    return ReadyModel.load(
        configured,
        Home.loader(),
        RuntimeOptions.defaults().on(device.orElse(configured.device())));
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ReadyModel::close);
    open.clear();
  }
}
