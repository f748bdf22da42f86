package dev.picasso.model.foreign;

import java.util.List;

/** Models made ready for a device or a small runtime; there is no way back to what they were. */
final class CompiledFiles {
  private static final String BACK =
      "There is no way back from it: give the model that it was made of, as a rule an .onnx, or"
          + " export ONNX from the program that trained it.";

  private CompiledFiles() {}

  static List<Kind> kinds() {
    return List.of(
        Kind.of(
            s ->
                s.hasBytes(0, "70747274")
                    || s.hasBytes(0, "66747274")
                    || (s.ends(".engine", ".plan", ".trt") && !s.isText()),
            ForeignFile.model("an engine of TensorRT, compiled for one kind of GPU", BACK)),
        Kind.of(
            s ->
                (s.text().stripLeading().startsWith("<")
                        && s.text().matches("(?s).*<net\\s[^>]*version=.*"))
                    || (s.ends(".bin") && s.hasBeside(".xml")),
            ForeignFile.model("a model of OpenVINO", BACK)),
        Kind.of(
            s ->
                s.text().startsWith("7767517")
                    || s.hasBytes(0, "dd857600")
                    || (s.ends(".bin") && s.hasBeside(".param")),
            ForeignFile.model("a model of NCNN", BACK)),
        Kind.of(
            s -> s.hasBytes(4, "4f52544d") || s.ends(".ort"),
            ForeignFile.model("a model in ONNX Runtime's own format", BACK)),
        Kind.of(
            s -> s.hasBytes(0, "47475546"),
            ForeignFile.model(
                "a language model (GGUF, of llama.cpp)",
                "Picasso explains classifiers of images.")),
        Kind.of(
            s ->
                s.ends(".mnn", ".tnnmodel", ".tnnproto", ".rknn", ".hef", ".kmodel", ".dlc", ".om")
                    && !s.isFolder(),
            ForeignFile.model("a model that was compiled for a device", BACK)));
  }
}
