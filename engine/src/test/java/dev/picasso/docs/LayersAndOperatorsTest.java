package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.functions.Functions;
import dev.picasso.format.keras.layers.KerasLayers;
import dev.picasso.format.tensorflow.graph.NodeTable;
import dev.picasso.format.tflite.operators.OperatorTable;
import dev.picasso.gradient.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * docs/layers-and-operators.md says what the handlers are for. With {@code -Dpicasso.write-docs} it
 * is written anew.
 */
class LayersAndOperatorsTest {
  private static final Path DOCUMENT = Path.of("../docs/layers-and-operators.md");

  @Test
  void theListIsThatOfTheHandlers() throws IOException {
    String expected = document();
    if (System.getProperty("picasso.write-docs") != null) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("written anew by ./mvnw test -Dtest=LayersAndOperatorsTest -Dpicasso.write-docs=yes")
        .isEqualTo(expected);
  }

  private static String document() {
    RuleSet rules = RuleSet.plain();
    Set<String> differentiable = new TreeSet<>(rules.ops());
    differentiable.removeAll(rules.flatOps());
    return """
    # Layers and operators

    Made from the tables of handlers; a test compares them.

    ## Keras layers

    Those of Keras 1 are read under their later names. Layers that act in training only (dropout, noise, augmentation)
    pass on what they get. Layers inside `TimeDistributed` and other wrappers are read like any other.

    %s
    ## Keras functions recorded as layers

    `tf.` are functions of TensorFlow in `TFOpLambda` and `SlicingOpLambda` layers, under one of their names: `tf.add` is
    also `math.add` and `__operators__.add`. `ops.` are operations of Keras 3, `raw.` operators of TensorFlow in
    `TensorFlowOpLayer`.

    ### TensorFlow

    %s
    ### Keras 3

    %s
    ### Operators of TensorFlow

    %s
    ## Operators of TensorFlow graphs

    Those of SavedModels, checkpoints, bare graphs and TensorFlow.js graph models: all `raw.` functions above, and

    %s
    Calls of functions that the file holds (`PartitionedCall` and the like, or their own names) are followed. Branches are
    decided while the file is read. What is drawn at random is dropout or noise, which is left out, or
    [refused](models.md#tensorflow).

    ## Operators of TensorFlow Lite

    With their fused activations, of float tensors and of quantized ones, which are computed as real numbers.

    %s
    ## ONNX operators

    Any operator of opsets 1 to 26 that ONNX Runtime runs can be in a model: class probabilities and partial occlusion
    need no more. Gradients pass through these:

    %s
    These are flat almost everywhere, so that their gradient is zero:

    %s
    Any other operator between the pixels and the score is named in an error; it is never taken for zero.
    """
        .formatted(
            paragraph(KerasLayers.table().kinds()),
            paragraph(functions("tf.")),
            paragraph(functions("ops.")),
            paragraph(functions("raw.")),
            paragraph(ofGraphs()),
            paragraph(new TreeSet<>(OperatorTable.standard().kinds())),
            paragraph(differentiable),
            paragraph(new TreeSet<>(rules.flatOps())));
  }

  private static Set<String> ofGraphs() {
    Set<String> names = new TreeSet<>(NodeTable.standard().operators());
    names.removeAll(functions("raw."));
    return names;
  }

  private static Set<String> functions(String library) {
    Set<String> names = new TreeSet<>();
    for (String name : Functions.standard().names()) {
      if (name.startsWith(library)) {
        names.add(name.substring(library.length()));
      }
    }
    return names;
  }

  /** Names in lines of at most 118 characters. */
  private static String paragraph(Collection<String> names) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String name : names) {
      int width = name.length() + 3;
      if (column + width > 118) {
        text.setCharAt(text.length() - 1, '\n');
        column = 0;
      }
      text.append('`').append(name).append("` ");
      column += width;
    }
    text.setCharAt(text.length() - 1, '\n');
    return text.toString();
  }
}
