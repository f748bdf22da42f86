package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.LayerTable;

/** All layers that can be imported. */
public final class KerasLayers {
  private KerasLayers() {}

  /** A new table with every family in it. */
  public static LayerTable table() {
    LayerTable layers = new LayerTable();
    ConvolutionLayers.addTo(layers);
    TransposedConvolutionLayers.addTo(layers);
    LocallyConnectedLayers.addTo(layers);
    DenseLayers.addTo(layers);
    EmbeddingLayers.addTo(layers);
    AttentionLayers.addTo(layers);
    MultiHeadAttentionLayers.addTo(layers);
    NormalizationLayers.addTo(layers);
    ActivationLayers.addTo(layers);
    PoolingLayers.addTo(layers);
    AdaptivePoolingLayers.addTo(layers);
    PaddingLayers.addTo(layers);
    ReshapingLayers.addTo(layers);
    MergeLayers.addTo(layers);
    IdentityLayers.addTo(layers);
    LambdaLayers.addTo(layers);
    PreprocessingLayers.addTo(layers);
    ResizingLayers.addTo(layers);
    WrapperLayers.addTo(layers);
    return layers;
  }
}
