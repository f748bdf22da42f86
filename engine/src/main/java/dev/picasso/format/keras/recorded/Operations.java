package dev.picasso.format.keras.recorded;

import dev.picasso.format.functions.Functions;
import dev.picasso.format.keras.walk.LayerHandler;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Unsupported;
import java.util.List;

/** Makes layers of the functions that Keras recorded as such. */
public final class Operations {
  private Operations() {}

  /** Adds the functions of TensorFlow and Keras 3, and TensorFlow's operators, to a table. */
  public static void addTo(LayerTable layers) {
    Functions functions = Functions.standard();
    for (String family : List.of("tf.", "ops.", "raw.")) {
      layers.putFamily(family, function -> handler(functions, function));
    }
    for (String kind : List.of("TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer")) {
      layers.put(
          kind,
          (g, layer, in) -> {
            throw new Unsupported("the file does not tell which function it stands for.");
          });
    }
  }

  private static LayerHandler handler(Functions functions, String function) {
    functions.require(function);
    return (g, layer, inputs) ->
        functions.call(g, layer, function, Arguments.of(function, layer, inputs));
  }
}
