package dev.picasso.format.keras.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.keras.file.KerasFile;
import dev.picasso.format.keras.file.StoredWeights;
import dev.picasso.format.keras.layers.KerasLayers;
import dev.picasso.format.keras.walk.KerasImport;
import dev.picasso.format.keras.walk.LayerTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A functional model written down as Keras would: an input x [N, 4, 6, 3], then these layers. */
final class RecordedModel {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private RecordedModel() {}

  /** A function of TensorFlow on the output of a layer, with keyword arguments. */
  static String tf(String name, String function, String of, String keywords) {
    return lambda("TFOpLambda", name, function, of, keywords);
  }

  /** x[…] as tf.keras writes it. */
  static String brackets(String name, String of, String spec) {
    return lambda("SlicingOpLambda", name, "__operators__.getitem", of, "'slice_spec': " + spec);
  }

  private static String lambda(
      String kind, String name, String function, String of, String keywords) {
    return "{'class_name': '%s', 'name': '%s', 'config': {'name': '%s', 'trainable': true,"
            .formatted(kind, name, name)
        + " 'function': '%s'}, 'inbound_nodes': [[['%s', 0, 0, {%s}]]]}"
            .formatted(function, of, keywords);
  }

  /** An operation of Keras 3, with what it was made with, on the output of a layer. */
  static String ops(String name, String kind, String of, String config, String more) {
    return "{'module': 'keras.src.ops.numpy', 'class_name': '%s', 'name': '%s',"
            .formatted(kind, name)
        + " 'config': {'name': '%s'%s}, 'inbound_nodes': [{'args': [%s%s], 'kwargs': {}}]}"
            .formatted(name, config.isEmpty() ? "" : ", " + config, tensor(of), more);
  }

  /** What stands in Keras 3's calls for the output of a layer. */
  static String tensor(String of) {
    return "{'class_name': '__keras_tensor__', 'config': {'keras_history': ['%s', 0, 0]}}"
        .formatted(of);
  }

  /** An operator of TensorFlow on the output of a layer. */
  static String raw(String name, String nodeDef, String of, String constants) {
    return "{'class_name': 'TensorFlowOpLayer', 'name': '%s', 'config': {'name': '%s',"
            .formatted(name, name)
        + " 'trainable': true, 'node_def': %s, 'constants': {%s}},".formatted(nodeDef, constants)
        + " 'inbound_nodes': [[['%s', 0, 0, {}]]]}".formatted(of);
  }

  /** A layer in the words of Keras 2. */
  static String layer(String name, String kind, String of, String config) {
    return "{'class_name': '%s', 'name': '%s', 'config': {'name': '%s', 'trainable': true%s},"
            .formatted(kind, name, name, config.isEmpty() ? "" : ", " + config)
        + " 'inbound_nodes': [[['%s', 0, 0, {}]]]}".formatted(of);
  }

  /** The graph of the model whose output is that of its last layer, called y. */
  static ImportedModel read(String... layers) {
    List<String> all = new ArrayList<>();
    all.add(
        "{'class_name': 'InputLayer', 'name': 'x', 'config': {'name': 'x',"
            + " 'batch_input_shape': [null, 4, 6, 3]}, 'inbound_nodes': []}");
    all.addAll(Arrays.asList(layers));
    String model =
        "{'class_name': 'Functional', 'config': {'name': 'model', 'layers': [%s],"
                .formatted(String.join(", ", all))
            + " 'input_layers': [['x', 0, 0]], 'output_layers': [['y', 0, 0]]}}";
    LayerTable table = KerasLayers.table();
    Operations.addTo(table);
    try (KerasFile file = file(model)) {
      return new KerasImport(table).read(file, ImportOptions.none());
    }
  }

  private static KerasFile file(String model) {
    try {
      return new KerasFile(
          "model.json",
          "a topology",
          JSON.readTree(model),
          Optional.of("2.6.0"),
          Optional.of("tensorflow"),
          new StoredWeights.None(),
          List.of(),
          List.of(),
          List.of());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(model, e);
    }
  }
}
