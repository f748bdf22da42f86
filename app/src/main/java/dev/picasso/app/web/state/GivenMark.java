package dev.picasso.app.web.state;

import dev.picasso.image.Preprocessor;
import dev.picasso.visualization.ReadyModel;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.UUID;

/** Tells one way of giving images to a model, and of reading its answers, from others. */
final class GivenMark {
  private GivenMark() {}

  /** A short text, the same for all that is computed and called alike. */
  static String of(ReadyModel ready) {
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
    if (!ready.held().files().isEmpty()) {
      all += "\n" + new TreeMap<>(ready.held().files());
    }
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
