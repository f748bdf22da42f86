package dev.picasso.format.keras;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelFormat;
import dev.picasso.format.keras.file.KerasFile;
import dev.picasso.format.keras.file.KerasFiles;
import dev.picasso.format.keras.layers.KerasLayers;
import dev.picasso.format.keras.recorded.Operations;
import dev.picasso.format.keras.walk.KerasImport;
import dev.picasso.format.keras.walk.LayerTable;
import java.nio.file.Path;

/**
 * Keras models: HDF5 of Keras 1, 2, tf.keras and 3, topology JSON with separate weights, Keras 3
 * archives, TensorFlow.js layers models.
 */
public final class KerasFormat implements ModelFormat {
  @Override
  public String name() {
    return "keras";
  }

  @Override
  public boolean recognises(Path path, byte[] head) {
    return KerasFiles.recognises(path, head);
  }

  @Override
  public ImportedModel read(Path path, ImportOptions options) {
    try (KerasFile file = KerasFiles.open(path, options)) {
      LayerTable table = KerasLayers.table();
      Operations.addTo(table);
      return new KerasImport(table).read(file, options);
    }
  }
}
