package dev.picasso.app.web.state;

import dev.picasso.model.config.ConfiguredModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that everybody sees. */
public final class Library implements AutoCloseable {
  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private final ModelLoading loading;

  /**
   * @param configured with ids that differ
   */
  public Library(List<ConfiguredModel> configured, ModelLoading loading) {
    this.loading = loading;
    configured.forEach(c -> models.put(c.id(), new ServedModel(c, loading)));
  }

  public synchronized List<ServedModel> all() {
    return List.copyOf(models.values());
  }

  /** Adds a model, unless there is one of its id. */
  synchronized void add(ConfiguredModel configured) {
    models.computeIfAbsent(configured.id(), id -> new ServedModel(configured, loading));
  }

  public synchronized Optional<ServedModel> find(String id) {
    return Optional.ofNullable(models.get(id));
  }

  @Override
  public void close() {
    all().forEach(ServedModel::close);
  }
}
