package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.checkpoint.Checkpoints;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Checkpoints with the graph they belong to: {@code X.meta} beside {@code X.index} or {@code X}.
 */
final class MetaGraphs {
  private static final String META = ".meta";

  private MetaGraphs() {}

  /**
   * Opens a meta graph and the checkpoint that belongs to it: the one of its name, else the newest
   * of the folder.
   */
  static TensorFlowFile openMeta(Path meta, boolean text) {
    ModelFolder folder = ModelFolder.of(meta);
    String name = ModelFolder.nameOf(meta);
    String prefix =
        name.endsWith(META)
            ? name.substring(0, name.length() - META.length())
            : withoutEnding(name);
    if (Checkpoints.exist(folder, prefix)) {
      return open(meta, text, folder, prefix, List.of());
    }
    Optional<Checkpoints.Found> other = Checkpoints.newest(folder);
    if (other.isPresent()) {
      List<String> notes = new ArrayList<>(other.get().notes());
      notes.add("The weights come from the checkpoint " + other.get().prefix() + ".");
      return open(meta, text, folder, other.get().prefix(), notes);
    }
    MetaGraphDef graph = Messages.read(meta, text, MetaGraphDef.newBuilder()).build();
    if (Words.holdsVariables(graph.getGraphDef())) {
      throw new ModelException(
          name
              + ": holds a graph without weights, and no checkpoint lies beside it. Copy "
              + prefix
              + ".index and "
              + prefix
              + ".data-00000-of-00001 (or all such files) beside it.");
    }
    return file(name, graph, Variables.none(), List.of());
  }

  /**
   * Opens a checkpoint and the graph that belongs to it: that of its name, else the only one of the
   * folder.
   */
  static TensorFlowFile openCheckpoint(ModelFolder folder, Checkpoints.Found checkpoint) {
    String prefix = checkpoint.prefix();
    List<String> notes = new ArrayList<>(checkpoint.notes());
    Optional<Path> own = folder.find(prefix + META);
    List<String> others = folder.list("").stream().filter(n -> n.endsWith(META)).toList();
    if (own.isEmpty() && others.size() == 1) {
      own = folder.find(others.get(0));
      notes.add("The graph comes from " + others.get(0) + ".");
    }
    if (own.isEmpty() && prefix.equals("variables")) {
      throw new ModelException(
          "variables.index: holds weights of a SavedModel; its graph, saved_model.pb, is missing."
              + " Give the model's whole folder.");
    }
    if (own.isEmpty()) {
      throw new ModelException(
          prefix
              + ": is a checkpoint, which holds weights without a graph; the file "
              + prefix
              + META
              + (others.isEmpty()
                  ? " is not beside it. Copy it there; if the program that trained the model wrote"
                      + " none, save the model with tf.saved_model.save or model.export."
                  : " is not beside it, but "
                      + String.join(", ", others)
                      + ". Give one of these."));
    }
    Content content =
        Content.of(Messages.head(own.get()))
            .filter(c -> c.message() == Content.Message.META_GRAPH)
            .orElseThrow(() -> new ModelException(prefix + META + ": holds no graph."));
    return open(own.get(), content.text(), folder, prefix, notes);
  }

  private static TensorFlowFile open(
      Path meta, boolean text, ModelFolder folder, String prefix, List<String> notes) {
    MetaGraphDef graph = Messages.read(meta, text, MetaGraphDef.newBuilder()).build();
    return file(ModelFolder.nameOf(meta), graph, Checkpoints.open(folder, prefix), notes);
  }

  private static TensorFlowFile file(
      String name, MetaGraphDef graph, Variables variables, List<String> notes) {
    return new TensorFlowFile(
        name,
        "TensorFlow checkpoint" + Words.version(graph),
        graph.getGraphDef(),
        graph.getSignatureDefMap(),
        variables,
        Variables.none(),
        List.of(),
        notes,
        graph.hasObjectGraphDef() ? Optional.of(graph.getObjectGraphDef()) : Optional.empty(),
        graph.hasSaverDef() ? Optional.of(graph.getSaverDef()) : Optional.empty());
  }

  private static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
