package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.checkpoint.Checkpoints;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.GraphDef;

/** Bare graphs; frozen, as a rule: their weights are constants. */
final class Graphs {
  private Graphs() {}

  /** Opens a graph; one that is not frozen with the newest checkpoint beside it. */
  static TensorFlowFile open(Path path, boolean text) {
    GraphDef graph = Messages.read(path, text, GraphDef.newBuilder()).build();
    List<String> notes = new ArrayList<>();
    Variables variables = Variables.none();
    long count = Words.variableCount(graph);
    if (count > 0) {
      ModelFolder folder = ModelFolder.of(path);
      Optional<Checkpoints.Found> checkpoint = Checkpoints.newest(folder);
      if (checkpoint.isPresent()) {
        variables = Checkpoints.open(folder, checkpoint.get().prefix());
        notes.addAll(checkpoint.get().notes());
        notes.add("The weights come from the checkpoint " + checkpoint.get().prefix() + ".");
      } else {
        notes.add(
            "The graph is not frozen: "
                + count
                + (count == 1 ? " variable has" : " variables have")
                + " no values in it, and no checkpoint lies beside it.");
      }
    }
    return new TensorFlowFile(
        ModelFolder.nameOf(path),
        count == 0 ? "TensorFlow frozen graph" : "TensorFlow graph",
        graph,
        Map.of(),
        variables,
        Variables.none(),
        List.of(),
        notes,
        Optional.empty(),
        Optional.empty());
  }
}
