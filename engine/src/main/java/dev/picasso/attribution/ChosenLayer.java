package dev.picasso.attribution;

import dev.picasso.format.ModelException;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.SettingException;
import java.util.List;

/** Finds the layer that a setting means. */
public final class ChosenLayer {
  private ChosenLayer() {}

  /**
   * A layer whose positions show the image, which maps can be made of: the one that is named, else
   * the model's last one.
   *
   * @throws SettingException if there is no layer of that name
   * @throws InapplicableException if the layer has not several positions, or no layer has
   */
  public static Layer spatial(Model model, LayerChoice choice) {
    if (choice.name().isEmpty()) {
      return model
          .layers()
          .lastSpatial()
          .orElseThrow(
              () ->
                  new InapplicableException(
                      model.title()
                          + " has no layer with several positions that its scores depend on, so"
                          + " that there is no class activation map. Methods of the pixels, such"
                          + " as saliency or occlusion, need none."));
    }
    Layer layer = any(model, choice.name().get());
    if (!layer.isSpatial()) {
      throw new InapplicableException(
          "The layer "
              + layer.name()
              + " "
              + layer.shapeInFile()
              + " has no positions of the image that a map could show; 'picasso inspect' lists the"
              + " layers that have.");
    }
    return layer;
  }

  /**
   * The layer of that name.
   *
   * @throws SettingException if there is none
   */
  public static Layer any(Model model, String name) {
    try {
      return model.layers().named(name);
    } catch (ModelException e) {
      throw new SettingException(
          List.of(new SettingException.Wrong("layer", String.valueOf(e.getMessage()))));
    }
  }
}
