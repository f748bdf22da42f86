package dev.picasso.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Damage inside of JSON, which stays JSON, also where it was written as a text inside of JSON. */
final class JsonMutations implements Mutation {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<String> words;

  JsonMutations(List<String> words) {
    this.words = List.copyOf(words);
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    return text(new String(content, StandardCharsets.UTF_8), dice).getBytes(StandardCharsets.UTF_8);
  }

  /** The damaged text; one that is no JSON stays as it is. */
  String text(String content, Dice dice) {
    try {
      JsonNode node = JSON.readTree(content);
      Set<String> texts = new LinkedHashSet<>();
      collect(node, texts);
      List<String> others = dice.chance(.3) ? words : new ArrayList<>(texts);
      for (int i = dice.chance(.7) ? 1 : 2 + dice.below(4); i > 0; i--) {
        node = changed(node, others, dice);
      }
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      return content;
    }
  }

  private static void collect(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.fieldNames().forEachRemaining(texts::add);
    node.forEach(child -> collect(child, texts));
  }

  private JsonNode changed(JsonNode node, List<String> others, Dice dice) {
    if (dice.chance(.02)) {
      return anything(others, dice);
    }
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      return changedObject(object.deepCopy(), others, dice);
    }
    if (node instanceof ArrayNode array && !array.isEmpty()) {
      return changedArray(array.deepCopy(), others, dice);
    }
    if (node.isTextual() && node.textValue().startsWith("{")) {
      return NODES.textNode(text(node.textValue(), dice));
    }
    if (dice.chance(.15)) {
      return anything(others, dice);
    }
    if (node.isTextual()) {
      return NODES.textNode(dice.text(node.textValue(), others));
    }
    if (node.isBoolean()) {
      return NODES.booleanNode(!node.booleanValue());
    }
    if (node.isIntegralNumber()) {
      return NODES.numberNode(dice.number(node.longValue()));
    }
    return node.isNumber()
        ? NODES.numberNode(dice.fraction(node.doubleValue()))
        : anything(others, dice);
  }

  private JsonNode changedObject(ObjectNode object, List<String> others, Dice dice) {
    List<String> names = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    int sum = 0;
    for (var field : object.properties()) {
      names.add(field.getKey());
      int weight = 1 + (int) Math.sqrt((double) field.getValue().toString().length());
      weights.add(weight);
      sum += weight;
    }
    int left = dice.below(sum);
    int index = 0;
    while (left >= weights.get(index)) {
      left -= weights.get(index++);
    }
    String name = names.get(index);
    switch (dice.below(25)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(dice.text(name, others), object.remove(name));
      case 2 -> object.set(dice.text(name, others), anything(others, dice));
      case 3 -> object.set(name, object.get(dice.one(names)));
      default -> object.set(name, changed(object.get(name), others, dice));
    }
    return object;
  }

  private JsonNode changedArray(ArrayNode array, List<String> others, Dice dice) {
    int index = dice.below(array.size());
    int another = dice.below(array.size());
    switch (dice.below(15)) {
      case 0 -> array.remove(index);
      case 1 -> array.insert(another, array.get(index));
      case 2 -> array.set(another, array.get(index));
      case 3 -> array.add(anything(others, dice));
      case 4 -> {
        JsonNode moved = array.get(index);
        array.set(index, array.get(another));
        array.set(another, moved);
      }
      default -> array.set(index, changed(array.get(index), others, dice));
    }
    return array;
  }

  private static JsonNode anything(List<String> others, Dice dice) {
    return switch (dice.below(10)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(dice.chance(.5));
      case 2 -> NODES.numberNode(dice.number(3));
      case 3 -> NODES.numberNode(dice.fraction(1));
      case 4 -> NODES.textNode(dice.text("x", others));
      case 5 -> NODES.arrayNode();
      case 6 -> NODES.objectNode();
      case 7 -> NODES.arrayNode().add(dice.number(3)).add(dice.number(3));
      case 8 -> nested(dice.chance(.1) ? 400 : 5);
      default -> NODES.objectNode().put("class_name", dice.text("Dense", others));
    };
  }

  private static JsonNode nested(int depth) {
    JsonNode node = NODES.arrayNode();
    for (int i = 0; i < depth; i++) {
      node = i % 2 == 0 ? NODES.arrayNode().add(node) : NODES.objectNode().set("config", node);
    }
    return node;
  }
}
