package dev.picasso.model.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.format.LayerInfo;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other programs: whose layers are all found, and which of them is looked at. */
class LayersOfFilesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tflite/mobilenet_v2_1.0_224_quant.tflite, MobilenetV2/Conv_1/Relu6, CONV_2D, 7x7, '[N, 7, 7,"
        + " 1280]'",
    "onnx/light_resnet50.onnx, n171, Relu, 7x7, '[N, 2048, 7, 7]'",
    "onnx/light_vgg19.onnx, n36, MaxPool, 7x7, '[N, 512, 7, 7]'",
    "onnx/light_squeezenet.onnx, n60, Concat, 13x13, '[N, 512, 13, 13]'",
    "wild/savedmodel-mnist-cnn, sequential/max_pooling2d_1/MaxPool, MaxPool, 5x5, '[N, 5, 5, 64]'",
    "wild/keras3-mnist-cnn/model.keras, max_pooling2d_1, MaxPooling2D, 5x5, '[N, 5, 5, 64]'",
    "keras/cnn/cnn_batch_norm.h5, conv2d_2, Conv2D, 6x6, '[N, 6, 6, 1]'",
    "faults/unet_one_sm, functional_1_1/conv2d_1/Relu, Relu, 32x32, '[N, 32, 32, 4]'",
    "faults/ensemble.keras, m2/conv2d_1, Conv2D, 6x6, '[N, 6, 6, 4]'",
  })
  void theLastLayerWithPositionsIsFound(
      String file, String name, String kind, String positions, String shape) {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestData.require(file)));
    Layers layers = model.layers();
    assertThat(layers.all().stream().map(Layer::name))
        .containsExactlyElementsOf(
            model.imported().layers().stream().map(LayerInfo::name).toList());
    Layer layer = layers.lastSpatial().orElseThrow();
    assertThat(layer.name()).isEqualTo(name);
    assertThat(layer.kind()).isEqualTo(kind);
    assertThat(layer.grid().words()).isEqualTo(positions);
    assertThat(layer.shapeInFile()).hasToString(shape);
  }
}
