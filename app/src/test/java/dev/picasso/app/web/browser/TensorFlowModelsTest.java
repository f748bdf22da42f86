package dev.picasso.app.web.browser;

import static dev.picasso.app.web.browser.PicassoPage.see;
import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.Zoo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of TensorFlow on the page: the example, and files that somebody brings. */
class TensorFlowModelsTest {
  private static final Path SAVED_MODEL = Zoo.example("mnist-tensorflow/saved-model");

  @RegisterExtension static final Visit VISIT = new Visit();

  @TempDir Path folder;

  // ------------------------------------------------------------------ example

  @ParameterizedTest
  @ValueSource(strings = {"mnist-tensorflow", "mnist-saved-model"})
  void theExampleKnowsItsDigitsAndShowsWhere(String model) {
    PicassoPage page = VISIT.open("?model=" + model);
    see(page.at("#model-facts")).containsText("28 × 28 grey · 10 classes");
    page.addSamples();
    page.pickMethod("class-probabilities");
    page.explainAll();
    List<Path> samples = Examples.model(model).images();
    assertThat(samples).hasSize(10);
    for (Path sample : samples) {
      String name = sample.getFileName().toString();
      see(page.row(name).locator("ol.classes li").first())
          .containsText(Pattern.compile("^\\s*" + seenAs(name) + "\\s"));
    }
    for (String method : List.of("saliency", "partial-occlusion")) {
      page.pickMethod(method);
      page.explainAll();
      for (Path sample : samples) {
        String name = sample.getFileName().toString();
        assertThat(page.heads(name).get(0)).startsWith(seenAs(name) + " ");
      }
      // no single window hides enough of some digits, but of a one it does
      requireSeveralColours(page.picture(page.map("1-1.png", 0).locator("img")));
    }
  }

  /** The digit that an image is named after; one of them this network mistakes. */
  private static String seenAs(String image) {
    return image.equals("3-1.png") ? "5" : image.substring(0, 1);
  }

  private static void requireSeveralColours(BufferedImage map) {
    long colours =
        IntStream.range(0, map.getWidth() * map.getHeight())
            .map(i -> map.getRGB(i % map.getWidth(), i / map.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"saliency", "partial-occlusion"})
  void theCheckpointShowsWhatTheEngineComputes(String method) {
    Path sample = Examples.sample("mnist-tensorflow", "7-1.png");
    PicassoPage page = VISIT.open("?model=mnist-tensorflow");
    page.addFiles(sample);
    page.pickMethod(method);
    page.explainAll();
    try (Engine engine = Engine.of("mnist-tensorflow")) {
      assertThat(page.heads("7-1.png").subList(0, 3))
          .isEqualTo(engine.heads(engine.image(sample), 3));
    }
  }

  // ---------------------------------------------------------------- own files

  /** The example's SavedModel as a person has it, with a list of labels in it. */
  private Path ownModel() throws IOException {
    Path model = folder.resolve("my_digits");
    try (Stream<Path> files = Files.walk(SAVED_MODEL)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, model.resolve(SAVED_MODEL.relativize(file).toString()));
      }
    }
    Files.writeString(
        model.resolve("labels.txt"),
        "null\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
    return model;
  }

  private static Path zipped(Path model, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = model.resolveSibling("").relativize(file).toString().replace('\\', '/');
        entries.putNextEntry(new ZipEntry(name));
        Files.copy(file, entries);
      }
    }
    return zip;
  }

  private void requireExplained(PicassoPage page) {
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals("my_digits"));
    see(page.at("#model-facts")).containsText("saved_model.pb · TensorFlow SavedModel");
    page.addFiles(Examples.sample("mnist-tensorflow", "7-1.png"));
    page.pickMethod("saliency");
    page.explainAll();
    assertThat(page.heads("7-1.png").get(0)).startsWith("seven ");
    requireSeveralColours(page.picture(page.map("7-1.png", 0).locator("img")));
  }

  @Test
  void aDroppedFolderOfASavedModelIsOneModel() throws IOException {
    PicassoPage page = VISIT.openMnist();
    page.drop(ownModel());
    requireExplained(page);
  }

  @Test
  void aDroppedArchiveOfASavedModelIsOneModel() throws IOException {
    Path model = ownModel();
    PicassoPage page = VISIT.openMnist();
    page.drop(zipped(model, folder.resolve("digits.zip")));
    requireExplained(page);
  }

  @Test
  void aPickedArchiveOfASavedModelIsOneModel() throws IOException {
    Path model = ownModel();
    PicassoPage page = VISIT.openMnist();
    page.at("#model-file").setInputFiles(zipped(model, folder.resolve("digits.zip")));
    requireExplained(page);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ckpt_v2, model.ckpt-7, TensorFlow checkpoint",
    "ckpt_v1, model.ckpt-7, TensorFlow checkpoint",
    "ckpt_v1_sharded, model.ckpt-7, TensorFlow checkpoint",
    "tfjs_lenet_uint16, model, TensorFlow.js graph",
  })
  void theFilesOfAModelAreDroppedTogether(String files, String id, String format)
      throws IOException {
    PicassoPage page = VISIT.openMnist();
    try (Stream<Path> all = Files.list(Zoo.file(files))) {
      page.drop(all.toArray(Path[]::new));
    }
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals(id));
    see(page.at("#model-facts")).containsText(format);
    see(page.trayItems()).hasCount(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "net_lenet.pb, frozen graph",
    "net_learning_phase.pbtxt, frozen graph",
    "tflite/net_float.tflite, TensorFlow Lite",
  })
  void aModelNeedsNoEnding(String file, String format) throws IOException {
    Path bare = Files.copy(Zoo.file(file), folder.resolve("bare"));
    PicassoPage page = VISIT.openMnist();
    page.drop(bare);
    page.tab().waitForCondition(() -> page.at("#model").inputValue().equals("bare"));
    see(page.at("#model-facts")).containsText(format);
  }

  @Test
  void severalSignaturesAreListedWithWhatToDo() {
    PicassoPage page = VISIT.openMnist();
    page.drop(Zoo.file("sm2_two_signatures"));
    see(page.at("#model-facts .problem"))
        .containsText("sm2_two_signatures: has several signatures and none called serving_default");
    see(page.at("#model-facts .problem"))
        .containsText("classify (takes image: float[?, 10, 10, 3])");
    see(page.at("#model-facts .problem")).containsText("signature: classify");
    VISIT.expectComplaint("422 (Unprocessable Entity)");
    see(page.at("#model")).hasValue(Examples.MNIST);
  }

  @Test
  void aPartOfAModelIsToldWhatElseIsNeeded() {
    PicassoPage page = VISIT.openMnist();
    page.drop(Zoo.file("sm2_shards").resolve("saved_model.pb"));
    see(page.at("#model-facts .problem")).containsText("Copy the whole folder of the model");
    page.drop(Zoo.file("ckpt_v2").resolve("model.ckpt-7.data-00000-of-00001"));
    see(page.at("#model-facts .problem")).containsText("model.ckpt-7.meta (the graph)");
    VISIT.expectComplaint("422 (Unprocessable Entity)");
  }
}
