package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was found, in words.
 *
 * @param text one or more whole sentences
 * @param links pages that say more
 * @param claims whether the text is a line of claims and each link one of them, so that they stand
 *     in its place
 */
public record Verdict(String label, String text, List<Link> links, boolean claims) implements Part {
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
    this(label, text, List.of(), false);
  }

  /** Words, and where to read more. */
  public static Verdict of(String label, String text, Link more) {
    return new Verdict(label, text, List.of(more), false);
  }

  /** Claims in a line, each with its page. */
  public static Verdict ofClaims(String label, List<Link> claims) {
    String text = claims.stream().map(Link::text).collect(Collectors.joining(" · "));
    return new Verdict(label, text, claims, true);
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
    if (claims) {
      facts.put("claims", true);
    }
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of();
  }
}
