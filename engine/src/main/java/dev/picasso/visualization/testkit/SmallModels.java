package dev.picasso.visualization.testkit;

import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The test models, each written and loaded when it is first asked for, until all are closed. */
final class SmallModels implements AutoCloseable {
  private final Path folder;
  private final Map<TestModel, ReadyModel> loaded = new EnumMap<>(TestModel.class);

  /** None is loaded yet; they are written into the folder. */
  SmallModels(Path folder) {
    this.folder = folder;
  }

  /** A model of that kind that keeps no maps of those before; it is closed with all others. */
  ReadyModel of(TestModel kind) {
    return loaded.computeIfAbsent(kind, this::load).forgetting();
  }

  private ReadyModel load(TestModel kind) {
    try {
      return ReadyModel.load(
          ConfiguredModel.of(kind.write(folder)),
          ModelLoader.standard(),
          RuntimeOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(ReadyModel::close);
    loaded.clear();
  }
}
