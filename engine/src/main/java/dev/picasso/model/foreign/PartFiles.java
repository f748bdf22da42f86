package dev.picasso.model.foreign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Weights in pieces, which do not tell what they are the weights of. */
final class PartFiles {
  private static final Pattern SHARD = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final Pattern WEB_SHARD = Pattern.compile("group\\d+-shard\\d+of\\d+(\\.bin)?");

  private PartFiles() {}

  static List<Kind> kinds() {
    return List.of(
        Kind.of(
            s -> s.name().matches("variables\\.data-\\d{5}-of-\\d{5}"),
            ForeignFile.model(
                "a part of the weights of a SavedModel",
                "Give the model's whole folder: saved_model.pb, and variables.index with this file"
                    + " in the folder variables.")),
        new Kind(s -> SHARD.matcher(s.name()).matches(), PartFiles::checkpoint),
        Kind.of(
            s -> WEB_SHARD.matcher(s.name()).matches(),
            ForeignFile.model(
                "a part of the weights of a TensorFlow.js model",
                "It needs its model.json beside it; give that.")),
        Kind.of(
            s -> s.ends(".onnx_data", ".onnx.data"),
            ForeignFile.model(
                "the weights of an ONNX model", "It needs its .onnx beside it; give that.")));
  }

  private static ForeignFile checkpoint(Sample s) {
    Matcher shard = SHARD.matcher(String.valueOf(s.path().getFileName()));
    String prefix = shard.matches() ? shard.group(1) : "";
    return ForeignFile.model(
        "a part of the weights of a checkpoint",
        "It needs " + prefix + ".index and " + prefix + ".meta (the graph) beside it.");
  }
}
