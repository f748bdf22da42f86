package dev.picasso.format.keras.walk;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.weights.LayerWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What all layers of one import share: the options, the notes, the constants made so far. */
public final class ImportContext {
  private final String file;
  private final ImportOptions options;
  private final int kerasVersion;
  private final boolean theanoKernels;
  private InnerCalls innerCalls =
      (layer, path, weights, inputs) -> {
        throw new Unsupported("layers inside of layers cannot be called here.");
      };
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<String, Value> constants = new HashMap<>();

  /**
   * @param file what messages call the model
   * @param kerasVersion the first number of the version of Keras that wrote the file
   * @param theanoKernels whether convolution kernels are stored turned by 180°
   */
  public ImportContext(
      String file, ImportOptions options, int kerasVersion, boolean theanoKernels) {
    this.file = file;
    this.options = options;
    this.kerasVersion = kerasVersion;
    this.theanoKernels = theanoKernels;
  }

  public String file() {
    return file;
  }

  public ImportOptions options() {
    return options;
  }

  /** The first number of the version of Keras that wrote the file. */
  public int kerasVersion() {
    return kerasVersion;
  }

  public boolean theanoKernels() {
    return theanoKernels;
  }

  /** How a layer calls a layer that it holds. */
  @FunctionalInterface
  interface InnerCalls {
    List<LaidOut> call(LayerConfig layer, String path, LayerWeights weights, Inputs inputs);
  }

  InnerCalls innerCalls() {
    return innerCalls;
  }

  void innerCalls(InnerCalls calls) {
    innerCalls = calls;
  }

  /** Tells something that {@code inspect} shows; said once, however often it happens. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  public Set<String> notes() {
    return notes;
  }

  /** A named constant, made once for all calls of a shared layer. */
  Value constant(GraphBuilder g, String name, Supplier<Tensor> tensor) {
    Value known = constants.get(name);
    if (known == null) {
      known = g.constant(name, tensor.get());
      constants.put(name, known);
    }
    return known;
  }
}
