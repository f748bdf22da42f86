package dev.picasso.benchmarks;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Explainer;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.runtime.RuntimeVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code Worker MODEL IMAGE.npy THREADS}: Picasso's side of {@code benchmarks/table}. It does what
 * it is asked for, one thing at a time, and waits without work in between, so that others can take
 * turns with it.
 *
 * <p>A request is a JSON object in a line of standard input, and so is its answer on standard
 * output:
 *
 * <pre>
 * {"ask": "about"}                                      {"java": …, "onnxruntime": …}
 * {"ask": "run", "work": {…}, "turn": 0.5}              {"seconds": [0.071, …]}
 * {"ask": "map", "work": {…}, "file": "map.npy"}        {}
 * </pre>
 *
 * What goes wrong is answered as {@code {"problem": …}}. For the work see {@link Work}.
 */
public final class Worker {
  private static final double NANOS = 1e9;

  private final ObjectMapper json = new ObjectMapper();
  private final Work work;

  private Worker(Work work) {
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException, OrtException {
    Path file = Path.of(arguments[0]);
    Tensor image = NpyFile.read(Path.of(arguments[1]));
    int threads = Integer.parseInt(arguments[2]);
    PrintStream out = System.out;
    // Nobody else's words among the answers.
    System.setOut(System.err);
    Model model = ModelLoader.standard().load(ConfiguredModel.of(file).request());
    try (Explainer explainer = new Explainer(model, new RuntimeOptions(threads, true));
        Work work = new Work(file, explainer, image, threads)) {
      Worker worker = new Worker(work);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(worker.answer(line));
        out.flush();
      }
    }
  }

  private ObjectNode answer(String line) throws IOException {
    try {
      return answer(json.readTree(line));
    } catch (PicassoException | OrtException | IllegalArgumentException e) {
      return json.createObjectNode().put("problem", String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode answer(JsonNode request) throws OrtException {
    ObjectNode answer = json.createObjectNode();
    switch (request.path("ask").asText()) {
      case "about" ->
          answer
              .put("java", System.getProperty("java.vm.name") + " " + Runtime.version())
              .put("onnxruntime", RuntimeVersion.text());
      case "run" -> {
        ArrayNode seconds = answer.putArray("seconds");
        Runnable run = work.of(request.path("work"));
        double left = request.path("turn").asDouble();
        do {
          long begun = System.nanoTime();
          run.run();
          double taken = (System.nanoTime() - begun) / NANOS;
          seconds.add(taken);
          left -= taken;
        } while (left > 0);
      }
      case "map" ->
          NpyFile.write(Path.of(request.path("file").asText()), work.map(request.path("work")));
      default -> throw new IllegalArgumentException("nothing to do: " + request);
    }
    return answer;
  }
}
