package dev.picasso.app.web.state;

import dev.picasso.model.config.ConfiguredModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that everybody sees. */
public final class Library implements AutoCloseable {
  private final Map<String, ServedModel> models = new LinkedHashMap<>();

  /**
   * @param configured with ids that differ
   */
  public Library(List<ConfiguredModel> configured, ModelLoading loading) {
    configured.forEach(c -> models.put(c.id(), new ServedModel(c, loading)));
  }

  public List<ServedModel> all() {
    return List.copyOf(models.values());
  }

  public Optional<ServedModel> find(String id) {
    return Optional.ofNullable(models.get(id));
  }

  @Override
  public void close() {
    models.values().forEach(ServedModel::close);
  }
}
