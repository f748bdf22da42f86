package dev.picasso.app.web;

import dev.picasso.app.web.state.Limits;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualizations;
import java.util.List;

/**
 * What a server serves.
 *
 * @param title of the page
 * @param models with ids that differ
 * @param store models that can be had by name
 */
public record ServerOptions(
    String title,
    ServerSettings settings,
    List<ConfiguredModel> models,
    ModelStore store,
    Visualizations visualizations,
    Limits limits) {
  public ServerOptions {
    models = List.copyOf(models);
  }
}
