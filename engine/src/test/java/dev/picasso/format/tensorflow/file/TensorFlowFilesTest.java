package dev.picasso.format.tensorflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.keras.file.KerasFiles;
import dev.picasso.format.tensorflow.Fixtures;
import dev.picasso.format.tensorflow.tensor.TensorMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Model files of every kind, as TensorFlow wrote them, and as they arrive. */
class TensorFlowFilesTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "objects,                          TensorFlow SavedModel (TF 2.21),  2",
    "objects/saved_model.pb,           TensorFlow SavedModel (TF 2.21),  2",
    "objects/variables/variables.index, TensorFlow SavedModel (TF 2.21), 2",
    "two-graphs,                       TensorFlow SavedModel (TF 2.21),  1",
    "partitioned,                      TensorFlow checkpoint (TF 2.21),  2",
    "partitioned/checkpoint,           TensorFlow checkpoint (TF 2.21),  2",
    "partitioned/model.ckpt-9.meta,    TensorFlow checkpoint (TF 2.21),  2",
    "partitioned/model.ckpt-10.meta,   TensorFlow checkpoint (TF 2.21),  2",
    "partitioned/model.ckpt-10.index,  TensorFlow checkpoint (TF 2.21),  2",
    "partitioned/model.ckpt-9.data-00000-of-00001, TensorFlow checkpoint (TF 2.21), 2",
    "first-format,                     TensorFlow checkpoint (TF 2.21),  8",
    "first-format/model.ckpt,          TensorFlow checkpoint (TF 2.21),  8",
    "first-format/model.ckpt.meta,     TensorFlow checkpoint (TF 2.21),  8",
    "frozen/graph.pb,                  TensorFlow frozen graph,          0",
    "frozen/graph.pbtxt,               TensorFlow frozen graph,          0",
    "js,                               TensorFlow.js graph,              0",
    "js/model.json,                    TensorFlow.js graph,              0",
  })
  void everyKindIsRecognisedAndOpened(String fixture, String format, int variables) {
    Path path = Fixtures.path(fixture);
    assertThat(recognised(path)).isTrue();
    assertThat(KerasFiles.recognises(path, head(path))).isFalse();
    try (TensorFlowFile file = open(path)) {
      assertThat(file.format()).isEqualTo(format);
      assertThat(file.graph().getNodeList()).isNotEmpty();
      long stored = file.variables().keys().stream().filter(k -> !k.startsWith("_CHECK")).count();
      assertThat(stored).isEqualTo(variables);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "keras/activations",
        "keras/cnn",
        "onnx",
        "tflite",
        "images",
        "wild/keras3-digits",
        "wild/tfjs-fashion",
        "wild/tflite-digits"
      })
  void filesOfOtherKindsAreNotClaimed(String place) throws IOException {
    try (Stream<Path> files = Files.walk(TestData.require(place))) {
      assertThat(files).noneMatch(TensorFlowFilesTest::recognised);
    }
  }

  @Test
  void frozenGraphsOfOthersAreRecognised() throws IOException {
    try (Stream<Path> files = Files.walk(TestData.require("tensorflow"))) {
      List<Path> graphs = files.filter(f -> f.toString().endsWith(".pb")).toList();
      assertThat(graphs).isNotEmpty().allMatch(TensorFlowFilesTest::recognised);
      for (Path graph : graphs) {
        try (TensorFlowFile file = open(graph)) {
          assertThat(file.graph().getNodeList()).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"savedmodel-digits-small", "savedmodel-mnist-cnn"})
  void publishedSavedModelsAreOpened(String name) {
    Path path = TestData.require("wild/" + name);
    assertThat(recognised(path)).isTrue();
    try (TensorFlowFile file = open(path)) {
      assertThat(file.format()).startsWith("TensorFlow SavedModel (TF 2.");
      assertThat(file.signatures()).containsKey("serving_default");
      assertThat(file.objects()).isPresent();
    }
  }

  @Test
  void aSavedModelBringsSignaturesObjectsAndLabels() {
    try (TensorFlowFile file = open(Fixtures.path("objects"))) {
      assertThat(file.signatures().get("serving_default").getOutputsMap()).containsKey("scores");
      assertThat(file.objects()).isPresent();
      assertThat(file.labels()).containsExactly("cat", "dog", "the third");
      assertThat(file.notes()).containsExactly("The class names are those in assets/labels.txt.");
    }
  }

  @Test
  void theGraphThatServesIsTakenUnlessTagsSayOtherwise() {
    Path path = Fixtures.path("two-graphs");
    try (TensorFlowFile serving = open(path);
        TensorFlowFile training =
            TensorFlowFiles.open(path, ImportOptions.none().withTags(Set.of("gpu", "train")))) {
      assertThat(factor(serving)).isEqualTo(1);
      assertThat(factor(training)).isEqualTo(2);
      assertThat(serving.notes()).isEmpty();
    }
    assertThatThrownBy(
            () -> TensorFlowFiles.open(path, ImportOptions.none().withTags(Set.of("train"))))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            """
            two-graphs: the SavedModel holds no graph with the tags train; there are:
              one tagged serve
              one tagged gpu, train
            Say which to take by all its tags.""");
  }

  private static float factor(TensorFlowFile file) {
    NodeDef node =
        file.graph().getNodeList().stream()
            .filter(n -> n.getName().equals("y/y"))
            .findFirst()
            .orElseThrow();
    return TensorMessages.read("y", node.getAttrOrThrow("value").getTensor()).floats()[0];
  }

  @Test
  void textAndBinaryGraphsAreTheSame() {
    try (TensorFlowFile binary = open(Fixtures.path("frozen/graph.pb"));
        TensorFlowFile text = open(Fixtures.path("frozen/graph.pbtxt"))) {
      assertThat(text.graph()).isEqualTo(binary.graph());
    }
  }

  @Test
  void aGraphModelIsTheFrozenGraphWithItsWeightsApart() {
    JsonNode expected = Fixtures.json("js/expected.json");
    try (TensorFlowFile model = open(Fixtures.path("js"));
        TensorFlowFile frozen = open(Fixtures.path("frozen/graph.pb"))) {
      GraphDef.Builder bare = frozen.graph().toBuilder();
      bare.getNodeBuilderList().stream()
          .filter(n -> n.getOp().equals("Const"))
          .forEach(n -> n.removeAttr("value"));
      assertThat(model.graph()).isEqualTo(bare.build());
      for (Map.Entry<String, JsonNode> weight : expected.properties()) {
        Fixtures.assertSame(
            weight.getKey(),
            model.constants().read(weight.getKey()).orElseThrow(),
            weight.getValue());
      }
      assertThatThrownBy(() -> model.constants().read("words"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("words have the type string");
      assertThat(model.signatures().get("serving_default").getInputsOrThrow("image").getName())
          .isEqualTo("x:0");
    }
  }

  @Test
  void teachableMachinesModelsSayNoFormatAndHaveLabelsBeside() throws IOException {
    Path model = Fixtures.copy("js", folder).resolve("model.json");
    String text = Files.readString(model);
    Files.writeString(model, text.replace("\"format\": \"graph-model\", ", ""));
    Files.writeString(folder.resolve("metadata.json"), "{\"labels\": [\"cat\", \"dog\"]}");
    assertThat(recognised(model)).isTrue();
    try (TensorFlowFile file = open(model)) {
      assertThat(file.labels()).containsExactly("cat", "dog");
    }
  }

  @Test
  void everyMissingShardOfAGraphModelIsNamed() throws IOException {
    Fixtures.copy("js", folder);
    Files.delete(folder.resolve("group1-shard1of3.bin"));
    Files.delete(folder.resolve("group1-shard3of3.bin"));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("group1-shard1of3.bin")
        .hasMessageContaining("group1-shard3of3.bin");
  }

  @Test
  void aMetaGraphWithoutWeightsIsRefused() throws IOException {
    Path meta = folder.resolve("model.ckpt-9.meta");
    Files.copy(Fixtures.path("partitioned/model.ckpt-9.meta"), meta);
    for (Path path : List.of(meta, folder)) {
      assertThat(recognised(path)).isTrue();
      assertThatThrownBy(() -> open(path))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("model.ckpt-9.meta")
          .hasMessageContaining("beside it");
    }
  }

  @Test
  void aCheckpointWithoutAGraphIsRefused() {
    assertThatThrownBy(() -> open(Fixtures.path("types")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("holds weights without a graph; the file model.ckpt.meta is not");
  }

  @Test
  void ofNumberedVersionsTheNewestIsTaken() throws IOException {
    for (String version : List.of("2", "10")) {
      Fixtures.copy("objects", Files.createDirectory(folder.resolve(version)));
    }
    Files.createDirectory(folder.resolve("11"));
    assertThat(recognised(folder)).isTrue();
    try (TensorFlowFile file = open(folder)) {
      assertThat(file.name()).isEqualTo("10");
      assertThat(file.notes()).contains("The model is the one in the folder 10, the newest.");
    }
  }

  @Test
  void aSavedModelWithoutItsVariablesIsRefused() throws IOException {
    Files.copy(Fixtures.path("objects/saved_model.pb"), folder.resolve("saved_model.pb"));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("variables/variables.index is missing");
  }

  @Test
  void aSavedModelWhoseVariablesAreALinkOutIsRefused() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Fixtures.copy("objects", model);
    Path outside = Files.move(model.resolve("variables"), folder.resolve("outside"));
    Files.createSymbolicLink(model.resolve("variables"), outside);
    assertThatThrownBy(() -> open(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a link that leads out of the model's folder");
  }

  @Test
  void aMetaGraphOfAnotherNameTakesTheNewestCheckpoint() throws IOException {
    Fixtures.copy("partitioned", folder);
    Path meta = Files.move(folder.resolve("model.ckpt-9.meta"), folder.resolve("graph.meta"));
    try (TensorFlowFile file = open(meta)) {
      assertThat(file.notes())
          .containsExactly("The weights come from the checkpoint model.ckpt-10.");
      assertThat(file.variables().keys()).contains("net/first");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "objects, saved_model.pb, 61",
    "partitioned, model.ckpt-10.meta, 211",
    "partitioned, model.ckpt-9.meta, 101",
    "frozen, graph.pb, 2",
    "frozen, graph.pbtxt, 7",
    "js, model.json, 5",
  })
  void damagedFilesAreRefusedInWordsOrRead(String fixture, String name, int step)
      throws IOException {
    Path damaged = Fixtures.copy(fixture, folder).resolve(name);
    byte[] whole = Files.readAllBytes(damaged);
    int refused = 0;
    for (int i = 0; i < whole.length; i += step) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      for (byte[] bytes : List.of(Arrays.copyOf(whole, i), changed)) {
        Files.write(damaged, bytes);
        recognised(damaged);
        try (TensorFlowFile file = open(damaged)) {
          assertThat(file.graph()).isNotNull();
        } catch (ModelException e) {
          refused++;
          assertThat(e.getMessage()).isNotBlank().doesNotContain(folder.toString());
        }
      }
    }
    assertThat(refused).isGreaterThan(whole.length / step / 2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "layer { name: \"a\" op: \"b\" }                     | false",
        "name: \"CaffeNet\" node { op: \"b\" }               | false",
        "ir_version: 7 graph { node { op_type: \"Relu\" } }  | false",
        "node { name: \"a\" op: \"Relu\" }                   | true",
        "node: < name: 'a' op: 'Relu' >                      | true",
        "versions { producer: 9 } node { op: \"Relu\" }      | true",
        "{\"class_name\": \"Sequential\"}                    | false",
        "{\"modelTopology\": {\"class_name\": \"Model\"}}    | false",
        "{\"weightsManifest\": [], \"format\": \"graph-model\"} | true",
        "hello                                               | false",
      })
  void textsAreToldApartByTheirFirstFields(String text, boolean ours) throws IOException {
    Path file = folder.resolve("some.file");
    Files.writeString(file, text);
    assertThat(recognised(file)).isEqualTo(ours);
  }

  @Test
  void longTextsAndDeepNestingInTextsEndInAnAnswer() throws IOException {
    Path file = folder.resolve("graph.pbtxt");
    String start = "node { name: \"a\" op: \"Const\" attr { key: \"k\" value { ";
    Files.writeString(file, start + "s: \"" + "\\001".repeat(1 << 20) + "\" } } }");
    try (TensorFlowFile long1 = open(file)) {
      assertThat(long1.graph().getNode(0).getAttrOrThrow("k").getS().size()).isEqualTo(1 << 20);
    }
    String deeper = "func { attr { key: \"k\" value { ";
    Files.writeString(
        file,
        start + deeper.repeat(100_000) + "} } }".repeat(100_000) + " } } }",
        StandardCharsets.UTF_8);
    assertThatThrownBy(() -> open(file)).isInstanceOf(ModelException.class);
  }

  private static TensorFlowFile open(Path path) {
    return TensorFlowFiles.open(path, ImportOptions.none());
  }

  private static boolean recognised(Path path) {
    return TensorFlowFiles.recognises(path, head(path));
  }

  private static byte[] head(Path path) {
    return Files.isDirectory(path) ? new byte[0] : Messages.head(path);
  }
}
