package dev.picasso.model.foreign;

import java.util.List;

/** PyTorch: weights, programs, exported programs, and what libraries on top of it write. */
final class PyTorchFiles {
  private static final String EXPORT =
      "  torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), \"model.onnx\","
          + " input_names=[\"input\"], dynamic_axes={\"input\": {0: \"batch\"}}, dynamo=False)\n"
          + "and open model.onnx.";

  private static final String BUILT =
      "In Python, with your model built and its weights loaded, export it once:\n" + EXPORT;

  private static final String TRANSFORMERS =
      """
      Export the repository's folder once:
        pip install optimum[onnx]
        optimum-cli export onnx --model FOLDER exported
      and open exported/model.onnx.\
      """;

  /** What a pickle of torch.save begins with in its old form. */
  private static final String OLD_MAGIC = "6cfc9c46f9206aa85019";

  private PyTorchFiles() {}

  static List<Kind> kinds() {
    return List.of(
        new Kind(
            PyTorchFiles::isProgram, s -> program("torch.jit.load", s, "a TorchScript program")),
        new Kind(
            PyTorchFiles::isExported,
            s -> program("torch.export.load", s, "a program of torch.export")),
        new Kind(PyTorchFiles::isWeights, PyTorchFiles::weights),
        new Kind(
            PyTorchFiles::isSafetensors,
            s -> weights(s, "weights only (safetensors), not a graph")),
        new Kind(
            s -> s.isFolder() && s.holds("model.*\\.safetensors|pytorch_model.*\\.bin"),
            s -> weights(s, "a folder with weights of PyTorch, not a graph")),
        Kind.of(
            s -> s.isZip() && s.holds("MAR-INF/MANIFEST\\.json"),
            ForeignFile.model("an archive of TorchServe, with weights and code in it", BUILT)),
        Kind.of(
            s -> s.hasBytes(4, "45543132"),
            ForeignFile.model("a program of ExecuTorch, compiled for a device", BUILT)),
        Kind.of(
            s -> s.ends(".t7") && !s.isText(),
            ForeignFile.model(
                "a model of Torch 7",
                "Load it in PyTorch 0.4 or older with load_lua, and there:\n" + EXPORT)));
  }

  private static ForeignFile program(String load, Sample s, String what) {
    return ForeignFile.model(
        what + " (PyTorch)",
        "Export it once, in Python:\n  model = "
            + load
            + "(\""
            + s.path().getFileName()
            + "\")"
            + (load.contains("export") ? ".module()" : "")
            + "\n"
            + EXPORT);
  }

  private static ForeignFile weights(Sample s) {
    return weights(s, "a PyTorch file, which holds weights and code, not a graph");
  }

  private static ForeignFile weights(Sample s, String what) {
    boolean transformers =
        s.liesWith("config.json")
            && (s.liesWith("preprocessor_config.json") || s.name().startsWith("pytorch_model"));
    return ForeignFile.model(what, transformers ? TRANSFORMERS : BUILT);
  }

  private static boolean isProgram(Sample s) {
    return s.isZip() && s.holds("[^/]+/constants\\.pkl") && s.holds("[^/]+/code/.*");
  }

  private static boolean isExported(Sample s) {
    return s.isZip()
        && s.holds(
            "(.*/)?serialized_exported_program\\.json|[^/]+/archive_format|[^/]+/models/.*\\.json");
  }

  /** A zip with a pickle in it, the old form of a pickle, or the tar before that. */
  private static boolean isWeights(Sample s) {
    boolean named = s.ends(".pt", ".pth", ".ckpt", ".pth.tar", ".pt2");
    boolean archive =
        s.isZip() && (s.holds("[^/]+/data\\.pkl") || s.text().matches("(?s).{30,200}data\\.pkl.*"));
    boolean pickle = s.hasBytes(0, "80") && (s.hasBytes(4, OLD_MAGIC) || s.has("torch"));
    return archive || pickle || (named && (s.isZip() || s.hasBytes(0, "80") || isTar(s)));
  }

  static boolean isTar(Sample s) {
    return s.hasBytes(257, "7573746172");
  }

  /** Eight bytes of length, then JSON. */
  private static boolean isSafetensors(Sample s) {
    return s.hasBytes(6, "00007b") && s.has("\"dtype\"");
  }
}
