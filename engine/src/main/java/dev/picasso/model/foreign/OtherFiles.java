package dev.picasso.model.foreign;

import dev.picasso.image.decode.ImageFormat;
import dev.picasso.image.decode.OtherFormat;
import java.util.List;

/** Files that are no models at all. */
final class OtherFiles {
  private static final String ORDER = "The model comes first; give this as an image.";

  private OtherFiles() {}

  static List<Kind> kinds() {
    return List.of(
        Kind.of(
            s -> s.hasBytes(0, "1f8b") || PyTorchFiles.isTar(s),
            ForeignFile.noModel(
                "an archive (tar or gzip)",
                "Unpack it, as with 'tar xf', and give the model, or the folder, that is in it.")),
        Kind.of(
            s ->
                s.hasBytes(0, "377abcaf271c")
                    || s.hasBytes(0, "526172211a07")
                    || s.hasBytes(0, "fd377a585a00")
                    || s.hasBytes(0, "425a68")
                    || s.hasBytes(0, "28b52ffd"),
            ForeignFile.noModel(
                "an archive of a kind that is not read",
                "Unpack it, and give the model, or the folder, that is in it.")),
        new Kind(
            s -> ImageFormat.of(s.head()).isPresent(),
            s ->
                ForeignFile.noModel(
                    "a "
                        + ImageFormat.of(s.head()).map(ImageFormat::toString).orElse("")
                        + " image, not a model",
                    ORDER)),
        new Kind(
            s -> OtherFormat.of(s.head()).filter(o -> !o.isText()).isPresent(),
            s ->
                ForeignFile.noModel(
                    OtherFormat.of(s.head()).map(OtherFormat::what).orElse("") + ", not a model",
                    ORDER)),
        Kind.of(
            Sample::isText,
            ForeignFile.noModel(
                "a text, not a model",
                "A model is a file such as model.h5, model.keras, model.onnx or model.tflite, or a"
                    + " folder with saved_model.pb in it.")));
  }
}
