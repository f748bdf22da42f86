package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.SelfDescription;
import dev.picasso.format.onnx.integers.RealNumbers;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.Randomness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX file as a graph of opset {@link Graph#OPSET}. Types and shapes are known of its inputs
 * and constants only.
 *
 * @param graph what the outputs need
 * @param original the operations as the file has them, Constants left out
 * @param constants the file's, quantized ones as integers
 * @param model the file's message
 * @param notes what was assumed
 */
record OnnxReader(
    Graph graph,
    List<Node> original,
    Map<String, Tensor> constants,
    ModelProto model,
    Notes notes) {

  /**
   * Reads a file.
   *
   * @throws ModelException if it cannot be read; the message names every problem
   */
  static OnnxReader read(Path path, ImportOptions options, Evaluator evaluator) {
    String file = String.valueOf(path.getFileName());
    ModelProto model = OnnxFile.parse(path);
    Notes notes = new Notes();
    try (ExternalData external = new ExternalData(path)) {
      TensorReader tensors = new TensorReader(external);
      GraphReader reader =
          new GraphReader(
              file,
              model,
              new InputShapes(
                  file,
                  options.inputShapes(),
                  SelfDescription.of(metadata(model)).imageSize(),
                  notes),
              options.outputs(),
              new Branches(evaluator),
              tensors,
              notes);
      Graph graph = SinglePrecision.of(reader.read(), notes);
      noteRandomness(graph, notes);
      Graph real = RealNumbers.of(graph, tensors.halfBytes(), evaluator, notes::add);
      return new OnnxReader(real, reader.original(), graph.constants(), model, notes);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new ModelException(file + ": is no valid ONNX model: " + e.getMessage(), e);
    }
  }

  private static void noteRandomness(Graph graph, Notes notes) {
    List<String> drawing =
        graph.nodes().stream().filter(Randomness::draws).map(Node::op).distinct().toList();
    if (!drawing.isEmpty()) {
      notes.add(
          "The model draws random numbers while it runs ("
              + String.join(", ", drawing)
              + "): its results differ from run to run.");
    }
  }

  /** The file's metadata; of a key that stands twice, the first. */
  static Map<String, String> metadata(ModelProto model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    model
        .getMetadataPropsList()
        .forEach(entry -> metadata.putIfAbsent(entry.getKey(), entry.getValue()));
    return metadata;
  }
}
