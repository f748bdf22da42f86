package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.settings.Named;
import dev.picasso.visualization.Visualization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How to ask whether the maps of a run may be believed. */
final class BeliefOrders {
  private BeliefOrders() {}

  /**
   * The method of a run with those settings that are not the usual ones, as the setting {@code map}
   * of {@code belief} takes it.
   *
   * @param settings of the run; those of how maps are shown are left out
   * @return empty where the visualization is no method, or a setting cannot be written so
   */
  static Optional<String> map(Visualization<?> visualization, Map<String, String> settings) {
    Methods methods = Methods.builtIn();
    try {
      Attribution usual = methods.get(visualization.id());
      Map<String, String> given = new LinkedHashMap<>(settings);
      given.keySet().retainAll(Methods.schema(usual).initial().keySet());
      String text = methods.text(Methods.with(usual, given));
      Named named = Named.parse(text);
      return named.toString().equals(text) ? Optional.of(text) : Optional.empty();
    } catch (PicassoException e) {
      return Optional.empty();
    }
  }
}
