package dev.picasso.model;

import dev.picasso.format.ModelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that hold no graph, recognised so that the answer is the command that makes one. */
final class ForeignFiles {
  private static final String TORCH_EXPORT =
      "A PyTorch file holds weights and code, not a graph. In Python, with your model built and its"
          + " weights loaded, export it once:\n"
          + "  torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), \"model.onnx\","
          + " input_names=[\"input\"], dynamic_axes={\"input\": {0: \"batch\"}}, dynamo=False)\n"
          + "and open model.onnx.";

  private static final Pattern SHARD = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final Pattern WEB_SHARD = Pattern.compile("group\\d+-shard\\d+of\\d+(\\.bin)?");

  private ForeignFiles() {}

  /** What to say of a file or folder that Picasso knows but cannot open. */
  static Optional<ModelException> recognise(Path file, byte[] head) {
    String name = String.valueOf(file.getFileName());
    if (isTorch(name, head)) {
      return Optional.of(new ModelException(name + ": " + TORCH_EXPORT));
    }
    if (isSafetensors(head)) {
      return Optional.of(
          new ModelException(name + " holds weights only (safetensors). " + TORCH_EXPORT));
    }
    return shard(name);
  }

  /** Weights in pieces, which do not tell what they are the weights of. */
  private static Optional<ModelException> shard(String name) {
    Matcher shard = SHARD.matcher(name);
    if (shard.matches() && shard.group(1).equals("variables")) {
      return Optional.of(
          new ModelException(
              name
                  + ": holds weights of a SavedModel. Give the model's whole folder: saved_model.pb,"
                  + " and variables.index with this file in the folder variables."));
    }
    if (shard.matches()) {
      return Optional.of(
          new ModelException(
              name
                  + ": holds weights of a checkpoint, which needs "
                  + shard.group(1)
                  + ".index and "
                  + shard.group(1)
                  + ".meta (the graph) beside it."));
    }
    return WEB_SHARD.matcher(name).matches()
        ? Optional.of(
            new ModelException(
                name
                    + ": holds weights of a TensorFlow.js model, which needs its model.json beside"
                    + " it; give that."))
        : Optional.empty();
  }

  /** A zip with a pickle in it, a bare pickle, or the old tar form. */
  private static boolean isTorch(String name, byte[] head) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean zip = text(head, 0, 2).equals("PK");
    boolean torchZip = zip && text(head, 30, 200).contains("data.pkl");
    boolean pickle = head.length > 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    boolean named = lower.endsWith(".pt") || lower.endsWith(".pth") || lower.endsWith(".ckpt.pth");
    return torchZip || pickle || (named && (zip || head.length == 0));
  }

  /** Eight bytes of length, then JSON. */
  private static boolean isSafetensors(byte[] head) {
    return head.length > 10
        && head[7] == 0
        && head[6] == 0
        && head[8] == '{'
        && text(head, 8, 400).contains("\"dtype\"");
  }

  private static String text(byte[] head, int from, int length) {
    int end = Math.min(head.length, from + length);
    return from >= end ? "" : new String(head, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
