package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found, in words.
 *
 * @param text one or more whole sentences
 * @param links pages that say more; where their texts together are the text, they stand in its
 *     place
 */
public record Verdict(String label, String text, List<Link> links) implements Part {
  /**
   * A page of the guide.
   *
   * @param text what it is about
   * @param page its name in the guide, as in "checks/deletion"
   */
  public record Link(String text, String page) {}

  public Verdict {
    links = List.copyOf(links);
  }

  /** Words alone. */
  public Verdict(String label, String text) {
    this(label, text, List.of());
  }

  @Override
  public String kind() {
    return "text";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", text);
    if (!links.isEmpty()) {
      facts.put("links", links.stream().map(Link::text).toList());
      facts.put("pages", links.stream().map(Link::page).toList());
    }
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of();
  }
}
