package dev.picasso.format.keras.layers;

import dev.picasso.format.LambdaMeaning;
import dev.picasso.format.keras.walk.Inputs;
import dev.picasso.format.keras.walk.LaidOut;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.keras.walk.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

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
    layers.put("Lambda", IdentityLayers::lambda);
  }

  private static LaidOut lambda(GraphBuilder g, Layer layer, Inputs in) {
    layer.ignoreAll();
    var meanings = layer.context().options().lambdas();
    LambdaMeaning meaning =
        Optional.ofNullable(meanings.get(layer.path()))
            .or(() -> Optional.ofNullable(meanings.get(layer.name())))
            .orElseThrow(
                () ->
                    new Unsupported(
                        "holds Python code; Picasso never runs code from a file. The configuration"
                            + " can say what it computes (lambdas: "
                            + layer.name()
                            + ")."));
    LaidOut x = in.only();
    if (meaning instanceof LambdaMeaning.Affine affine) {
      Value scaled = g.mul(x.stored(), affine.scale());
      return x.with(affine.offset() == 0 ? scaled : g.add(scaled, affine.offset()));
    }
    return meaning instanceof LambdaMeaning.Custom custom
        ? LaidOut.asIs(custom.function().emit(g, x.logical(g)))
        : x;
  }
}
