package dev.picasso.format.tensorflow;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelFormat;
import dev.picasso.format.tensorflow.file.TensorFlowFile;
import dev.picasso.format.tensorflow.file.TensorFlowFiles;
import dev.picasso.format.tensorflow.graph.TensorFlowImport;
import dev.picasso.graph.pass.Evaluator;
import java.nio.file.Path;

/**
 * TensorFlow models: SavedModels of TensorFlow 1 and 2, checkpoints with their meta graph, frozen
 * graphs, TensorFlow.js graph models.
 */
public final class TensorFlowFormat implements ModelFormat {
  private final Evaluator evaluator;

  /**
   * The format.
   *
   * @param evaluator computes what is known before the model runs
   */
  public TensorFlowFormat(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public boolean recognises(Path path, byte[] head) {
    return TensorFlowFiles.recognises(path, head);
  }

  @Override
  public ImportedModel read(Path path, ImportOptions options) {
    try (TensorFlowFile file = TensorFlowFiles.open(path, options)) {
      return new TensorFlowImport(evaluator).read(file, options);
    }
  }
}
