package dev.picasso.model.foreign;

import java.util.List;

/** Models of other frameworks, with the command that makes ONNX of them. */
final class FrameworkFiles {
  private static final String CAFFE =
      "Caffe has two files, NET.prototxt and NET.caffemodel. Make ONNX of them once:\n"
          + "  pip install caffe2onnx\n"
          + "  python -m caffe2onnx.convert --prototxt NET.prototxt --caffemodel NET.caffemodel"
          + " --onnx model.onnx";

  private static final String CAFFE2 =
      "Caffe2 has two files, init_net.pb and predict_net.pb. Make ONNX of them once, with PyTorch"
          + " 1.x:\n"
          + "  convert-caffe2-to-onnx predict_net.pb --caffe2-init-net init_net.pb --value-info"
          + " '{\"data\": [1, [1, 3, 224, 224]]}' -o model.onnx";

  private static final String PADDLE =
      "Make ONNX of it once:\n"
          + "  pip install paddle2onnx\n"
          + "  paddle2onnx --model_dir . --model_filename NET.pdmodel --params_filename"
          + " NET.pdiparams --save_file model.onnx";

  private static final String MXNET =
      "MXNet has two files, NET-symbol.json and NET-0000.params. Make ONNX of them once, in Python"
          + " with MXNet 1.9:\n"
          + "  mxnet.onnx.export_model(\"NET-symbol.json\", \"NET-0000.params\","
          + " [(1, 3, 224, 224)], numpy.float32, \"model.onnx\")";

  private static final String COREML =
      "Export ONNX from the program that trained the model. An older .mlmodel can be converted, in"
          + " Python:\n"
          + "  onnx = onnxmltools.convert_coreml(coremltools.utils.load_spec(\"NET.mlmodel\"))\n"
          + "  onnxmltools.utils.save_model(onnx, \"model.onnx\")";

  private static final String MLNET =
      """
      Make ONNX of it once, in C#:
        using var file = File.Create("model.onnx");
        mlContext.Model.ConvertToOnnx(model, data, file);\
      """;

  private static final String DARKNET =
      "Darknet has two files, NET.cfg and NET.weights. Make ONNX of them once with a converter,"
          + " such as demo_darknet2onnx.py of github.com/Tianxiaomo/pytorch-YOLOv4.";

  private FrameworkFiles() {}

  static List<Kind> kinds() {
    return List.of(
        Kind.of(FrameworkFiles::isCaffe, ForeignFile.model("a model of Caffe", CAFFE)),
        Kind.of(FrameworkFiles::isCaffe2, ForeignFile.model("a model of Caffe2", CAFFE2)),
        Kind.of(FrameworkFiles::isPaddle, ForeignFile.model("a model of PaddlePaddle", PADDLE)),
        Kind.of(FrameworkFiles::isMxnet, ForeignFile.model("a model of MXNet", MXNET)),
        Kind.of(FrameworkFiles::isCoreMl, ForeignFile.model("a model of Core ML", COREML)),
        Kind.of(
            s -> s.isZip() && s.holds("(TransformerChain|TrainingInfo|Predictor)[/\\\\].*"),
            ForeignFile.model("a model of ML.NET", MLNET)),
        Kind.of(FrameworkFiles::isDarknet, ForeignFile.model("a model of Darknet", DARKNET)),
        Kind.of(
            s -> s.text().startsWith("MATLAB 5.0 MAT-file") || s.ends(".mat"),
            ForeignFile.model(
                "a file of MATLAB",
                "Export the network once, in MATLAB:\n  exportONNXNetwork(net, \"model.onnx\")")),
        Kind.of(
            s -> s.ends(".wlnet", ".wmlf"),
            ForeignFile.model(
                "a network of Wolfram Language",
                "Export it once, there:\n  Export[\"model.onnx\", Import[\"NET.wlnet\"]]")),
        Kind.of(
            s -> s.ends(".cntk", ".dnn", ".cmf") && !s.isText(),
            ForeignFile.model(
                "a model of CNTK",
                "Save it once, in Python:\n"
                    + "  cntk.Function.load(\"NET.dnn\").save(\"model.onnx\","
                    + " format=cntk.ModelFormat.ONNX)")));
  }

  /** A description of layers as text; weights tell themselves by the layer's field, 100 or 2. */
  private static boolean isCaffe(Sample s) {
    boolean text =
        s.isText()
            && s.text().matches("(?s).*\\blayers?\\s*\\{.*")
            && s.text().matches("(?s).*\\b(type|bottom|top)\\s*:.*");
    return text || (s.ends(".caffemodel") && !s.isText()) || (s.ends(".prototxt") && s.isText());
  }

  /** A name, and operators that begin with the names of their inputs. */
  private static boolean isCaffe2(Sample s) {
    boolean named = s.name().matches("(.*[_-])?(predict|init)_net(.*)?\\.pb(txt)?");
    boolean filled = s.hasBytes(0, "0a") && s.has("GivenTensorFill");
    return filled || (named && !s.text().isEmpty());
  }

  private static boolean isPaddle(Sample s) {
    return s.ends(".pdmodel", ".pdiparams", ".pdparams", ".pdopt")
        || (s.isText() && s.has("\"base_code\"") && s.has("\"pir\""))
        || (s.isFolder() && s.holds(".*\\.(pdmodel|pdiparams)"))
        || (s.name().equals("__model__") && !s.isText());
  }

  private static boolean isMxnet(Sample s) {
    return s.hasBytes(0, "1201000000000000")
        || (s.text().stripLeading().startsWith("{")
            && s.has("\"nodes\"")
            && s.has("\"op\"")
            && (s.has("\"null\"") || s.ends("-symbol.json")));
  }

  private static boolean isCoreMl(Sample s) {
    return s.ends(".mlmodel")
        || (s.isFolder()
            && (s.ends(".mlpackage", ".mlmodelc")
                || s.holds("com\\.apple\\.CoreML|coremldata\\.bin|model\\.mil")));
  }

  private static boolean isDarknet(Sample s) {
    String sections = s.text().substring(Math.max(0, s.text().indexOf('[')));
    boolean described =
        s.isText()
            && sections.matches("(?s)\\[net(work)?\\].*")
            && (s.has("batch") || s.has("height"));
    boolean weights =
        s.ends(".weights")
            && !s.isText()
            && (s.hasBytes(0, "0000000001000000") || s.hasBytes(0, "0000000002000000"));
    return described || weights;
  }
}
