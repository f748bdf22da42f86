package dev.picasso.format.tensorflow.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.picasso.format.functions.Argument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** The attributes of a node as a function takes its arguments. */
final class Attributes {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private Attributes() {}

  /** All that are numbers, words, truths, types, or lists of such. */
  static Map<String, Argument> of(NodeDef node) {
    Map<String, Argument> arguments = new LinkedHashMap<>();
    node.getAttrMap()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("_")) {
                json(value).ifPresent(v -> arguments.put(name, new Argument.Plain(v)));
              }
            });
    return arguments;
  }

  private static Optional<JsonNode> json(AttrValue value) {
    return switch (value.getValueCase()) {
      case S -> Optional.of(MAKE.textNode(value.getS().toStringUtf8()));
      case I -> Optional.of(MAKE.numberNode(value.getI()));
      case F -> Optional.of(MAKE.numberNode(value.getF()));
      case B -> Optional.of(MAKE.booleanNode(value.getB()));
      case TYPE -> Optional.of(MAKE.textNode(value.getType().name()));
      case LIST -> Optional.of(list(value.getList()));
      default -> Optional.empty();
    };
  }

  private static ArrayNode list(AttrValue.ListValue list) {
    ArrayNode all = MAKE.arrayNode();
    list.getSList().forEach(s -> all.add(s.toStringUtf8()));
    list.getIList().forEach(all::add);
    list.getFList().forEach(all::add);
    list.getBList().forEach(all::add);
    list.getTypeList().forEach(t -> all.add(t.name()));
    return all;
  }
}
