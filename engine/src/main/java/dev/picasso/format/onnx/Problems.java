package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Everything wrong with a model, told at once. */
final class Problems {
  private static final int MOST = 25;

  private final Set<String> lines = new LinkedHashSet<>();

  void add(String line) {
    lines.add(line);
  }

  void requireNone(String file, int operations) {
    if (lines.isEmpty()) {
      return;
    }
    var shown = lines.stream().limit(MOST).toList();
    String more = lines.size() > MOST ? "…and " + (lines.size() - MOST) + " more. " : "";
    throw ModelException.of(
        file + ": " + lines.size() + " of " + operations + " operations cannot be imported.",
        shown,
        more + "Export the model without them, or choose an earlier output.");
  }
}
