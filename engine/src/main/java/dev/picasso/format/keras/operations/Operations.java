package dev.picasso.format.keras.operations;

import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.keras.walk.Unsupported;
import java.util.List;
import java.util.Set;

/** All functions that can be imported where Keras recorded them as layers. */
public final class Operations {
  private Operations() {}

  /** Adds the functions of TensorFlow and Keras 3, and TensorFlow's operators, to a table. */
  public static void addTo(LayerTable layers) {
    FunctionTable functions = table();
    layers.putFamily("tf.", functions::find);
    layers.putFamily("ops.", functions::find);
    layers.putFamily("raw.", functions::find);
    for (String kind : List.of("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer")) {
      layers.put(
          kind,
          (g, layer, in) -> {
            throw new Unsupported("the file does not tell which function it stands for.");
          });
    }
  }

  /** The names of all functions, as "tf.add", "ops.add" and "raw.AddV2". */
  public static Set<String> functions() {
    return table().functions();
  }

  static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    Arithmetic.addTo(table);
    Comparisons.addTo(table);
    Elementwise.addTo(table);
    ActivationFunctions.addTo(table);
    Reductions.addTo(table);
    Reshaping.addTo(table);
    Joining.addTo(table);
    Slicing.addTo(table);
    PaddingFunctions.addTo(table);
    Products.addTo(table);
    Windows.addTo(table);
    Patches.addTo(table);
    Normalizations.addTo(table);
    Images.addTo(table);
    Conversions.addTo(table);
    return table;
  }
}
