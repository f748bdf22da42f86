package dev.picasso.app.web;

import dev.picasso.app.web.state.Limits;
import dev.picasso.app.web.wire.WireLimits;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.Visualizations;
import java.util.List;
import java.util.Optional;

/**
 * What a server serves.
 *
 * @param title of the page
 * @param models with ids that differ
 * @param store models that can be had by name
 * @param device where all models run
 * @param token that was chosen for this server, for where one is asked for
 */
public record ServerOptions(
    String title,
    ServerSettings settings,
    List<ConfiguredModel> models,
    ModelStore store,
    Visualizations visualizations,
    Limits limits,
    WireLimits wire,
    Device device,
    Optional<Token> token) {
  public ServerOptions {
    models = List.copyOf(models);
  }

  /** On the processor. */
  public ServerOptions(
      String title,
      ServerSettings settings,
      List<ConfiguredModel> models,
      ModelStore store,
      Visualizations visualizations,
      Limits limits,
      WireLimits wire) {
    this(
        title, settings, models, store, visualizations, limits, wire, Device.CPU, Optional.empty());
  }

  /** On the processor, with the usual limits for requests. */
  public ServerOptions(
      String title,
      ServerSettings settings,
      List<ConfiguredModel> models,
      ModelStore store,
      Visualizations visualizations,
      Limits limits) {
    this(title, settings, models, store, visualizations, limits, WireLimits.defaults());
  }

  /** The same on another device. */
  public ServerOptions on(Device other) {
    return new ServerOptions(
        title, settings, models, store, visualizations, limits, wire, other, token);
  }

  /** The same with another token, if one is given. */
  public ServerOptions with(Optional<Token> chosen) {
    return new ServerOptions(
        title,
        settings,
        models,
        store,
        visualizations,
        limits,
        wire,
        device,
        chosen.or(() -> token));
  }
}
