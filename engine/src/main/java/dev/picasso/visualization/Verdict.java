package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.util.List;
import java.util.Map;

/**
 * What was found, in words.
 *
 * @param text one or more whole sentences
 */
public record Verdict(String label, String text) implements Part {
  @Override
  public String kind() {
    return "text";
  }

  @Override
  public Map<String, Object> facts() {
    return Map.of("text", text);
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of();
  }
}
