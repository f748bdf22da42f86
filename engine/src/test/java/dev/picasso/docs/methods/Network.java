package dev.picasso.docs.methods;

import dev.picasso.TestData;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;

/** A MobileNetV2 trained on ImageNet, of the test data. */
record Network(ReadyModel model) implements AutoCloseable {
  private static ConfiguredModel configured() {
    return ConfiguredModel.of(TestData.require("tflite/mobilenet_v2_1.0_224_quant.tflite"));
  }

  /** As a person drops it: pictures are squeezed to its size. */
  static Network load() {
    return of(configured());
  }

  /** As it was published: the middle 224 × 224 of a picture whose shorter side has become 256. */
  static Network asPublished() {
    ConfiguredModel dropped = configured();
    return of(
        dropped.with(
            dropped
                .preprocessing()
                .resized(
                    new PreprocessingSettings.Resize.ShorterSide(256),
                    new PreprocessingSettings.Crop.To(224, 224))));
  }

  private static Network of(ConfiguredModel configured) {
    return new Network(
        ReadyModel.load(configured, ModelLoader.standard(), RuntimeOptions.defaults()));
  }

  @Override
  public void close() {
    model.close();
  }
}
