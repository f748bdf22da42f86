package dev.picasso.format.keras.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the arguments of a recorded function stand in a file. */
final class Arguments {
  private Arguments() {}

  /** All arguments of one call, by place and by name. */
  static Inputs of(String function, Layer layer, Inputs call) {
    layer.ignoreAll();
    if (function.startsWith("raw.")) {
      return operator(layer, call);
    }
    return function.startsWith("ops.") ? operation(layer, call) : call;
  }

  /** An operation of Keras 3 is an object: what it was made with, then what it is called with. */
  private static Inputs operation(Layer layer, Inputs call) {
    Map<String, Argument> named = new LinkedHashMap<>();
    layer.arguments().forEach((key, value) -> named.put(key, new Argument.Plain(value)));
    named.putAll(call.named());
    return new Inputs(call.positional(), named);
  }

  /** An operator has inputs, of which constants are stored by their place, and attributes. */
  private static Inputs operator(Layer layer, Inputs call) {
    JsonNode node = layer.argument("node_def").orElseThrow();
    JsonNode constants = layer.argument("constants").orElse(JsonNodeFactory.instance.objectNode());
    Iterator<LaidOut> tensors = call.all().iterator();
    List<Argument> positional = new ArrayList<>();
    for (JsonNode input : node.path("input")) {
      if (input.asText("").startsWith("^")) {
        continue; // only says what is computed before
      }
      JsonNode constant = constants.path(Integer.toString(positional.size()));
      if (!constant.isMissingNode()) {
        positional.add(new Argument.Plain(constant));
      } else if (tensors.hasNext()) {
        positional.add(new Argument.Tensor(tensors.next()));
      } else {
        throw new Unsupported("it has more inputs than its call gives it.");
      }
    }
    Map<String, Argument> named = new LinkedHashMap<>();
    node.path("attr")
        .properties()
        .forEach(e -> named.put(e.getKey(), new Argument.Plain(attribute(e.getValue()))));
    return new Inputs(positional, named);
  }

  /** A protocol buffer's AttrValue as JSON has it: one field, whose name is the type's letter. */
  private static JsonNode attribute(JsonNode value) {
    var make = JsonNodeFactory.instance;
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode content = field.getValue();
      return switch (field.getKey()) {
        case "i" -> make.numberNode(content.asLong());
        case "f" -> make.numberNode(content.asDouble());
        case "s" -> make.textNode(decoded(content.asText("")));
        case "list" -> {
          var list = make.arrayNode();
          content
              .properties()
              .forEach(
                  e ->
                      e.getValue()
                          .forEach(v -> list.add(attribute(make.objectNode().set(e.getKey(), v)))));
          yield list;
        }
        default -> content;
      };
    }
    return make.nullNode();
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unsupported("its node_def has a text that is not in base 64: " + base64);
    }
  }
}
