package dev.picasso.model;

import dev.picasso.format.ModelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Files that hold no graph, recognised so that the answer is the command that makes one. */
final class ForeignFiles {
  private static final String TORCH_EXPORT =
      "A PyTorch file holds weights and code, not a graph. In Python, with your model built and its"
          + " weights loaded, export it once:\n"
          + "  torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), \"model.onnx\","
          + " input_names=[\"input\"], dynamic_axes={\"input\": {0: \"batch\"}}, dynamo=False)\n"
          + "and open model.onnx.";

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
    return Optional.empty();
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
