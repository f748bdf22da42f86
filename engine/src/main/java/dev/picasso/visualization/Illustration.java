package dev.picasso.visualization;

import dev.picasso.image.Picture;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Drawing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture that is a result by itself, as what a class would look like most of all.
 *
 * @param meaning what one sees
 */
public record Illustration(String label, Picture picture, String meaning) implements Part {
  @Override
  public String kind() {
    return "picture";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("meaning", meaning);
    facts.put("height", picture.height());
    facts.put("width", picture.width());
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of(new Content(FileRole.PICTURE, () -> Canvas.of(picture).png()));
  }
}
