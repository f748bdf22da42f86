package dev.picasso.format.tflite;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelFormat;
import dev.picasso.format.tflite.file.AssociatedFiles;
import dev.picasso.format.tflite.file.Metadata;
import dev.picasso.format.tflite.file.TfliteFile;
import dev.picasso.format.tflite.file.TfliteModel;
import dev.picasso.format.tflite.operators.OperatorTable;
import dev.picasso.format.tflite.operators.TfliteImport;
import dev.picasso.graph.pass.Evaluator;
import java.nio.file.Path;
import java.util.List;

/** TensorFlow Lite files of schema version 3: float, with small weights, or quantized. */
public final class TfliteFormat implements ModelFormat {
  private final Evaluator evaluator;

  /**
   * The format.
   *
   * @param evaluator runs graphs to see whether they take any number of images
   */
  public TfliteFormat(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public String name() {
    return "tflite";
  }

  @Override
  public boolean recognises(Path path, byte[] head) {
    return TfliteFile.isModel(path, head);
  }

  @Override
  public ImportedModel read(Path path, ImportOptions options) {
    TfliteModel model = TfliteFile.read(path);
    return new TfliteImport(OperatorTable.standard(), evaluator)
        .read(model, options, labels(path, model));
  }

  /** The file that the metadata name, or the only one in the zip that seems to hold labels. */
  private static List<String> labels(Path path, TfliteModel model) {
    List<Metadata.Described> outputs = model.metadata().map(Metadata::outputs).orElse(List.of());
    String named = outputs.isEmpty() ? "" : outputs.get(0).labels();
    return AssociatedFiles.names(path, named);
  }
}
