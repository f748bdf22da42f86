package dev.picasso.format.onnx;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was assumed while reading, a sentence each. */
final class Notes {
  private final Set<String> lines = new LinkedHashSet<>();

  void add(String line) {
    lines.add(line);
  }

  List<String> list() {
    return List.copyOf(lines);
  }
}
