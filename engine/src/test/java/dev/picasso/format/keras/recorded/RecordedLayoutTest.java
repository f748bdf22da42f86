package dev.picasso.format.keras.recorded;

import static dev.picasso.format.keras.recorded.RecordedModel.brackets;
import static dev.picasso.format.keras.recorded.RecordedModel.layer;
import static dev.picasso.format.keras.recorded.RecordedModel.raw;
import static dev.picasso.format.keras.recorded.RecordedModel.read;
import static dev.picasso.format.keras.recorded.RecordedModel.tf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedLayoutTest {
  private static final String POOL = "'pool_size': [1, 1], 'strides': [1, 1]";

  /** Between two layers that need channels first there is no transpose. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nn.relu|",
        "math.add|'y': [1.0, 2.0, 3.0]",
        "math.multiply|'y': [[[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]]]",
        "math.reduce_mean|'axis': [1, 2], 'keepdims': true",
        "math.reduce_max|'axis': -1, 'keepdims': true",
        "pad|'paddings': [[0, 0], [1, 1], [1, 1], [0, 0]]",
        "concat|'axis': -1",
        "tile|'multiples': [1, 1, 2, 1]",
        "gather|'indices': [2, 1, 0], 'axis': 3",
        "image.resize|'size': [8, 12]",
        "nn.avg_pool2d|'ksize': 2, 'strides': 2, 'padding': 'SAME'",
        "nn.softmax|",
        "math.l2_normalize|'axis': -1"
      })
  void functionsWorkOnChannelsWhereTheyLie(String function, String keywords) {
    ImportedModel model =
        read(
            layer("a", "MaxPooling2D", "x", POOL),
            tf("b", function, "a", keywords == null ? "" : keywords),
            layer("c", "MaxPooling2D", "b", POOL),
            layer("y", "GlobalAveragePooling2D", "c", ""));
    assertThat(operators(model)).filteredOn("Transpose"::equals).hasSize(1);
  }

  @Test
  void slicesOfChannelsNeedNoTransposeEither() {
    ImportedModel model =
        read(
            layer("a", "MaxPooling2D", "x", POOL),
            brackets(
                "b",
                "a",
                "[{'class_name': '__ellipsis__'}, {'start': null, 'stop': null, 'step': -1}]"),
            layer("c", "MaxPooling2D", "b", POOL),
            layer("y", "GlobalAveragePooling2D", "c", ""));
    assertThat(operators(model)).filteredOn("Transpose"::equals).hasSize(1);
  }

  /**
   * [N, 4, 6, 3] flattened by tf.reshape(x, [tf.shape(x)[0], 4·6·3]) needs no Shape at run time.
   */
  @Test
  void shapesThatAModelComputesAreKnownBeforeItRuns() {
    ImportedModel model =
        read(
            tf("s", "compat.v1.shape", "x", ""),
            brackets("n", "s", "0"),
            brackets("sides", "s", "{'start': 1, 'stop': null, 'step': null}"),
            tf("p", "math.reduce_prod", "sides", ""),
            tf("y", "reshape", "x", "'shape': [['n', 0, 0], ['p', 0, 0]]"));
    assertThat(operators(model)).containsExactly("Reshape");
    assertThat(model.graph().value(model.graph().outputs().get(0)).shape())
        .isEqualTo(Shape.of(-1, 72));
  }

  @Test
  void theKindOfARecordedFunctionIsItsName() {
    ImportedModel model = read(tf("y", "math.tanh", "x", ""));
    assertThat(model.layers())
        .extracting(l -> l.kind())
        .containsExactly("InputLayer", "tf.math.tanh");
  }

  @Test
  void anOperatorMayStandAsAText() {
    ImportedModel model =
        read(
            raw(
                "y",
                "'{\\\"op\\\": \\\"Mul\\\", \\\"input\\\": [\\\"x\\\", \\\"c\\\"]}'",
                "x",
                "'1': 2.0"));
    assertThat(operators(model)).containsExactly("Mul");
  }

  @Test
  void aFileForBatchesOfOneSizeIsReadForAnyAndSaysSo() {
    ImportedModel model = read(tf("y", "reshape", "x", "'shape': [8, 72]"));
    assertThat(model.graph().value(model.graph().outputs().get(0)).shape())
        .isEqualTo(Shape.of(-1, 72));
    assertThat(model.notes()).anyMatch(n -> n.contains("batches of 8 only"));
  }

  @Test
  void whatMixesTheImagesOfABatchIsSaid() {
    ImportedModel model = read(tf("y", "math.reduce_max", "x", "'keepdims': true"));
    assertThat(model.notes()).anyMatch(n -> n.contains("y computes over all images of a batch"));
  }

  private static List<String> operators(ImportedModel model) {
    return model.graph().nodes().stream().map(Node::op).toList();
  }
}
