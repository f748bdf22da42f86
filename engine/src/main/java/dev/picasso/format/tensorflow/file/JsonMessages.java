package dev.picasso.format.tensorflow.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.picasso.format.ModelException;
import java.util.Base64;
import java.util.Map;

/**
 * Messages in the JSON form of protocol buffers: 64-bit integers as texts, bytes in base64, enums
 * by name or number, maps as objects. Fields that the message does not have are passed over, as
 * JSON of a newer TensorFlow may have them.
 */
final class JsonMessages {
  private final String file;

  /**
   * Reads messages of a file.
   *
   * @param file what messages call it
   */
  JsonMessages(String file) {
    this.file = file;
  }

  /**
   * Puts the fields of an object into a message.
   *
   * @param place where the object is in the file, for errors
   * @throws ModelException if a value is none of its field's type
   */
  <B extends Message.Builder> B read(JsonNode json, String place, B builder) {
    if (!json.isObject()) {
      throw wrong(place, "no object");
    }
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      JsonNode value = json.path(field.getJsonName());
      value = value.isMissingNode() ? json.path(field.getName()) : value;
      if (!value.isMissingNode() && !value.isNull()) {
        String inside = place + "." + field.getJsonName();
        if (field.isMapField()) {
          readMap(value, inside, builder, field);
        } else if (field.isRepeated()) {
          readList(value, inside, builder, field);
        } else {
          builder.setField(field, value(value, inside, builder, field));
        }
      }
    }
    return builder;
  }

  private void readList(
      JsonNode list, String place, Message.Builder builder, FieldDescriptor field) {
    if (!list.isArray()) {
      throw wrong(place, "no list");
    }
    for (int i = 0; i < list.size(); i++) {
      builder.addRepeatedField(field, value(list.get(i), place + "[" + i + "]", builder, field));
    }
  }

  private void readMap(JsonNode map, String place, Message.Builder builder, FieldDescriptor field) {
    if (!map.isObject()) {
      throw wrong(place, "no object");
    }
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      Message.Builder pair = builder.newBuilderForField(field);
      String inside = place + "." + entry.getKey();
      JsonNode name = new TextNode(entry.getKey());
      pair.setField(key, value(name, inside, pair, key));
      pair.setField(value, value(entry.getValue(), inside, pair, value));
      builder.addRepeatedField(field, pair.build());
    }
  }

  private Object value(
      JsonNode json, String place, Message.Builder builder, FieldDescriptor field) {
    try {
      return switch (field.getJavaType()) {
        case MESSAGE -> read(json, place, builder.newBuilderForField(field)).build();
        case STRING -> text(json);
        case BYTE_STRING -> bytes(json);
        case BOOLEAN -> json.isTextual() ? truth(json.textValue()) : truth(json);
        case ENUM -> constant(json, field);
        case INT -> (int) whole(json);
        case LONG -> whole(json);
        case FLOAT -> (float) number(json);
        case DOUBLE -> number(json);
      };
    } catch (IllegalArgumentException e) {
      throw wrong(place, "no " + field.getType().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static String text(JsonNode json) {
    if (!json.isTextual()) {
      throw new IllegalArgumentException();
    }
    return json.textValue();
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException();
    }
    return text.equals("true");
  }

  private static boolean truth(JsonNode json) {
    if (!json.isBoolean() && !json.isIntegralNumber()) {
      throw new IllegalArgumentException();
    }
    return json.asBoolean();
  }

  private static EnumValueDescriptor constant(JsonNode json, FieldDescriptor field) {
    EnumValueDescriptor found =
        json.isTextual()
            ? field.getEnumType().findValueByName(json.textValue())
            : field.getEnumType().findValueByNumber((int) whole(json));
    if (found == null) {
      throw new IllegalArgumentException();
    }
    return found;
  }

  private static long whole(JsonNode json) {
    if (json.isTextual()) {
      return Long.parseLong(json.textValue().strip());
    }
    if (!json.isNumber() || json.doubleValue() != Math.rint(json.doubleValue())) {
      throw new IllegalArgumentException();
    }
    return json.longValue();
  }

  private static double number(JsonNode json) {
    if (json.isTextual()) {
      return switch (json.textValue()) {
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(json.textValue());
      };
    }
    if (!json.isNumber()) {
      throw new IllegalArgumentException();
    }
    return json.doubleValue();
  }

  /** Base64 of either alphabet, or a list of the bytes' numbers. */
  private static ByteString bytes(JsonNode json) {
    if (json.isArray()) {
      byte[] bytes = new byte[json.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) whole(json.get(i));
      }
      return ByteString.copyFrom(bytes);
    }
    String text = text(json).replace('-', '+').replace('_', '/');
    return ByteString.copyFrom(Base64.getDecoder().decode(text));
  }

  private ModelException wrong(String place, String problem) {
    return new ModelException(file + ": the value at " + place + " is " + problem + ".");
  }
}
