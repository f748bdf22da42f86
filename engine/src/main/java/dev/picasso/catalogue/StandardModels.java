package dev.picasso.catalogue;

import dev.picasso.catalogue.CatalogueEntry.Input;
import dev.picasso.catalogue.CatalogueEntry.Labels;
import dev.picasso.image.Preset;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The list itself. Every address names a fixed revision, so that a checksum stays right for as long
 * as the address lives.
 */
final class StandardModels {
  private static final String CORAL =
      "https://github.com/google-coral/test_data/raw/104342d2d3480b3e66203073dac24f4e2dbb4c41/";
  private static final String ZOO =
      "b1eeaa1ac722dcc1cd1a8284bde34393dab61c3d/validated/vision/classification/";
  private static final String KERAS =
      "https://storage.googleapis.com/tensorflow/keras-applications/";

  private static final String CORAL_TEST_DATA = "Google Coral (google-coral/test_data)";
  private static final String MODEL_ZOO = "ONNX Model Zoo (onnx/models)";
  private static final String APACHE = "Apache-2.0";

  /** The classes of ImageNet 2012 in the order of their WordNet ids, after a line "background". */
  private static final RemoteFile IMAGENET =
      new RemoteFile(
          "imagenet_labels.txt",
          List.of(URI.create(CORAL + "imagenet_labels.txt")),
          21_686,
          Checksum.sha256("b8aaeb5630c62626a7d124a05c0e14230a7ffdd2136a31d0190a4fb71c1d82f1"));

  private static final Labels WITHOUT_BACKGROUND = new Labels(IMAGENET, 1);

  /** As torchvision and the zoo evaluate: the shorter side to 256, the middle 224 × 224 of it. */
  private static final Input TORCH = new Input(224, 224, Preset.TORCH, Optional.of(256));

  /** Pixels from 0 to 255: the quantized file scales them itself. */
  private static final Input PIXELS = new Input(224, 224, Preset.NONE, Optional.empty());

  private StandardModels() {}

  static List<CatalogueEntry> all() {
    return List.of(
        new CatalogueEntry(
            "mobilenet-v2",
            "MobileNetV2",
            "Small and fast, a thousand kinds of things; TensorFlow Lite, quantized.",
            CORAL_TEST_DATA,
            APACHE,
            new RemoteFile(
                "mobilenet_v2_1.0_224_quant.tflite",
                List.of(URI.create(CORAL + "mobilenet_v2_1.0_224_quant.tflite")),
                3_610_798,
                Checksum.sha256(
                    "7aad0c74c5e3c06e5eb3c827e13304fdd68a83da6087d92ee169c24ff9fd4776")),
            Optional.empty(),
            new Labels(IMAGENET, 0),
            PIXELS),
        new CatalogueEntry(
            "vgg16",
            "VGG-16",
            "The plain network of 2014 that many papers on saliency maps look into; Keras.",
            "Keras; weights by the Visual Geometry Group, Oxford",
            "CC BY 4.0",
            new RemoteFile(
                "vgg16_weights_tf_dim_ordering_tf_kernels.h5",
                List.of(URI.create(KERAS + "vgg16/vgg16_weights_tf_dim_ordering_tf_kernels.h5")),
                553_467_096,
                Checksum.md5("64373286793e3c8b2b4e3219cbf3544b")),
            Optional.of("vgg16.json"),
            WITHOUT_BACKGROUND,
            new Input(224, 224, Preset.CAFFE, Optional.empty())),
        zoo(
            "vgg16-onnx",
            "VGG-16 (ONNX)",
            "The same architecture as an ONNX file.",
            "vgg/model/vgg16-12.onnx",
            553_437_752,
            "722c42f53ca03a5480296bf8f9c85a151de3eed9ec982d7d2302ff6e2900c67b"),
        zoo(
            "resnet50-v2",
            "ResNet-50 v2",
            "Fifty layers with shortcuts, the usual yardstick.",
            "resnet/model/resnet50-v2-7.onnx",
            102_442_452,
            "79102261eb6e5fd7af5d27f41316293e388c5cb691e5d25bfb035c4f64fefe31"),
        zoo(
            "mobilenet-v2-onnx",
            "MobileNetV2 (ONNX)",
            "Small and fast, with floating-point weights.",
            "mobilenet/model/mobilenetv2-12.onnx",
            13_964_571,
            "c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5"),
        zoo(
            "squeezenet1.1",
            "SqueezeNet 1.1",
            "The smallest of them with floating-point weights.",
            "squeezenet/model/squeezenet1.1-7.onnx",
            4_956_208,
            "1eeff551a67ae8d565ca33b572fc4b66e3ef357b0eb2863bb9ff47a918cc4088"));
  }

  /**
   * A model of the zoo. GitHub's own address comes first: it leads to wherever GitHub keeps large
   * files. The second is where that is today, for when the first does not lead there.
   */
  private static CatalogueEntry zoo(
      String name, String title, String description, String path, long size, String sha256) {
    return new CatalogueEntry(
        name,
        title,
        description,
        MODEL_ZOO,
        APACHE,
        new RemoteFile(
            path.substring(path.lastIndexOf('/') + 1),
            List.of(
                URI.create("https://github.com/onnx/models/raw/" + ZOO + path),
                URI.create("https://media.githubusercontent.com/media/onnx/models/" + ZOO + path)),
            size,
            Checksum.sha256(sha256)),
        Optional.empty(),
        WITHOUT_BACKGROUND,
        TORCH);
  }
}
