package dev.picasso.format.tensorflow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.TestData;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.Fixtures;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/** Checkpoints that TensorFlow wrote, whole and damaged. */
class CheckpointsTest {
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "types, model.ckpt",
    "shards, model.ckpt",
    "partitioned, model.ckpt-10",
    "first-format, model.ckpt",
    "first-format-shards, model.ckpt",
    "two-graphs, variables/variables",
    "objects, variables/variables",
  })
  void everyVariableIsReadAsTensorFlowReadsIt(String fixture, String prefix) {
    JsonNode expected = Fixtures.json(fixture + "/expected.json");
    try (Variables variables = open(Fixtures.path(fixture), prefix)) {
      Set<String> names = new HashSet<>();
      expected.fieldNames().forEachRemaining(names::add);
      assertThat(variables.keys()).containsExactlyInAnyOrderElementsOf(names);
      for (String key : names) {
        if (expected.path(key).has("values")) {
          Tensor tensor = variables.read(key).orElseThrow();
          Fixtures.assertSame(key, tensor, expected.path(key));
          assertThat(variables.shape(key)).contains(tensor.shape());
        } else {
          assertThatThrownBy(() -> variables.read(key))
              .isInstanceOf(ModelException.class)
              .hasMessageContaining(key)
              .hasMessageContaining("DT_");
        }
      }
      assertThat(variables.read("no such variable")).isEmpty();
      assertThat(variables.shape("no such variable")).isEmpty();
      assertThat(variables.text("no such variable")).isEmpty();
    }
  }

  @Test
  void theObjectGraphOfACheckpointIsRead() throws IOException {
    try (Variables variables = open(Fixtures.path("objects"), "variables/variables")) {
      var graph = TrackableObjectGraph.parseFrom(variables.text(OBJECT_GRAPH).orElseThrow());
      assertThat(graph.getNodesList())
          .flatExtracting(n -> n.getAttributesList())
          .extracting(a -> a.getCheckpointKey())
          .contains("w/.ATTRIBUTES/VARIABLE_VALUE", "b/.ATTRIBUTES/VARIABLE_VALUE");
    }
  }

  @Test
  void whatIsNoSingleTextIsNotReadAsOne() {
    try (Variables variables = open(Fixtures.path("types"), "model.ckpt")) {
      assertThatThrownBy(() -> variables.text("all/text"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("all/text is no single text");
    }
  }

  @Test
  void publishedModelsAreReadAsTensorFlowReadsThem() {
    JsonNode models = Fixtures.json("wild.json");
    Path data = TestData.require("wild");
    for (Map.Entry<String, JsonNode> model : models.properties()) {
      try (Variables variables = open(data.resolve(model.getKey()), "variables/variables")) {
        for (Map.Entry<String, JsonNode> variable : model.getValue().properties()) {
          Tensor tensor = variables.read(variable.getKey()).orElseThrow();
          assertThat(tensor.shape().dims())
              .containsExactly(Fixtures.longs(variable.getValue().get(0)));
          double[] numbers = Fixtures.numbers(tensor);
          double sum = 0;
          double waved = 0;
          for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i];
            waved += numbers[i] * Math.cos(i);
          }
          Offset<Double> rounding = Offset.offset(1e-9 * (1 + numbers.length));
          assertThat(sum).isCloseTo(variable.getValue().get(1).asDouble(), rounding);
          assertThat(waved).isCloseTo(variable.getValue().get(2).asDouble(), rounding);
        }
      }
    }
  }

  @Test
  void everyMissingShardIsNamed() throws IOException {
    Fixtures.copy("shards", folder);
    Files.delete(folder.resolve("model.ckpt.data-00000-of-00003"));
    Files.delete(folder.resolve("model.ckpt.data-00002-of-00003"));
    assertThatThrownBy(() -> open(folder, "model.ckpt"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            """
            model.ckpt.index: of the 3 files that the weights lie in, 2 are missing:
              model.ckpt.data-00000-of-00003
              model.ckpt.data-00002-of-00003
            Copy what is missing beside model.ckpt.index.""");
  }

  @Test
  void aMissingShardOfTheFirstFormatIsNoticed() throws IOException {
    Fixtures.copy("first-format-shards", folder);
    Files.delete(folder.resolve("model.ckpt-00001-of-00003"));
    assertThatThrownBy(() -> open(folder, "model.ckpt"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("of the 3 files")
        .hasMessageContaining("model.ckpt-00000-of-00003, model.ckpt-00002-of-00003");
  }

  @Test
  void aDamagedVariableIsNamedAndTheOthersAreRead() throws IOException {
    Fixtures.copy("shards", folder);
    Path shard = folder.resolve("model.ckpt.data-00002-of-00003");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[5] ^= 0x10;
    Files.write(shard, bytes);
    try (Variables variables = open(folder, "model.ckpt")) {
      assertThatThrownBy(() -> variables.read("spread/v2"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("spread/v2 is damaged")
          .hasMessageContaining("model.ckpt.data-00002-of-00003");
      assertThat(variables.read("spread/v0")).isPresent();
    }
  }

  @Test
  void aShardThatIsALinkOutOfTheFolderIsRefused() throws IOException {
    Path model = Fixtures.copy("shards", Files.createDirectory(folder.resolve("model")));
    Path shard = model.resolve("model.ckpt.data-00001-of-00003");
    Path outside = Files.move(shard, folder.resolve("outside"));
    Files.createSymbolicLink(shard, outside);
    assertThatThrownBy(() -> open(model, "model.ckpt"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.ckpt.data-00001-of-00003 is a link that leads out");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "types, model.ckpt.index, model.ckpt",
    "types, model.ckpt.data-00000-of-00001, model.ckpt",
    "partitioned, model.ckpt-10.index, model.ckpt-10",
    "first-format, model.ckpt, model.ckpt",
    "objects, variables/variables.index, variables/variables",
    "objects, variables/variables.data-00000-of-00001, variables/variables",
  })
  void damagedFilesAreRefusedInWords(String fixture, String file, String prefix)
      throws IOException {
    Path damaged = Fixtures.copy(fixture, folder).resolve(file);
    byte[] whole = Files.readAllBytes(damaged);
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      Files.write(damaged, java.util.Arrays.copyOf(whole, i));
      refused += isRefused(prefix) ? 1 : 0;
      for (int bit : new int[] {0, 3, 7}) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) (1 << bit);
        Files.write(damaged, changed);
        refused += isRefused(prefix) ? 1 : 0;
      }
    }
    // Nothing but the footer's padding, up to 40 bytes, and the empty block of filters, 13 bytes,
    // may be changed without notice.
    assertThat(refused).isGreaterThan(4 * whole.length - 3 * (40 + 13));
  }

  private boolean isRefused(String prefix) {
    boolean refused = false;
    try (Variables variables = open(folder, prefix)) {
      for (String key : variables.keys()) {
        try {
          variables.read(key);
        } catch (ModelException e) {
          refused |= !e.getMessage().contains("DT_");
        }
        try {
          variables.text(key);
        } catch (ModelException e) {
          refused |= !e.getMessage().contains("no single text");
        }
      }
      return refused;
    } catch (ModelException e) {
      assertThat(e.getMessage()).doesNotContain(folder.toString());
      return true;
    }
  }

  @Test
  void theNewestCheckpointIsTheOneThatTheStateFileNames() throws IOException {
    Fixtures.copy("partitioned", folder);
    Files.writeString(
        folder.resolve("checkpoint"), "model_checkpoint_path: \"/home/somebody/model.ckpt-9\"\n");
    assertThat(Checkpoints.newest(ModelFolder.at(folder)))
        .contains(new Checkpoints.Found("model.ckpt-9", List.of()));
  }

  @Test
  void withoutAStateFileTheHighestStepIsTheNewest() throws IOException {
    Fixtures.copy("partitioned", folder);
    Files.delete(folder.resolve("checkpoint"));
    Files.setLastModifiedTime(
        folder.resolve("model.ckpt-9.index"), FileTime.fromMillis(4_000_000_000_000L));
    var found = Checkpoints.newest(ModelFolder.at(folder)).orElseThrow();
    assertThat(found.prefix()).isEqualTo("model.ckpt-10");
    assertThat(found.notes()).hasSize(1);
  }

  @Test
  void aStateFileThatNamesWhatIsNotThereIsSaidAloud() throws IOException {
    Fixtures.copy("partitioned", folder);
    Files.writeString(folder.resolve("checkpoint"), "model_checkpoint_path: \"model.ckpt-11\"\n");
    var found = Checkpoints.newest(ModelFolder.at(folder)).orElseThrow();
    assertThat(found.prefix()).isEqualTo("model.ckpt-10");
    assertThat(found.notes().get(0)).contains("model.ckpt-11");
  }

  @Test
  void aFolderWithoutCheckpointsHasNoNewest() throws IOException {
    Files.write(folder.resolve("x.txt"), "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(Checkpoints.newest(ModelFolder.at(folder))).isEmpty();
    List<String> prefixes = new ArrayList<>(List.of("x.txt", "y"));
    assertThat(prefixes).noneMatch(p -> Checkpoints.exist(ModelFolder.at(folder), p));
  }

  private static Variables open(Path folder, String prefix) {
    return Checkpoints.open(ModelFolder.at(folder), prefix);
  }
}
