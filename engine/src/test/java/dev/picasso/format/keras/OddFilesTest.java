package dev.picasso.format.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One small model, saved in many of the ways that Keras and people had over the years. */
class OddFilesTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/picasso/format/keras");
  private static final Path SAME = RESOURCES.resolve("odd/same");
  private static final Path REFUSED = RESOURCES.resolve("odd/refused");
  private static final Path NUMBERS = RESOURCES.resolve("k21_net_cnn.npz");

  @TestFactory
  Stream<DynamicTest> everyWayOfSavingMeansTheSameModel() throws IOException {
    try (Stream<Path> files = Files.list(SAME)) {
      return files.filter(f -> !f.toString().endsWith("_weights.h5")).sorted().toList().stream()
          .map(f -> DynamicTest.dynamicTest(name(f), () -> new OracleCase(f, numbers(f)).check()));
    }
  }

  private static Path numbers(Path file) {
    return name(file).endsWith(".keras") ? RESOURCES.resolve("net_cnn.npz") : NUMBERS;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** What a file is, its content says. */
  @ParameterizedTest
  @CsvSource({
    "k21_net_cnn.h5, model",
    "k21_net_cnn.h5, model.keras",
    "k21_net_cnn.h5, weights.onnx",
    "k21_net_cnn.h5, model.h5.backup of 2019",
    "net_cnn.keras, model.h5",
    "net_cnn.keras, model.zip"
  })
  void theNameOfAFileDoesNotMatter(String file, String as, @TempDir Path folder)
      throws IOException {
    Path copy = Files.copy(RESOURCES.resolve(file), folder.resolve(as));
    new OracleCase(copy, RESOURCES.resolve(file.replaceFirst("\\..*", ".npz"))).check();
  }

  @Test
  void aTopologyTakesTheWeightsThatTheConfigurationNames(@TempDir Path folder) throws IOException {
    Path topology = Files.copy(SAME.resolve("topology.json"), folder.resolve("net.json"));
    Files.createDirectory(folder.resolve("elsewhere"));
    Path weights =
        Files.copy(SAME.resolve("topology_weights.h5"), folder.resolve("elsewhere/best.hdf5"));
    new OracleCase(topology, NUMBERS, ImportOptions.none().withWeights(Optional.of(weights)))
        .check();
  }

  @Test
  void aTopologyWithoutWeightsSaysWhatIsMissing(@TempDir Path folder) throws IOException {
    Path topology = Files.copy(SAME.resolve("topology.json"), folder.resolve("net.json"));
    assertThatThrownBy(() -> load(topology))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("net.json", "weights");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lambda.h5             | swap (Lambda): holds Python code    | lambdas: swap",
        "unknown_layers.h5     | gru (GRU): there is no importer     | looks (MyAttention): there is no importer",
        "unknown_layers.h5     | unknown_layers.h5: 3 of 10 layers   | swap (Lambda): holds Python code",
        "subclass.h5           | MyNet                               | Python code that the file does not hold",
        "subclass.keras        | MyNet                               | Python code that the file does not hold",
        "weights_alone.h5      | holds no model_config               | model.to_json()",
        "a_layer_has_no_weights.h5 | dense (Dense)                   | no weights kernel",
        "wrong_shape.h5        | [63, 5] where [64, 5] is needed     | dense (Dense)",
        "unknown_option.h5     | spectral_padding = 3                | conv2d (Conv2D)"
      })
  void whatCannotBeReadIsRefusedInWords(String file, String first, String second) {
    assertThatThrownBy(() -> load(REFUSED.resolve(file)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file)
        .hasMessageContainingAll(first, second);
  }

  /** Wherever a file ends too early, the answer is words, or the model if nothing was missing. */
  @ParameterizedTest
  @ValueSource(strings = {"k21_net_cnn.h5", "net_cnn.keras", "odd/same/topology.json"})
  void truncatedFilesAreRefusedInWords(String file, @TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(RESOURCES.resolve(file));
    for (int part = 0; part < 60; part++) {
      Path cut = folder.resolve("cut" + part);
      Files.write(cut, java.util.Arrays.copyOf(whole, (int) ((long) whole.length * part / 60)));
      assertThatThrownBy(() -> load(cut))
          .as("%s cut at %d/60", file, part)
          .isInstanceOf(dev.picasso.PicassoException.class)
          .hasMessageContaining("cut" + part);
    }
  }

  /**
   * Bytes overwritten at random: words, or a model whose numbers changed; never another failure.
   */
  @ParameterizedTest
  @ValueSource(strings = {"k21_net_cnn.h5", "net_cnn.keras", "odd/same/topology.json"})
  void damagedFilesNeverFailWithoutWords(String file, @TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(RESOURCES.resolve(file));
    java.util.Random random = new java.util.Random(11);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 8; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path path = folder.resolve("damaged");
      Files.write(path, damaged);
      try {
        load(path);
      } catch (dev.picasso.PicassoException e) {
        assertThat(e.getMessage()).contains("damaged");
      }
    }
  }

  private static void load(Path file) {
    ModelLoader.standard().load(ModelRequest.of(file));
  }
}
