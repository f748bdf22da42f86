package dev.picasso.model.config;

import dev.picasso.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * A group of keys. It remembers which keys were asked for: those are the allowed ones, and {@link
 * #finish} reports every other.
 */
final class Section {
  private final Entry owner;
  private final Map<String, Entry> entries;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(Entry owner, Map<String, Entry> entries) {
    this.owner = owner;
    this.entries = entries;
  }

  static Section nothing(Entry owner) {
    return new Section(owner, Map.of());
  }

  static Section of(Entry owner, MappingNode node) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Optional<Entry> entry = Entry.of(tuple, owner.problems());
      if (entry.isPresent() && entries.putIfAbsent(entry.get().key(), entry.get()) != null) {
        owner
            .problems()
            .add(entry.get().line(), "key '" + entry.get().key() + "' stands here a second time.");
      }
    }
    return new Section(owner, entries);
  }

  /** What stands under a key, if it is there. */
  Optional<Entry> entry(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** The same; a problem if it is not there. */
  Optional<Entry> required(String key) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      owner.problems().add(owner.line(), "'" + key + "' is missing.");
    }
    return entry;
  }

  Optional<String> text(String key) {
    return entry(key).flatMap(Entry::text);
  }

  /** Notes what is wrong with several keys together. */
  void wrong(String text) {
    owner.problems().add(owner.line(), owner.key() + ": " + text);
  }

  /** Reports the keys that nobody asked for. */
  void finish() {
    for (Entry entry : entries.values()) {
      if (!asked.contains(entry.key())) {
        owner
            .problems()
            .add(entry.line(), "unknown key '" + entry.key() + "'" + suggestion(entry.key()));
      }
    }
  }

  private String suggestion(String key) {
    return Words.nearest(key, asked)
        .map(n -> "; did you mean '" + n + "'?")
        .orElse("; there are " + String.join(", ", asked) + ".");
  }
}
