package dev.picasso.format.keras.layers;

import dev.picasso.format.LambdaMeaning;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerHandler;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/** Layers that hold marshalled Python, which is never run: the configuration says what they do. */
final class LambdaLayers implements LayerHandler {
  private LambdaLayers() {}

  static void addTo(LayerTable layers) {
    layers.putMany("Lambda", new LambdaLayers());
  }

  @Override
  public void check(Layer layer) {
    meaning(layer);
  }

  @Override
  public List<LaidOut> emit(GraphBuilder g, Layer layer, Inputs inputs) {
    layer.ignoreAll();
    LambdaMeaning meaning = meaning(layer);
    LaidOut x = inputs.only();
    if (meaning instanceof LambdaMeaning.Affine affine) {
      Value scaled = g.mul(x.stored(), affine.scale());
      return List.of(x.with(affine.offset() == 0 ? scaled : g.add(scaled, affine.offset())));
    }
    return List.of(
        meaning instanceof LambdaMeaning.Custom custom
            ? LaidOut.asIs(custom.function().emit(g, x.logical(g)))
            : x);
  }

  private static LambdaMeaning meaning(Layer layer) {
    var meanings = layer.context().options().lambdas();
    return Optional.ofNullable(meanings.get(layer.path()))
        .or(() -> Optional.ofNullable(meanings.get(layer.name())))
        .orElseThrow(
            () ->
                new Unsupported(
                    "holds Python code; Picasso never runs code from a file. The configuration can"
                        + " say what it computes (lambdas: "
                        + layer.name()
                        + ")."));
  }
}
