package dev.picasso.app.web;

import dev.picasso.app.web.state.Limits;
import dev.picasso.app.web.wire.WireLimits;
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
    Limits limits,
    WireLimits wire) {
  public ServerOptions {
    models = List.copyOf(models);
  }

  /** With the usual limits for requests. */
  public ServerOptions(
      String title,
      ServerSettings settings,
      List<ConfiguredModel> models,
      ModelStore store,
      Visualizations visualizations,
      Limits limits) {
    this(title, settings, models, store, visualizations, limits, WireLimits.defaults());
  }
}
