package dev.picasso.format.keras.walk;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.weights.LayerWeights;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Map<String, List<Value>> constants = new HashMap<>();

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

  /**
   * A named constant, made once for all calls of a shared layer that need the same; a call that
   * needs it in another shape, as a dense layer on pixels, gets its own.
   */
  Value constant(GraphBuilder g, String name, Tensor tensor) {
    List<Value> known = constants.computeIfAbsent(name, k -> new ArrayList<>());
    for (Value value : known) {
      if (g.constantOf(value).filter(t -> isSame(t, tensor)).isPresent()) {
        return value;
      }
    }
    Value made = g.constant(name, tensor);
    known.add(made);
    return made;
  }

  private static boolean isSame(Tensor a, Tensor b) {
    return a == b
        || (a.type() == b.type() && a.shape().equals(b.shape()) && a.bytes().equals(b.bytes()));
  }
}
