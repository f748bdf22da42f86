package dev.picasso.format.onnx;

import dev.picasso.PicassoException;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFormat;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.ShapeProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ONNX files of the opsets 7 to 21. */
public final class OnnxFormat implements ModelFormat {
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
    Graph graph;
    try {
      graph = new ShapeProbe(evaluator).withShapes(reader.graph());
    } catch (PicassoException e) {
      throw new ModelException(path.getFileName() + ": cannot be run: " + e.getMessage(), e);
    }
    return new ImportedModel(
        format(reader), graph, layers(reader, graph), List.of(), reader.notes().list());
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
    for (Node node : reader.original()) {
      Optional<Value> value = graph.find(node.output());
      if (value.isPresent() && value.get().type().isFloating()) {
        String name =
            node.name().isEmpty() || !names.add(node.name()) ? node.output() : node.name();
        layers.add(new LayerInfo(name, node.op(), node.output(), false, parameters(node, graph)));
      }
    }
    return layers;
  }

  private static long parameters(Node node, Graph graph) {
    return node.inputs().stream()
        .flatMap(i -> graph.constant(i).stream())
        .filter(t -> t.type().isFloating())
        .mapToLong(Tensor::size)
        .sum();
  }
}
