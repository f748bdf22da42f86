package dev.picasso.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Damage deep inside of protobuf messages, which stay messages: names, types, shapes, values. */
final class MessageMutations implements Mutation {
  /** Held, since it forgets otherwise that it is to be silent about what damaged messages lack. */
  private static final Logger SILENT = Logger.getLogger(TextFormat.class.getName());

  static {
    SILENT.setLevel(Level.OFF);
  }

  private final Descriptor type;
  private final boolean asText;
  private final List<String> words;

  /**
   * Damages messages.
   *
   * @param asText whether the file is one in text format
   * @param words such as names of operators, which names become now and then
   */
  MessageMutations(Descriptor type, boolean asText, List<String> words) {
    this.type = type;
    this.asText = asText;
    this.words = List.copyOf(words);
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    DynamicMessage message;
    try {
      if (asText) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        TextFormat.merge(new String(content, StandardCharsets.UTF_8), builder);
        message = builder.build();
      } else {
        message = DynamicMessage.parseFrom(type, content);
      }
    } catch (InvalidProtocolBufferException | TextFormat.ParseException e) {
      return content;
    }
    Set<String> texts = new LinkedHashSet<>();
    collect(message, texts);
    List<String> others = new ArrayList<>(texts);
    if (dice.chance(.3)) {
      others = words;
    }
    Message changed = message;
    for (int i = dice.chance(.7) ? 1 : 2 + dice.below(4); i > 0; i--) {
      changed = changed(changed, others, dice);
    }
    return asText
        ? TextFormat.printer().printToString(changed).getBytes(StandardCharsets.UTF_8)
        : changed.toByteArray();
  }

  private static void collect(Message message, Set<String> texts) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              for (Object one : field.isRepeated() ? (List<?>) value : List.of(value)) {
                if (one instanceof Message inner) {
                  collect(inner, texts);
                } else if (one instanceof String text) {
                  texts.add(text);
                }
              }
            });
  }

  private static Message changed(Message message, List<String> others, Dice dice) {
    List<FieldDescriptor> present = List.copyOf(message.getAllFields().keySet());
    Message.Builder builder = message.toBuilder();
    if (present.isEmpty() || dice.chance(.04)) {
      List<FieldDescriptor> all = message.getDescriptorForType().getFields();
      if (!all.isEmpty()) {
        set(builder, dice.one(all), others, dice);
      }
      return builder.build();
    }
    FieldDescriptor field = weighted(message, present, dice);
    if (dice.chance(.03)) {
      return builder.clearField(field).build();
    }
    if (!field.isRepeated()) {
      return builder.setField(field, value(field, message.getField(field), others, dice)).build();
    }
    int count = message.getRepeatedFieldCount(field);
    int index = dice.below(count);
    Object before = message.getRepeatedField(field, index);
    int another = dice.below(count);
    switch (dice.below(20)) {
      case 0 -> builder.addRepeatedField(field, before);
      case 1 -> {
        builder.clearField(field);
        for (int i = 0; i < count; i++) {
          if (i != index) {
            builder.addRepeatedField(field, message.getRepeatedField(field, i));
          }
        }
      }
      case 2 -> {
        builder.setRepeatedField(field, index, message.getRepeatedField(field, another));
        builder.setRepeatedField(field, another, before);
      }
      case 3 -> builder.setRepeatedField(field, another, before);
      default -> builder.setRepeatedField(field, index, value(field, before, others, dice));
    }
    return builder.build();
  }

  /** Messages in which much lies are looked into more often. */
  private static FieldDescriptor weighted(Message message, List<FieldDescriptor> of, Dice dice) {
    double[] weights = new double[of.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      FieldDescriptor field = of.get(i);
      weights[i] = 1;
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        long size = 0;
        Object value = message.getField(field);
        for (Object one : field.isRepeated() ? (List<?>) value : List.of(value)) {
          size += ((Message) one).getSerializedSize();
        }
        weights[i] = 1 + Math.sqrt((double) size);
      }
      sum += weights[i];
    }
    double left = sum * dice.below(1 << 20) / (1 << 20);
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return of.get(i);
      }
    }
    return of.get(of.size() - 1);
  }

  private static void set(
      Message.Builder builder, FieldDescriptor field, List<String> others, Dice dice) {
    Object blank = blank(builder, field);
    Object value = value(field, blank, others, dice);
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
  }

  private static Object blank(Message.Builder builder, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> builder.newBuilderForField(field).build();
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0.;
      case BOOLEAN -> false;
      case STRING -> "";
      case BYTE_STRING -> ByteString.EMPTY;
      case ENUM -> field.getEnumType().getValues().get(0);
    };
  }

  private static Object value(FieldDescriptor field, Object old, List<String> others, Dice dice) {
    return switch (field.getJavaType()) {
      case MESSAGE -> changed((Message) old, others, dice);
      case INT -> (int) dice.number((Integer) old);
      case LONG -> dice.number((Long) old);
      case FLOAT -> (float) dice.fraction((Float) old);
      case DOUBLE -> dice.fraction((Double) old);
      case BOOLEAN -> !(Boolean) old;
      case STRING -> dice.text((String) old, others);
      case BYTE_STRING -> bytes((ByteString) old, others, dice);
      case ENUM -> kind(field, dice);
    };
  }

  private static EnumValueDescriptor kind(FieldDescriptor field, Dice dice) {
    return dice.chance(.1) && !field.getFile().toProto().getSyntax().equals("proto2")
        ? field.getEnumType().findValueByNumberCreatingIfUnknown((int) dice.number(1))
        : dice.one(field.getEnumType().getValues());
  }

  private static ByteString bytes(ByteString old, List<String> others, Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> ByteString.EMPTY;
      case 1 -> old.substring(0, dice.below(old.size() + 1));
      case 2 -> old.concat(ByteString.copyFrom(dice.bytes(1 + dice.below(40))));
      case 3 -> ByteString.copyFromUtf8(dice.text("valid", others));
      default ->
          ByteString.copyFrom(new ByteMutations(old.toByteArray()).of(old.toByteArray(), dice));
    };
  }
}
