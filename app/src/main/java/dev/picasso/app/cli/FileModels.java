package dev.picasso.app.cli;

import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.KnownModels;
import dev.picasso.run.Provenance;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Further models, opened from their files when they are first asked for. Closing closes them. */
final class FileModels implements KnownModels, AutoCloseable {
  private final Path beside;
  private final Optional<Device> device;

  /** Where models lie that are called otherwise than their files. */
  private final Map<String, String> places = new LinkedHashMap<>();

  /** What people called models, by where they lie. */
  private final Map<String, String> titles = new LinkedHashMap<>();

  private final Map<String, ReadyModel> open = new LinkedHashMap<>();
  private final Map<String, Provenance.OfModel> known = new LinkedHashMap<>();

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

  /**
   * Has a name mean a model that is called otherwise here. If it is open it is opened anew.
   *
   * @param place a file, a folder, or an id of the configuration
   * @param title what people called it; empty for its own
   */
  synchronized void place(String name, String place, String title) {
    places.put(name, place);
    titles.put(place, title);
    Optional.ofNullable(open.remove(place)).ifPresent(ReadyModel::close);
  }

  /** A model under the title that it had; empty for its own. */
  static ConfiguredModel titled(ConfiguredModel model, String title) {
    return title.isEmpty() ? model : model.with(model.request().called(model.id(), title));
  }

  /** Whether there is something that a name may mean. */
  synchronized boolean has(String name) {
    String place = placeOf(name);
    return Files.exists(Path.of(place)) || Configuration.fileAt(beside).isPresent();
  }

  /** Where models lie, as seen from a folder of results. */
  synchronized Map<String, String> places(Path folder, Collection<String> names) {
    Map<String, String> seen = new LinkedHashMap<>();
    names.forEach(name -> seen.put(name, RecordedPath.of(folder, Path.of(placeOf(name)))));
    return seen;
  }

  private String placeOf(String name) {
    return Optional.ofNullable(places.get(name)).orElse(name);
  }

  @Override
  public synchronized <R> R use(String name, Function<ReadyModel, R> work) {
    return work.apply(open.computeIfAbsent(placeOf(name), this::load));
  }

  @Override
  public synchronized Provenance.OfModel identity(String name) {
    return known.computeIfAbsent(placeOf(name), place -> use(name, Provenance.OfModel::of));
  }

  private ReadyModel load(String place) {
    boolean isId = !Files.exists(Path.of(place)) && Configuration.fileAt(beside).isPresent();
    ModelOptions options =
        ModelOptions.of(
            isId ? beside : Path.of(place),
            isId ? Optional.of(place) : Optional.empty(),
            Optional.empty(),
            Optional.empty());
    String title = Optional.ofNullable(titles.get(place)).orElse("");
    ConfiguredModel configured = titled(options.configured(), title);
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
