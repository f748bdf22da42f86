package dev.picasso.format.tflite.file;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A name by which a subgraph is called, with names for its inputs and outputs.
 *
 * @param key as in "serving_default"
 * @param subgraph its place in the list
 * @param inputs places of tensors by name
 * @param outputs places of tensors by name
 */
public record Signature(
    String key, int subgraph, Map<String, Integer> inputs, Map<String, Integer> outputs) {

  public Signature {
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
