package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.LayerTable;
import java.util.List;

/** Layers that do something only while a model is trained, and those whose meaning is stated. */
final class IdentityLayers {
  /** Arguments of layers that pass their input on are of no account. */
  private static final List<String> TRAINING_ONLY =
      List.of(
          "Dropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "SpatialDropout3D",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise",
          "ActivityRegularization",
          "FixedDropout",
          "DropConnect",
          "StochasticDepth",
          "DropPath",
          "Identity",
          "AugMix",
          "CutMix",
          "MixUp",
          "RandAugment",
          "RandomApply",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHeight",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom");

  private IdentityLayers() {}

  static void addTo(LayerTable layers) {
    for (String kind : TRAINING_ONLY) {
      layers.put(
          kind,
          (g, layer, in) -> {
            layer.ignoreAll();
            return in.only();
          });
    }
  }
}
