package dev.picasso.fuzz;

import java.util.Map;

/** A model of TensorFlow.js layers, of a convolution, a normalization and a dense layer. */
final class LayersModel {
  private static final String TOPOLOGY =
      """
      {"format":"layers-model","modelTopology":{"keras_version":"2.4.0","model_config":{
      "class_name":"Sequential","config":{"name":"s","layers":[
      {"class_name":"Conv2D","config":{"name":"c","batch_input_shape":[null,6,6,2],"filters":3,
      "kernel_size":[3,3],"strides":[1,1],"padding":"same","activation":"relu","use_bias":true,
      "dilation_rate":[1,1],"data_format":"channels_last","dtype":"float32"}},
      {"class_name":"BatchNormalization","config":{"name":"b","axis":[3],"epsilon":0.001,
      "center":true,"scale":true}},
      {"class_name":"MaxPooling2D","config":{"name":"m","pool_size":[2,2],"strides":[2,2],
      "padding":"valid","data_format":"channels_last"}},
      {"class_name":"Flatten","config":{"name":"f","data_format":"channels_last"}},
      {"class_name":"Dropout","config":{"name":"o","rate":0.5}},
      {"class_name":"Dense","config":{"name":"d","units":4,"activation":"softmax",
      "use_bias":true}}]}}},
      "weightsManifest":[{"paths":["one.bin","two.bin"],"weights":[
      {"name":"c/kernel","shape":[3,3,2,3],"dtype":"float32"},
      {"name":"c/bias","shape":[3],"dtype":"float32",
      "quantization":{"dtype":"uint8","scale":0.1,"min":-1.5}},
      {"name":"b/gamma","shape":[3],"dtype":"float32"},
      {"name":"b/beta","shape":[3],"dtype":"float32"},
      {"name":"b/moving_mean","shape":[3],"dtype":"float32"},
      {"name":"b/moving_variance","shape":[3],"dtype":"float32"},
      {"name":"d/kernel","shape":[27,4],"dtype":"float32",
      "quantization":{"dtype":"uint16","scale":0.001,"min":-3}},
      {"name":"d/bias","shape":[4],"dtype":"float32"}]}]}
      """;

  private LayersModel() {}

  static Specimen specimen() {
    int bytes = 4 * 54 + 3 + 4 * 12 + 2 * 108 + 4 * 4;
    return new Specimen(
        Family.TFJS_LAYERS,
        "written here",
        Map.of(
            "model.json",
            Specimens.utf8(TOPOLOGY),
            "one.bin",
            new byte[200],
            "two.bin",
            new byte[bytes - 200]),
        "model.json");
  }
}
