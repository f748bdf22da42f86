package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Layers of Keras 1 in the words of Keras 2. */
final class Keras1 {
  /** A class and its arguments. */
  record Translated(String kind, ObjectNode config) {}

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("Convolution1D", "Conv1D"),
          Map.entry("Convolution2D", "Conv2D"),
          Map.entry("Convolution3D", "Conv3D"),
          Map.entry("AtrousConvolution1D", "Conv1D"),
          Map.entry("AtrousConvolution2D", "Conv2D"),
          Map.entry("AtrousConv1D", "Conv1D"),
          Map.entry("AtrousConv2D", "Conv2D"),
          Map.entry("SeparableConvolution1D", "SeparableConv1D"),
          Map.entry("SeparableConvolution2D", "SeparableConv2D"),
          Map.entry("DepthwiseConvolution2D", "DepthwiseConv2D"),
          Map.entry("Deconvolution2D", "Conv2DTranspose"),
          Map.entry("Deconv2D", "Conv2DTranspose"),
          Map.entry("Deconvolution3D", "Conv3DTranspose"),
          Map.entry("Deconv3D", "Conv3DTranspose"),
          Map.entry("Convolution2DTranspose", "Conv2DTranspose"),
          Map.entry("Convolution3DTranspose", "Conv3DTranspose"),
          Map.entry("MaxPool1D", "MaxPooling1D"),
          Map.entry("MaxPool2D", "MaxPooling2D"),
          Map.entry("MaxPool3D", "MaxPooling3D"),
          Map.entry("AvgPool1D", "AveragePooling1D"),
          Map.entry("AvgPool2D", "AveragePooling2D"),
          Map.entry("AvgPool3D", "AveragePooling3D"),
          Map.entry("GlobalMaxPool1D", "GlobalMaxPooling1D"),
          Map.entry("GlobalMaxPool2D", "GlobalMaxPooling2D"),
          Map.entry("GlobalMaxPool3D", "GlobalMaxPooling3D"),
          Map.entry("GlobalAvgPool1D", "GlobalAveragePooling1D"),
          Map.entry("GlobalAvgPool2D", "GlobalAveragePooling2D"),
          Map.entry("GlobalAvgPool3D", "GlobalAveragePooling3D"),
          Map.entry("BatchNormalizationV1", "BatchNormalization"),
          Map.entry("BatchNormalizationV2", "BatchNormalization"),
          Map.entry("SyncBatchNormalization", "BatchNormalization"),
          Map.entry("FrozenBatchNormalization", "BatchNormalization"));

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("nb_filter", "filters"),
          Map.entry("subsample", "strides"),
          Map.entry("subsample_length", "strides"),
          Map.entry("filter_length", "kernel_size"),
          Map.entry("border_mode", "padding"),
          Map.entry("dim_ordering", "data_format"),
          Map.entry("image_dim_ordering", "data_format"),
          Map.entry("bias", "use_bias"),
          Map.entry("atrous_rate", "dilation_rate"),
          Map.entry("pool_length", "pool_size"),
          Map.entry("stride", "strides"));

  private static final Map<String, List<String>> SIZES =
      Map.of(
          "kernel_size", List.of("kernel_dim1", "kernel_dim2", "kernel_dim3"),
          "strides", List.of("stride_dim1", "stride_dim2", "stride_dim3"));

  private Keras1() {}

  static Translated translate(String kind, ObjectNode config) {
    boolean old = KEYS.keySet().stream().anyMatch(config::has) || config.has("output_dim");
    String modern = KINDS.getOrDefault(kind, kind);
    if (!old) {
      return new Translated(modern, config);
    }
    ObjectNode copy = config.deepCopy();
    KEYS.forEach((from, to) -> rename(copy, from, to));
    if (copy.has("nb_row") && copy.has("nb_col")) {
      ArrayNode size = JsonNodeFactory.instance.arrayNode();
      size.add(copy.remove("nb_row")).add(copy.remove("nb_col"));
      copy.set("kernel_size", size);
    }
    SIZES.forEach((to, from) -> gather(copy, from, to));
    if (!kind.endsWith("Embedding")) {
      rename(copy, "output_dim", "units");
    }
    JsonNode order = copy.path("data_format");
    if (order.asText("").equals("th")) {
      copy.put("data_format", "channels_first");
    } else if (order.asText("").equals("tf") || order.asText("").equals("default")) {
      copy.put("data_format", "channels_last");
    }
    return new Translated(modern, copy);
  }

  private static void rename(ObjectNode config, String from, String to) {
    if (config.has(from) && !config.has(to)) {
      config.set(to, config.remove(from));
    }
  }

  private static void gather(ObjectNode config, List<String> from, String to) {
    if (from.stream().allMatch(config::has)) {
      ArrayNode size = JsonNodeFactory.instance.arrayNode();
      from.forEach(key -> size.add(config.remove(key)));
      config.set(to, size);
    }
  }
}
