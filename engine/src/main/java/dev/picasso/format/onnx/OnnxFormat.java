package dev.picasso.format.onnx;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelFormat;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ONNX files of the opsets 1 to 26. */
public final class OnnxFormat implements ModelFormat {
  /** Operators that show what their input shows. */
  private static final Set<String> UNSEEN =
      Set.of("Identity", "Dropout", "Cast", "QuantizeLinear", "DequantizeLinear");

  private final Evaluator evaluator;

  /**
   * The format.
   *
   * @param evaluator runs the model to learn its shapes
   */
  public OnnxFormat(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public boolean recognises(Path path, byte[] head) {
    return OnnxContent.isModel(head);
  }

  @Override
  public ImportedModel read(Path path, ImportOptions options) {
    OnnxReader reader = OnnxReader.read(path, options, evaluator);
    String file = String.valueOf(path.getFileName());
    Graph graph = new Shaping(file, evaluator, reader.notes()).apply(reader.graph());
    return new ImportedModel(
        format(reader),
        graph,
        layers(reader, graph),
        List.of(),
        reader.notes().list(),
        OnnxReader.metadata(reader.model()));
  }

  private static String format(OnnxReader reader) {
    String producer =
        (reader.model().getProducerName() + " " + reader.model().getProducerVersion()).strip();
    long opset = Opsets.of(reader.model().getOpsetImportList()).onnx();
    return "ONNX (opset " + opset + (producer.isEmpty() ? "" : ", " + producer) + ")";
  }

  /** The operations that make something out of an image: numbers that go with the batch. */
  private static List<LayerInfo> layers(OnnxReader reader, Graph graph) {
    List<LayerInfo> layers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> fromImage = fromInputs(graph);
    Weights weights = new Weights(reader.original(), reader.constants());
    for (Node node : reader.original()) {
      Optional<Value> value = graph.find(node.output());
      if (value.isPresent()
          && value.get().type().isFloating()
          && fromImage.contains(node.output())
          && !UNSEEN.contains(node.op())) {
        String name =
            node.name().isEmpty() || !names.add(node.name()) ? node.output() : node.name();
        layers.add(new LayerInfo(name, node.op(), node.output(), false, weights.take(node)));
      }
    }
    return layers;
  }

  /** Values that follow from an input, not from constants and shapes alone. */
  private static Set<String> fromInputs(Graph graph) {
    Set<String> reached = new HashSet<>();
    graph.inputs().forEach(i -> reached.add(i.name()));
    for (Node node : graph.nodes()) {
      boolean shapeOnly = node.op().equals("Shape") || node.op().equals("Size");
      if (!shapeOnly && node.inputs().stream().anyMatch(reached::contains)) {
        reached.addAll(node.outputs());
      }
    }
    return reached;
  }
}
