package dev.picasso.attribution;

import dev.picasso.Words;
import dev.picasso.format.ModelException;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.model.layers.Layers;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.SettingException;
import java.util.List;

/** Finds the layer that a setting means. */
public final class ChosenLayer {
  /** What methods call the setting. */
  private static final String SETTING = "layer";

  private ChosenLayer() {}

  /**
   * A layer whose positions show the image, which maps can be made of: the one that is named, else
   * the model's last one.
   *
   * @throws SettingException if there is no layer of that name, or it has not several positions
   * @throws InapplicableException if no layer has
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
      throw wrong(
          choice.name().get(),
          "its shape is "
              + layer.shapeInFile()
              + ", without positions of the image that a map could show; 'picasso inspect' lists"
              + " the layers that have.");
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
      List<String> names = model.layers().all().stream().map(Layer::name).toList();
      throw wrong(
          name,
          model.title() + " has no layer " + Words.shown(name) + "." + Layers.hint(name, names));
    }
  }

  private static SettingException wrong(String layer, String why) {
    return SettingException.of(SETTING, SETTING + " is " + Words.shown(layer) + "; " + why);
  }
}
