package dev.picasso.app.web.state;

import dev.picasso.graph.Tensor;
import dev.picasso.image.Preprocessor;
import dev.picasso.visualization.ReadyModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Tells one way of giving images to a model, and of reading its answers, from others. */
public final class GivenMark {
  private GivenMark() {}

  /** A short text, the same for all that is computed and called alike. */
  public static String of(ReadyModel ready) {
    Object way =
        ready.input().preprocessor() instanceof Preprocessor p
            ? p.settings()
            : ready.input().preprocessor().getClass().getName();
    String all =
        String.join(
            "\n",
            way.toString(),
            ready.model().head().kind().name(),
            ready.model().scores().scores(),
            String.join("\n", ready.model().classes()));
    for (Map.Entry<String, Tensor> held : new TreeMap<>(ready.held().tensors()).entrySet()) {
      all += "\n" + held.getKey() + " " + contents(held.getValue());
    }
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What an input holds, wherever its file lies. */
  private static UUID contents(Tensor held) {
    ByteBuffer bytes = held.bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return UUID.nameUUIDFromBytes(copy);
  }
}
