package dev.picasso.format.tfjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsManifestTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'dtype': 'float32'                                                        | FLOAT | 0000803f 000000c0 | 1 -2",
        "'dtype': 'int32'                                                          | INT32 | 01000000 feffffff | 1 -2",
        "'dtype': 'bool'                                                           | BOOL  | 0100              | 1 0",
        "'dtype': 'float32', 'quantization': {'dtype': 'float16'}                  | FLOAT | 003c 00c0         | 1 -2",
        "'dtype': 'float32', 'quantization': {'dtype': 'uint8', 'scale': 0.5, 'min': -1}  | FLOAT | 00ff      | -1 126.5",
        "'dtype': 'float32', 'quantization': {'dtype': 'uint16', 'scale': 2, 'min': 1}    | FLOAT | 0000 ffff | 1 131071",
        "'dtype': 'int32', 'quantization': {'dtype': 'uint8', 'scale': 1.5, 'min': -3}    | INT32 | 0002      | -3 0",
      })
  void numbersAreWhatTheyWereBeforeTheyWereQuantized(
      String kind, DataType type, String hex, String numbers) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Files.write(folder.resolve("a.bin"), bytes);
    List<StoredWeight> weights = weights("{'name': 'w', 'shape': [2], " + kind + "}", "'a.bin'");
    Tensor tensor = weights.get(0).read();
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(words(tensor)).isEqualTo(numbers);
  }

  @Test
  void weightsReachOverTheEndsOfShards() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.write(folder.resolve("s" + i), new byte[] {0, (byte) i});
    }
    Files.write(folder.resolve("empty"), new byte[0]);
    List<StoredWeight> weights =
        weights(
            "{'name': 'a', 'shape': [3], 'dtype': 'bool'}, {'name': 'b', 'shape': [7], 'dtype': 'uint8'}",
            "'s0', 's1', 'empty', 's2', 's3', 's4'");
    assertThat(words(weights.get(0).read())).isEqualTo("0 0 0");
    assertThat(words(weights.get(1).read())).isEqualTo("1 0 2 0 3 0 4");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'shape': [3], 'dtype': 'int32'              | end before the weights w",
        "'shape': [-1], 'dtype': 'int32'             | have the shape [-1]",
        "'shape': ['a'], 'dtype': 'int32'            | have the shape",
        "'shape': [2000000000, 2000000000]           | are too many",
        "'shape': [1], 'dtype': 'int4'               | the unknown type int4",
        "'shape': [1000], 'dtype': 'string'          | end before the weights w",
      })
  void whatCannotBeIsRefused(String weight, String why) throws IOException {
    Files.write(folder.resolve("a.bin"), new byte[8]);
    assertThatThrownBy(() -> weights("{'name': 'w', " + weight + "}", "'a.bin'"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model.json: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"../a.bin", "/etc/passwd", "x/a.bin", "..", "''", "C:a.bin"})
  void shardsElsewhereAreRefused(String shard) {
    assertThatThrownBy(() -> weights("", "'" + shard + "'"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("outside of the model's folder");
  }

  @Test
  void aShardThatIsALinkOutIsRefused() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("model"));
    Path outside = Files.write(folder.resolve("secret"), new byte[8]);
    Files.createSymbolicLink(inner.resolve("a.bin"), outside);
    assertThatThrownBy(
            () ->
                WeightsManifest.weights(
                    inner.resolve("model.json"),
                    ModelJson.parse("model.json", json("", "'a.bin'"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("leads out of the model's folder");
  }

  private List<StoredWeight> weights(String weights, String paths) {
    return WeightsManifest.weights(
        folder.resolve("model.json"), ModelJson.parse("model.json", json(weights, paths)));
  }

  private static String json(String weights, String paths) {
    return ("{'weightsManifest': [{'paths': [" + paths + "], 'weights': [" + weights + "]}]}")
        .replace('\'', '"');
  }

  private static String words(Tensor tensor) {
    float[] numbers = tensor.floats();
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> Float.toString(numbers[i]).replaceFirst("\\.0$", ""))
        .collect(Collectors.joining(" "));
  }
}
