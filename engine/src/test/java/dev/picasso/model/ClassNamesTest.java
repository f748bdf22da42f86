package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.model.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  @TempDir Path folder;

  private static Model load(Path model) {
    return ModelLoader.standard().load(ModelRequest.of(model));
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.txt",
        "label.txt",
        "my-labels-v2.txt",
        "ImageNetLabels.txt",
        "dict.txt",
        "model-export-dict.txt",
        "class_names.txt",
        "classes.txt",
        "imagenet_classes.txt",
        "synset.txt",
        "categories.txt",
        "label_map.txt",
        "labels.csv",
        "signnames.csv",
        "coco.names",
        "three.labels"
      })
  void labelsAreFoundBesideAModelWhateverTheyAreCalled(String name) throws IOException {
    put(name, "2 blue\n0 red\n1 green");
    Model model = load(SmallModel.write(folder.resolve("three.onnx"), 3));
    assertThat(model.classes()).containsExactly("red", "green", "blue");
    assertThat(model.imported().notes())
        .contains("The labels come from " + name + " beside the model.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "class_indices.json ~ {\"b\": 1, \"a\": 0}",
        "metadata.json ~ {\"labels\": [\"a\", \"b\"]}",
        "config.json ~ {\"id2label\": {\"0\": \"a\", \"1\": \"b\"}}",
        "index_to_name.json ~ {\"0\": \"a\", \"1\": \"b\"}",
        "imagenet_class_index.json ~ {\"0\": [\"n1\", \"a\"], \"1\": [\"n2\", \"b\"]}",
        "labels.json ~ [\"a\", \"b\"]",
        "idx_to_class.json ~ {0: 'a', 1: 'b'}",
      })
  void jsonBesideAModelIsRead(String name, String text) throws IOException {
    put(name, text);
    assertThat(load(SmallModel.write(folder.resolve("m.onnx"), 2)).classes())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.txt", "requirements.txt", "notes.json", "train.csv", "log.txt"})
  void otherFilesAreNotTakenForLabels(String name) throws IOException {
    put(name, "a\nb");
    Model model = load(SmallModel.write(folder.resolve("m.onnx"), 2));
    assertThat(model.classes()).isEmpty();
    assertThat(model.imported().notes()).noneMatch(n -> n.contains("label"));
  }

  @Test
  void ofSeveralTheOneWithTheRightNumberIsTaken() throws IOException {
    put("labels.txt", "a\nb\nc\nd");
    put("other_labels.txt", "x\ny");
    assertThat(load(SmallModel.write(folder.resolve("m.onnx"), 2)).classes())
        .containsExactly("x", "y");
  }

  @Test
  void ofSeveralThatFitTheOneCalledAfterTheModelIsTaken() throws IOException {
    put("labels.txt", "a\nb");
    put("flowers_labels.txt", "x\ny");
    put("zoo_labels.txt", "p\nq");
    assertThat(load(SmallModel.write(folder.resolve("flowers.onnx"), 2)).classes())
        .containsExactly("x", "y");
    assertThat(load(SmallModel.write(folder.resolve("fruit.onnx"), 2)).classes())
        .containsExactly("a", "b");
  }

  @Test
  void labelsOfAPublishedModelLieAFolderUp() throws IOException {
    put("config.json", "{\"id2label\": {\"0\": \"a\", \"1\": \"b\"}}");
    assertThat(load(SmallModel.write(folder.resolve("onnx/model.onnx"), 2)).classes())
        .containsExactly("a", "b");
    assertThat(load(SmallModel.write(folder.resolve("mine/model.onnx"), 2)).classes()).isEmpty();
  }

  @Test
  void namesThatTellNothingAreNone() throws IOException {
    put("config.json", "{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}");
    assertThat(load(SmallModel.write(folder.resolve("m.onnx"), 2)).classes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "classes ~ [\"a\", \"b\"]",
        "Labels ~ a,b",
        "class_names ~ ['a', 'b']",
        "names ~ {0: 'a', 1: 'b'}"
      })
  void anOnnxFileMayListItsClasses(String key, String value) throws IOException {
    Path file = SmallModel.write(folder.resolve("m.onnx"), 2, Map.of(key, value, "author", "c,d"));
    Model model = load(file);
    assertThat(model.classes()).containsExactly("a", "b");
    assertThat(model.imported().notes())
        .contains("The labels come from the file's metadata (" + key + ").");
    put("labels.txt", "x\ny");
    assertThat(load(file).classes()).containsExactly("a", "b");
    assertThat(load(file).imported().notes())
        .contains("labels.txt beside the model is not used: the model's file has labels itself.");
    put("m-labels.txt", "p\nq");
    assertThat(load(file).classes()).containsExactly("p", "q");
  }

  @Test
  void aWrongNumberIsSaidAndTheLabelsAreLeftOut() throws IOException {
    put("labels.txt", "a\nb\nc\nd");
    Path file = SmallModel.write(folder.resolve("m.onnx"), 2, Map.of("classes", "x,y,z"));
    Model model = load(file);
    assertThat(model.classes()).isEmpty();
    assertThat(model.imported().notes())
        .contains(
            "labels.txt beside the model has 4 labels for 2 classes; they are left out.",
            "The file's metadata (classes) has 3 labels for 2 classes; they are left out.");
  }

  @ParameterizedTest
  @CsvSource({"30, put a line \"background\" before", "32, take its line out"})
  void oneTooFewOrTooManyHasAUsualCause(int labels, String remedy) throws IOException {
    put("labels.txt", String.join("\n", Collections.nCopies(labels, "x")));
    assertThat(load(SmallModel.write(folder.resolve("m.onnx"), 31)).imported().notes())
        .anyMatch(n -> n.contains(labels + " labels for 31 classes") && n.contains(remedy));
  }

  @Test
  void whatIsNoTextIsSaid() throws IOException {
    Files.write(folder.resolve("labels.txt"), "rot\ngrün".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(load(SmallModel.write(folder.resolve("m.onnx"), 2)).imported().notes())
        .contains("The file labels.txt beside the model is no text in UTF-8; it is left out.");
  }

  @Test
  void thePersonsOwnLabelsMustFit() throws IOException {
    Path file = SmallModel.write(folder.resolve("m.onnx"), 3);
    ModelRequest request =
        new ModelRequest("m", "m", file, Optional.empty(), ImportOptions.none(), List.of("a", "b"));
    assertThatThrownBy(() -> ModelLoader.standard().load(request))
        .isInstanceOf(ModelException.class)
        .hasMessage("m.onnx: has 3 classes, but there are 2 labels.");
    put("short.txt", "a\nb");
    put("picasso.yaml", "models: [{path: m.onnx, labels: short.txt}]");
    assertThatThrownBy(
            () ->
                load(
                    Configuration.read(
                        folder.resolve("picasso.yaml"), ClassNamesTest.class.getClassLoader())))
        .hasMessage("m.onnx: has 3 classes, but short.txt has 2 labels.");
  }

  private static Model load(Configuration configuration) {
    return ModelLoader.standard().load(configuration.model(Optional.empty()).request());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bom.yaml", "shuffled.yaml"})
  void collectedConfigurationsNameTheClasses(String name) throws IOException {
    Path labels = TestData.require("faults/labels");
    for (String file : List.of(name, "bom.txt", "shuffled.txt")) {
      Files.copy(labels.resolve(file), folder.resolve(file));
    }
    SmallModel.write(folder.resolve("colour.onnx"), 3);
    assertThat(
            load(Configuration.read(folder.resolve(name), ClassNamesTest.class.getClassLoader()))
                .classes())
        .containsExactly("red", "green", "blue");
  }
}
