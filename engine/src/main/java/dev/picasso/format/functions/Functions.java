package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import java.util.List;
import java.util.Set;

/**
 * All functions that can be imported: those of TensorFlow ("tf.add"), operations of Keras 3
 * ("ops.Add") and single operators of TensorFlow's graphs ("raw.AddV2").
 */
public final class Functions {
  private final FunctionTable table;

  private Functions(FunctionTable table) {
    this.table = table;
  }

  /** All that Picasso brings. */
  public static Functions standard() {
    FunctionTable table = new FunctionTable();
    Arithmetic.addTo(table);
    Comparisons.addTo(table);
    Elementwise.addTo(table);
    ActivationFunctions.addTo(table);
    Reductions.addTo(table);
    RunningTotals.addTo(table);
    Reshaping.addTo(table);
    Joining.addTo(table);
    Slicing.addTo(table);
    PaddingFunctions.addTo(table);
    Products.addTo(table);
    Convolutions.addTo(table);
    TransposedConvolutionFunctions.addTo(table);
    Windows.addTo(table);
    Patches.addTo(table);
    Normalizations.addTo(table);
    BatchStatistics.addTo(table);
    BatchBlocks.addTo(table);
    Quantization.addTo(table);
    Filling.addTo(table);
    Orders.addTo(table);
    Matrices.addTo(table);
    Diagonals.addTo(table);
    Sequences.addTo(table);
    Colours.addTo(table);
    Images.addTo(table);
    ImageSizes.addTo(table);
    Conversions.addTo(table);
    return new Functions(table);
  }

  /**
   * Emits what a call of a function computes.
   *
   * @throws Unsupported if it cannot be imported, and why
   */
  public List<LaidOut> call(GraphBuilder g, Site site, String function, Inputs arguments) {
    return table.call(g, site, function, arguments);
  }

  /** Whether there is a function of that name. */
  public boolean knows(String function) {
    return table.knows(function);
  }

  /**
   * Refuses a function that cannot be imported.
   *
   * @throws Unsupported if there is none of that name, and why
   */
  public void require(String function) {
    if (!knows(function)) {
      throw new Unsupported(Refusals.of(function));
    }
  }

  /** The names of a function's arguments, in order. */
  public List<String> parameters(String function) {
    return table.parameters(function);
  }

  /** The names of all functions, as "tf.add", "ops.Add" and "raw.AddV2". */
  public Set<String> names() {
    return table.functions();
  }
}
