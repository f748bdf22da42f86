package dev.picasso.format;

import dev.picasso.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an importer makes of a model file.
 *
 * @param format the file format in words, as in "Keras 2 (HDF5)"
 * @param graph inputs in the layout of the file, convolutional data NCHW inside; its outputs are
 *     the model's, in the file's layout and order
 * @param layers the layers or named tensors that people know, in the order of the file
 * @param labels class names that the file carries; empty when it has none
 * @param notes what was assumed or left out, a sentence each, for {@code inspect}
 * @param metadata what the file says of itself, as text under its own keys, such as {@code task} of
 *     an ONNX file; nothing in it was checked
 */
public record ImportedModel(
    String format,
    Graph graph,
    List<LayerInfo> layers,
    List<String> labels,
    List<String> notes,
    Map<String, String> metadata) {

  public ImportedModel {
    layers = List.copyOf(layers);
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
    metadata = Map.copyOf(metadata);
  }

  /** A model whose file says nothing of itself. */
  public ImportedModel(
      String format, Graph graph, List<LayerInfo> layers, List<String> labels, List<String> notes) {
    this(format, graph, layers, labels, notes, Map.of());
  }

  /** The same with more to say of it. */
  public ImportedModel withNotes(List<String> more) {
    return withOnlyNotes(Stream.concat(notes.stream(), more.stream()).toList());
  }

  /** The same with something else to say of it. */
  public ImportedModel withOnlyNotes(List<String> others) {
    return new ImportedModel(format, graph, layers, labels, others, metadata);
  }
}
