package dev.picasso.format.tensorflow.file;

import dev.picasso.format.tensorflow.checkpoint.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;

/**
 * An open model file. Its numbers can be read until it is closed.
 *
 * @param name what messages call it
 * @param format the format in words, as in "TensorFlow SavedModel (TF 2.15)"
 * @param graph the graph with its library of functions
 * @param signatures which tensors go in and out, by the name of the signature; empty where the file
 *     has none
 * @param variables the values of variables, by the keys of the checkpoint
 * @param constants the values of those Const nodes that have none in the graph, by the name of the
 *     node: TensorFlow.js keeps them apart
 * @param labels class names that lie with the model; empty when none do
 * @param notes what was assumed when the file was put together, a sentence each
 * @param objects the objects of a SavedModel of TensorFlow 2
 * @param saver how the graph itself restores its variables, in meta graphs that say so
 */
public record TensorFlowFile(
    String name,
    String format,
    GraphDef graph,
    Map<String, SignatureDef> signatures,
    Variables variables,
    Variables constants,
    List<String> labels,
    List<String> notes,
    Optional<SavedObjectGraph> objects,
    Optional<SaverDef> saver)
    implements AutoCloseable {

  public TensorFlowFile {
    signatures = Map.copyOf(signatures);
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
  }

  /** The same file with another note. */
  TensorFlowFile with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new TensorFlowFile(
        name, format, graph, signatures, variables, constants, labels, more, objects, saver);
  }

  @Override
  public void close() {
    variables.close();
    constants.close();
  }
}
