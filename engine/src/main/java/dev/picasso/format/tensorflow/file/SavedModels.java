package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.checkpoint.Checkpoints;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * SavedModels: a folder with {@code saved_model.pb}, which holds one or more graphs, each with
 * tags; the variables of all of them in {@code variables}; and assets.
 */
final class SavedModels {
  static final String BINARY = "saved_model.pb";
  static final String TEXT = "saved_model.pbtxt";
  static final String CHUNKED = "saved_model.cpb";

  private static final String VARIABLES = "variables/variables";
  private static final String SERVE = "serve";

  private SavedModels() {}

  /**
   * Opens a SavedModel.
   *
   * @param path its saved_model.pb, under whatever name
   */
  static TensorFlowFile open(Path path, boolean text, ImportOptions options) {
    ModelFolder folder = ModelFolder.of(path);
    String file = ModelFolder.nameOf(path);
    String name = file.equals(BINARY) || file.equals(TEXT) ? folder.name() : file;
    SavedModel model = Messages.read(path, text, SavedModel.newBuilder()).build();
    List<String> notes = new ArrayList<>();
    MetaGraphDef graph = chosen(name, model.getMetaGraphsList(), options.tags(), notes);
    Optional<LabelFiles.Found> labels = LabelFiles.find(folder);
    labels.ifPresent(l -> notes.add("The class names are those in " + l.file() + "."));
    return new TensorFlowFile(
        name,
        "TensorFlow SavedModel" + Words.version(graph),
        graph.getGraphDef(),
        graph.getSignatureDefMap(),
        variables(folder, name, graph),
        Variables.none(),
        labels.map(LabelFiles.Found::labels).orElse(List.of()),
        notes,
        graph.hasObjectGraphDef() ? Optional.of(graph.getObjectGraphDef()) : Optional.empty(),
        graph.hasSaverDef() ? Optional.of(graph.getSaverDef()) : Optional.empty());
  }

  private static Variables variables(ModelFolder folder, String name, MetaGraphDef graph) {
    if (Checkpoints.exist(folder, VARIABLES)) {
      return Checkpoints.open(folder, VARIABLES);
    }
    if (Words.holdsVariables(graph.getGraphDef())) {
      throw new ModelException(
          name
              + ": the file variables/variables.index is missing; it belongs to the model's weights."
              + " Copy the whole folder of the model, with the folder variables in it.");
    }
    return Variables.none();
  }

  /**
   * The graph with exactly the tags that are asked for; else the one that serves, else the only.
   */
  private static MetaGraphDef chosen(
      String name, List<MetaGraphDef> graphs, Set<String> wanted, List<String> notes) {
    if (graphs.isEmpty()) {
      throw new ModelException(name + ": the SavedModel holds no graph.");
    }
    Set<String> tags = wanted.isEmpty() ? Set.of(SERVE) : wanted;
    List<MetaGraphDef> fitting = graphs.stream().filter(g -> tags(g).equals(tags)).toList();
    if (fitting.isEmpty() && wanted.isEmpty()) {
      fitting = graphs.stream().filter(g -> tags(g).contains(SERVE)).toList();
      if (fitting.size() != 1) {
        fitting = graphs;
      }
    }
    if (fitting.size() == 1) {
      MetaGraphDef only = fitting.get(0);
      if (wanted.isEmpty() && !tags(only).equals(tags)) {
        notes.add(
            "The SavedModel holds no graph tagged serve alone; the one "
                + described(only)
                + " was taken.");
      }
      return only;
    }
    throw ModelException.of(
        name
            + (wanted.isEmpty()
                ? ": the SavedModel holds several graphs, and none is tagged serve alone:"
                : ": the SavedModel holds "
                    + (fitting.isEmpty() ? "no graph" : "several graphs")
                    + " with the tags "
                    + String.join(", ", new TreeSet<>(wanted))
                    + "; there are:"),
        graphs.stream().map(g -> "one " + described(g)).toList(),
        "Say which to take by all its tags.");
  }

  private static Set<String> tags(MetaGraphDef graph) {
    return new HashSet<>(graph.getMetaInfoDef().getTagsList());
  }

  private static String described(MetaGraphDef graph) {
    Set<String> tags = new TreeSet<>(tags(graph));
    return tags.isEmpty() ? "without tags" : "tagged " + String.join(", ", tags);
  }
}
