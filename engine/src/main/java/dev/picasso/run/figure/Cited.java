package dev.picasso.run.figure;

import dev.picasso.attribution.Reference;
import java.util.Map;
import java.util.Optional;

/**
 * A method, and where it is described.
 *
 * @param name what labels of its maps begin with, where several methods are compared; else empty
 * @param title for people
 * @param settings all of them, by name
 */
public record Cited(
    String name, String title, Optional<Reference> reference, Map<String, String> settings) {
  /** Whether a map is one of its own. */
  boolean isOf(RecordedMap map) {
    return name.isEmpty() || map.labelOfMap().equals(name) || map.label().startsWith(name + ", ");
  }

  /** What people call it. */
  String called() {
    return name.isEmpty() ? title : name;
  }

  /** As in "Grad-CAM (Selvaraju et al. 2016)". */
  String withYear() {
    return reference
        .flatMap(r -> BibTex.parse(r.title()))
        .map(paper -> called() + " (" + paper.authors() + " " + paper.year() + ")")
        .orElse(called());
  }

  /** With the paper's title and address. */
  String inFull() {
    return reference.map(r -> title + " (" + r.title() + ", " + r.url() + ")").orElse(title);
  }
}
