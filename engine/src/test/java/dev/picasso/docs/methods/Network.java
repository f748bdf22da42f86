package dev.picasso.docs.methods;

import dev.picasso.TestData;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;

/** A MobileNetV2 trained on ImageNet, of the test data. */
record Network(ReadyModel model) implements AutoCloseable {
  static Network load() {
    return new Network(
        ReadyModel.load(
            ConfiguredModel.of(TestData.require("tflite/mobilenet_v2_1.0_224_quant.tflite")),
            ModelLoader.standard(),
            RuntimeOptions.defaults()));
  }

  @Override
  public void close() {
    model.close();
  }
}
