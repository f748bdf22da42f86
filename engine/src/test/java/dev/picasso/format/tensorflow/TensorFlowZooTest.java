package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * TensorFlow files of every kind as people have them against what TensorFlow computes. The folder
 * is {@code zoo} beside the other test resources, or a larger one named by {@code picasso.zoo}; its
 * {@code cases.tsv} says what must be told to open each.
 */
class TensorFlowZooTest {
  private static final Path FOLDER =
      Path.of(
          System.getProperty(
              "picasso.zoo", "src/test/resources/dev/picasso/format/tensorflow/zoo"));

  /** What Picasso does not import, or differentiate, and what it says of that. */
  private static final Map<String, String> BEYOND =
      Map.of(
          "op_crop_and_resize.pb", "CropAndResize",
          "op_dilation2d.pb", "Dilation2D",
          "op_in_top_k.pb", "InTopKV2",
          "op_lgamma.pb", "Lgamma",
          "op_linspace.pb", "its slice takes nothing",
          "op_fused_norm_training.pb", "it takes the mean over the batch");

  /** A line of the table. */
  private record Case(
      String file,
      String npz,
      String inputs,
      String outputs,
      String signature,
      String tags,
      String refused) {
    static Case of(String line) {
      List<String> c = Arrays.asList((line + "\t\t\t\t\t\t\t\t").split("\t", -1));
      return new Case(
          c.get(0),
          c.get(1),
          c.get(2).equals("saved-model") ? c.get(3) : "",
          c.get(4),
          c.get(5),
          c.get(6),
          c.get(8));
    }

    ImportOptions options() {
      boolean told = !outputs.isEmpty() && !outputs.startsWith("(");
      return ImportOptions.none()
          .withInputs(inputs.isEmpty() ? List.of() : List.of(inputs.split(",", -1)))
          .withOutputs(told ? List.of(outputs.split(",", -1)) : List.of())
          .withSignature(Optional.of(signature).filter(s -> !s.isEmpty()))
          .withTags(tags.isEmpty() ? Set.of() : Set.of(tags.split(",", -1)));
    }

    void run() {
      Path model = FOLDER.resolve(file);
      String beyond = BEYOND.getOrDefault(file, "");
      if (!beyond.isEmpty()) {
        assertThatThrownBy(() -> new OracleCase(model, FOLDER.resolve(npz), options()).check())
            .isInstanceOf(PicassoException.class)
            .hasMessageContaining(beyond);
      } else if (refused.isEmpty()) {
        new OracleCase(model, FOLDER.resolve(npz), options()).check();
      } else {
        assertThatThrownBy(() -> ModelLoader.standard().load(ModelRequest.of(model)))
            .isInstanceOf(ModelException.class);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTensorFlow() throws IOException {
    return Files.readAllLines(FOLDER.resolve("cases.tsv")).stream()
        .skip(1)
        .map(Case::of)
        .map(c -> DynamicTest.dynamicTest(c.file(), c::run));
  }
}
