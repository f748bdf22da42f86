package dev.picasso.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.layout.StretchedGates;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Where the time of a saliency map goes: ONNX Runtime's own profile, summed up. */
final class OperatorTimes {
  private static final int RUNS = 10;
  private static final int NODES = Integer.getInteger("nodes", 30);

  private OperatorTimes() {}

  /**
   * Prints milliseconds by operator, forward and gradient apart, then the slowest nodes; of each
   * node the fastest of all runs, since other programs can only slow it down.
   */
  static void print(Model model, Tensor x, int threads) throws OrtException, IOException {
    Path folder = Files.createTempDirectory("picasso-profile");
    Path file = folder.resolve("saliency.onnx");
    String input = model.graph().inputs().get(0).name();
    OnnxWriter.write(
        StretchedGates.apply(
            GradientGraphs.forTarget(model, input, Quantity.LOGITS, Gradients.PLAIN, 1)),
        file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    String profile;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.enableProfiling(folder.resolve("profile").toString());
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor tensor =
              OnnxTensor.createTensor(environment, x.floatBuffer(), x.shape().dims())) {
        for (int i = 0; i < RUNS; i++) {
          session.run(Map.of(input, tensor)).close();
        }
        profile = session.endProfiling();
      }
    }
    Map<String, Double> byNode = new TreeMap<>();
    for (JsonNode event : new ObjectMapper().readTree(Path.of(profile).toFile())) {
      String name = event.path("name").asText();
      if (event.path("cat").asText().equals("Node") && name.endsWith("_kernel_time")) {
        String where = name.contains("gradient/") ? "gradient " : "forward  ";
        String shapes = event.path("args").path("input_type_shape").toString();
        byNode.merge(
            where + event.path("args").path("op_name").asText() + " " + name + " " + shapes,
            event.path("dur").asDouble() / 1000,
            Math::min);
      }
    }
    Map<String, Double> byOperator = new TreeMap<>();
    byNode.forEach(
        (node, ms) -> byOperator.merge(node.substring(0, node.indexOf(' ', 9)), ms, Double::sum));
    print(byOperator, Integer.MAX_VALUE);
    System.out.println();
    print(byNode, NODES);
  }

  private static void print(Map<String, Double> millis, int most) {
    millis.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .forEach(e -> System.out.printf("%8.2f ms  %s%n", e.getValue(), e.getKey()));
  }
}
