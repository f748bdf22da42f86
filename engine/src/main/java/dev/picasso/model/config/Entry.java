package dev.picasso.model.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file under its key. A reader that finds something else notes a problem with line
 * and key, and gives nothing.
 *
 * @param line of the key, or of the element of a list; counted from 1
 */
record Entry(String key, int line, Node node, Problems problems) {
  /** What stands under a key; empty, and a problem, if the key is no text. */
  static Optional<Entry> of(NodeTuple tuple, Problems problems) {
    int line = line(tuple.getKeyNode());
    if (tuple.getKeyNode() instanceof ScalarNode key) {
      return Optional.of(new Entry(key.getValue(), line, tuple.getValueNode(), problems));
    }
    problems.add(line, "a key must be a text.");
    return Optional.empty();
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** Notes that the value is not what it must be. */
  void mustBe(String expected) {
    problems.add(line, key + " is " + shown() + "; it must be " + expected + ".");
  }

  /** Notes something else that is wrong with the value. */
  void wrong(String text) {
    problems.add(line, key + " is " + shown() + "; " + text);
  }

  private String shown() {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a group of keys";
    }
    String text = scalar().orElse("");
    return text.isEmpty() ? "empty" : text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  /** The text as it stands; empty for nothing, lists and groups. */
  private Optional<String> scalar() {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? Optional.of(scalar.getValue().strip()).filter(t -> !t.isEmpty())
        : Optional.empty();
  }

  boolean isSection() {
    return node instanceof MappingNode;
  }

  /** Whether nothing stands there. */
  boolean isEmpty() {
    return node instanceof SequenceNode list ? list.getValue().isEmpty() : isBlank();
  }

  private boolean isBlank() {
    return node instanceof ScalarNode && scalar().isEmpty();
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Any text. */
  Optional<String> text() {
    return parsed("a text", Optional::of);
  }

  /** What a text means to a parser; a problem if it means nothing. */
  <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parser) {
    Optional<T> value = scalar().flatMap(parser);
    if (value.isEmpty()) {
      mustBe(expected);
    }
    return value;
  }

  Optional<Integer> whole(int min, int max) {
    return parsed(
        "a whole number between " + min + " and " + max,
        text -> Units.whole(text).filter(n -> n >= min && n <= max).map(Math::toIntExact));
  }

  /** A number or a fraction such as 1/255. */
  Optional<Double> number() {
    return parsed("a number or a fraction such as 1/255", Units::number);
  }

  Optional<Boolean> flag() {
    return oneOf(Map.of("true", true, "false", false));
  }

  /** One constant of an enum, in lower case. */
  <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
    return oneOf(
        Stream.of(type.getEnumConstants())
            .collect(Collectors.toMap(e -> e.name().toLowerCase(Locale.ROOT), e -> e)));
  }

  /** One of a few words, in any case. */
  <T> Optional<T> oneOf(Map<String, T> words) {
    String sorted = words.keySet().stream().sorted().collect(Collectors.joining(", "));
    return parsed(
        "one of " + sorted, text -> Optional.ofNullable(words.get(text.toLowerCase(Locale.ROOT))));
  }

  /** The elements of a list; one value stands for a list of one. */
  List<Entry> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    return sequence.getValue().stream().map(n -> new Entry(key, line(n), n, problems)).toList();
  }

  /** The texts of a list, or one text. */
  List<String> texts() {
    return items().stream().flatMap(e -> e.text().stream()).toList();
  }

  /** The keys below this one; a problem, and no keys, if there are none. */
  Section section() {
    if (node instanceof MappingNode mapping) {
      return Section.of(this, mapping);
    }
    mustBe("a group of keys");
    return Section.nothing(this);
  }

  /** The keys below this one as a table of the person's own names. */
  List<Entry> table() {
    if (!(node instanceof MappingNode mapping)) {
      mustBe("a group of keys");
      return List.of();
    }
    return mapping.getValue().stream().flatMap(t -> Entry.of(t, problems).stream()).toList();
  }
}
