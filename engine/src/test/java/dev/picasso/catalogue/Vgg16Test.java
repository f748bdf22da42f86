package dev.picasso.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology that comes with the catalogue. That it reads the published layout, and is the
 * network, is shown by a narrow copy: its weights lie in a file of that layout, and Keras says what
 * comes out of its own definition of the network with them ({@code tools/oracle/vgg16_weights.py}).
 */
class Vgg16Test {
  /** How much narrower the weights of the test's resource are. */
  private static final Map<String, Integer> DIVISORS = Map.of("filters", 32, "units", 128);

  /** Kernels and dense matrices of the published file, in order: configuration D of the paper. */
  private static final String SHAPES =
      """
      block1_conv1 [3, 3, 3, 64]
      block1_conv2 [3, 3, 64, 64]
      block2_conv1 [3, 3, 64, 128]
      block2_conv2 [3, 3, 128, 128]
      block3_conv1 [3, 3, 128, 256]
      block3_conv2 [3, 3, 256, 256]
      block3_conv3 [3, 3, 256, 256]
      block4_conv1 [3, 3, 256, 512]
      block4_conv2 [3, 3, 512, 512]
      block4_conv3 [3, 3, 512, 512]
      block5_conv1 [3, 3, 512, 512]
      block5_conv2 [3, 3, 512, 512]
      block5_conv3 [3, 3, 512, 512]
      fc1 [25088, 4096]
      fc2 [4096, 4096]
      predictions [4096, 1000]
      """;

  /** As Keras counts them. */
  private static final long PARAMETERS = 138_357_544;

  @TempDir Path folder;

  private static ObjectNode topology() throws IOException {
    try (InputStream in = Catalogue.class.getResourceAsStream("vgg16.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    }
  }

  @Test
  void itsLayersWantThePublishedWeights() throws IOException {
    List<String> wanted = new ArrayList<>();
    long parameters = 0;
    long channels = 3;
    long side = 224;
    for (JsonNode layer : topology().at("/config/layers")) {
      JsonNode config = layer.path("config");
      String name = config.path("name").asText();
      switch (layer.path("class_name").asText()) {
        case "Conv2D" -> {
          long filters = config.path("filters").asLong();
          wanted.add("%s [3, 3, %d, %d]".formatted(name, channels, filters));
          parameters += (9 * channels + 1) * filters;
          channels = filters;
        }
        case "MaxPooling2D" -> side /= 2;
        case "Flatten" -> channels *= side * side;
        case "Dense" -> {
          long units = config.path("units").asLong();
          wanted.add("%s [%d, %d]".formatted(name, channels, units));
          parameters += (channels + 1) * units;
          channels = units;
        }
        default -> assertThat(layer.path("class_name").asText()).isEqualTo("InputLayer");
      }
    }
    assertThat(String.join("\n", wanted) + "\n").isEqualTo(SHAPES);
    assertThat(parameters).isEqualTo(PARAMETERS);
  }

  @Test
  void weightsOfThePublishedLayoutGiveTheNumbersOfKeras() throws IOException {
    Path model = folder.resolve("vgg16.json");
    new ObjectMapper().writeValue(model.toFile(), narrow(topology()));
    Path weights = folder.resolve("weights.h5");
    try (InputStream in = Vgg16Test.class.getResourceAsStream("vgg16_narrow.h5")) {
      Files.copy(in, weights);
    }
    float[] expected;
    try (InputStream in = Vgg16Test.class.getResourceAsStream("vgg16_narrow.npz")) {
      expected = NpzFile.read(in).get("y").floats();
    }
    assertThat(outputs(model, weights)).containsExactly(expected, Offset.offset(1e-6f));
    assertThat(expected).as("classes differ, or this would show little").isNotEmpty();
    float[] sorted = expected.clone();
    java.util.Arrays.sort(sorted);
    assertThat(sorted[sorted.length - 1]).isGreaterThan(2 * sorted[0]);
  }

  private static JsonNode narrow(ObjectNode topology) {
    for (JsonNode layer : topology.at("/config/layers")) {
      ObjectNode config = (ObjectNode) layer.path("config");
      DIVISORS.forEach(
          (width, divisor) -> {
            if (config.has(width)) {
              config.put(width, config.path(width).asInt() / divisor);
            }
          });
    }
    return topology;
  }

  /** What comes out for the image of the script: 100 sin(0.1 h + 0.07 (c + 1) w). */
  static float[] outputs(Path topology, Path weights) {
    ImportOptions options = ImportOptions.none().withWeights(Optional.of(weights));
    Model model = ModelLoader.standard().load(ModelRequest.of(topology).with(options));
    float[] x = new float[224 * 224 * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (100 * Math.sin(.1 * (i / 672) + .07 * (i % 3 + 1) * (i / 3 % 224)));
    }
    String input = model.graph().inputs().get(0).name();
    String output = model.graph().outputs().get(0);
    try (CompiledGraph graph = CompiledGraph.of(model.graph(), RuntimeOptions.defaults())) {
      Map<String, Tensor> results = graph.run(Map.of(input, Tensor.of(x, 1, 224, 224, 3)));
      return results.get(output).floats();
    }
  }
}
