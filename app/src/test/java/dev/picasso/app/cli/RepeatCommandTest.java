package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.run.FileHash;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are made again and compared with those that lie there. */
class RepeatCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path photo;
  private Path maps;

  @BeforeEach
  void explained() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    model = TestModel.COLOUR.write(there);
    photo = Samples.image(there.resolve("photo.png"));
    Path other = Samples.image(there.resolve("other.png"));
    maps = there.resolve("maps");
    Terminal done =
        Terminal.run(
            "explain",
            model,
            photo,
            other,
            "-m",
            "partial-occlusion",
            "--fill",
            "white",
            "--top",
            2,
            "-o",
            maps);
    assertThat(done.code()).as(done.err()).isZero();
  }

  private Terminal repeat(Object... more) {
    Object[] words = new Object[more.length + 2];
    words[0] = "repeat";
    words[1] = maps;
    System.arraycopy(more, 0, words, 2, more.length);
    return Terminal.run(words);
  }

  private void change(Consumer<ObjectNode> how) throws IOException {
    Path index = maps.resolve("results.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(index.toFile());
    how.accept(json);
    Files.writeString(index, json.toPrettyString());
  }

  @Test
  void theSameIsMadeAgainBitForBit() {
    Terminal again = repeat();
    assertThat(again.problems()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(again.out())
        .contains("photo.png: equal (2 classes, 2 files of numbers)")
        .endsWith("2 of 2 images are equal bit for bit.\n");
  }

  @Test
  void allMayMoveTogether() throws IOException {
    Path moved = folder.resolve("moved");
    Files.move(folder.resolve("there"), moved);
    maps = moved.resolve("maps");
    assertThat(repeat().code()).isZero();
    assertThat(Terminal.run("repeat", maps.resolve("results.json")).code()).isZero();
  }

  @Test
  void whatLiesElsewhereIsNamed() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    Path images = Files.createDirectory(folder.resolve("images"));
    Path renamed = Files.move(model, models.resolve("net.onnx"));
    Terminal lost = repeat();
    assertThat(lost.code()).isEqualTo(2);
    assertThat(lost.problems()).contains("there is no such file");
    Files.move(photo, images.resolve("renamed.png"));
    Terminal missing = repeat("--model", renamed);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.problems())
        .contains("photo.png: is not there any more", "--images", "Nothing was repeated")
        .doesNotContain("other.png");
    // Samples are alike, so that one file stands for both by its content.
    Terminal found = repeat("--model", renamed, "--images", images);
    assertThat(found.problems()).isEmpty();
    assertThat(found.code()).isZero();
  }

  @Test
  void numbersThatDifferAreToldWithTheLargestDifference() throws IOException {
    Path array = maps.resolve("photo-2.npy");
    Tensor was = NpyFile.read(array);
    float[] values = was.floats();
    values[0] += .25f;
    values[7] -= .125f;
    NpyFile.write(array, Tensor.of(values, was.shape().dims()));
    Files.delete(maps.resolve("other-1.npy"));
    Terminal done = repeat();
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out())
        .contains("differs at 2 of " + values.length + " places, by 0.25 at most.")
        .contains("other.png: other-1.npy is missing.")
        .endsWith("0 of 2 images are equal bit for bit.\n");
  }

  @Test
  void otherProbabilitiesAreTold() throws IOException {
    change(
        json ->
            ((ObjectNode) json.at("/images/0/predictions/0"))
                .put("probability", json.at("/images/0/predictions/0/probability").asDouble() + 1));
    Terminal done = repeat();
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out())
        .contains("photo.png: 1 of 2 probabilities differ, by 1 at most.")
        .contains("1 of 2 images is equal");
  }

  @Test
  void anotherModelIsRefusedUnlessItIsWantedAnyway() throws IOException {
    Path other = TestModel.GREY.write(Files.createDirectory(folder.resolve("grey")));
    Terminal refused = repeat("--model", other);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems())
        .contains("The model is another one", "Images are prepared otherwise: ", "--anyway");
    assertThat(refused.out()).isEmpty();
    Terminal anyway = repeat("--model", other, "--anyway");
    assertThat(anyway.problems()).contains("The model is another one");
    assertThat(anyway.out()).contains("0 of 2 images are equal");
    assertThat(anyway.code()).isEqualTo(2);
  }

  @Test
  void anotherImageIsRefusedUnlessItIsWantedAnyway() throws IOException {
    Files.write(photo, Files.readAllBytes(maps.resolve("photo-1.png")));
    Terminal refused = repeat();
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems()).contains("photo.png: is not the image that it was");
    Terminal anyway = repeat("--anyway");
    assertThat(anyway.out()).contains("other.png: equal", "1 of 2 images is equal");
    assertThat(anyway.code()).isEqualTo(2);
  }

  @Test
  void anotherMachineIsNoted() throws IOException {
    change(json -> ((ObjectNode) json.path("machine")).put("java", "11").put("cores", 64));
    Terminal done = repeat();
    assertThat(done.code()).isZero();
    assertThat(done.err())
        .contains("note: The version of Java is ", " and was 11.", "The number of cores is ");
  }

  @Test
  void newResultsCanBeKeptAndRepeated() {
    Path again = folder.resolve("again");
    assertThat(repeat("-o", again).code()).isZero();
    assertThat(again.resolve("photo-1.npy")).hasSameBinaryContentAs(maps.resolve("photo-1.npy"));
    maps = again;
    assertThat(repeat().code()).isZero();
    Terminal over = repeat("-o", again);
    assertThat(over.code()).isEqualTo(2);
    assertThat(over.problems()).contains("--output is the folder of the results themselves");
    assertThat(again.resolve("photo-1.npy")).exists();
  }

  /** Two models side by side; the folder of the other one. */
  private Path compared() throws IOException {
    Path others = Files.createDirectory(folder.resolve("there").resolve("others"));
    Path other = TestModel.GREY.write(others);
    maps = folder.resolve("there").resolve("compared");
    Terminal done =
        Terminal.run("compare", model, photo, "--with", other, "-m", "saliency", "-o", maps);
    assertThat(done.code()).as(done.err()).isZero();
    return other;
  }

  @Test
  void modelsBesideTheFirstAreRecordedAndFoundWhereTheyLay() throws IOException {
    Path other = compared();
    JsonNode json = new ObjectMapper().readTree(maps.resolve("results.json").toFile());
    JsonNode recorded = json.path("others").path(other.toString());
    assertThat(recorded.path("sha256").asText()).isEqualTo(FileHash.of(other));
    assertThat(recorded.path("graph").asText()).isNotEmpty();
    assertThat(recorded.path("preprocessing")).isNotEmpty();
    Path moved = folder.resolve("moved");
    Files.move(folder.resolve("there"), moved);
    maps = moved.resolve("compared");
    Terminal again = repeat();
    assertThat(again.problems()).isEmpty();
    assertThat(again.code()).isZero();
  }

  @Test
  void anotherModelBesideTheFirstIsRefusedUnlessItIsWantedAnyway() throws IOException {
    Path other = compared();
    Files.copy(model, other, StandardCopyOption.REPLACE_EXISTING);
    Terminal refused = repeat();
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems())
        .contains("The model beside it, " + other + ", is another one", "Nothing was repeated");
    assertThat(refused.out()).isEmpty();
    Terminal anyway = repeat("--anyway");
    assertThat(anyway.out()).contains("0 of 1 image are equal");
  }

  @Test
  void modelsBesideTheFirstAreNamedWhereTheyLieElsewhere() throws IOException {
    Path other = compared();
    Path renamed = Files.move(other, folder.resolve("renamed.onnx"));
    Terminal lost = repeat();
    assertThat(lost.code()).isEqualTo(2);
    assertThat(lost.problems()).contains("is not where it was", "--with");
    Path again = folder.resolve("again");
    Terminal found = repeat("--with", renamed, "-o", again);
    assertThat(found.problems()).isEmpty();
    assertThat(found.code()).isZero();
    maps = again;
    assertThat(repeat().problems()).as("the new results say where it lies").isEmpty();
    assertThat(repeat("--with", model).problems()).contains("is another one");
    assertThat(repeat("--with", renamed, "--with", model).problems())
        .contains("--with names 2 models, and the results have 1 beside their own.");
  }

  /** On the page models have ids, which are no files. */
  @Test
  void modelsBesideTheFirstOfResultsOfTheWebPageAreNamedToo() throws IOException {
    Path other = compared();
    change(
        json -> {
          json.remove("given");
          ObjectNode others = (ObjectNode) json.path("others");
          others.set("an-id", others.remove(other.toString()));
          ((ObjectNode) json.path("settings")).put("models", "an-id");
        });
    Terminal lost = repeat("--model", model, "--images", photo.getParent());
    assertThat(lost.problems()).contains("The model an-id (grey.onnx), which stands beside");
    Terminal done = repeat("--model", model, "--with", other, "--images", photo.getParent());
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
  }

  @Test
  void whatIsNotPicassosIsRefused() throws IOException {
    for (String text : new String[] {"", "[]", "{\"picasso\": \"1\"}", "{\"picasso\": \"1\", "}) {
      Files.writeString(maps.resolve("results.json"), text);
      Terminal done = repeat();
      assertThat(done.code()).isEqualTo(2);
      assertThat(done.problems()).contains("is no results.json that Picasso wrote");
    }
    assertThat(Terminal.run("repeat", folder.resolve("nix")).problems())
        .contains("there is no such file");
  }

  @Test
  void namesInTheFileLeadNowhere() throws IOException {
    Files.write(folder.resolve("out-1.npy"), NpyFile.bytes(Tensor.of(new float[4], 2, 2)));
    change(json -> ((ObjectNode) json.at("/images/0/panels/0")).put("array", "../../out-1.npy"));
    Terminal done = repeat();
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out()).doesNotContain("out-1").contains("There are 2 parts now, and were 1.");
  }

  @Test
  void resultsOfTheWebPageCanBeRepeatedToo() throws IOException {
    change(
        json -> {
          json.remove("given");
          json.path("images").forEach(image -> ((ObjectNode) image).remove("file"));
          ((ObjectNode) json.at("/images/0")).put("image", "photo.png");
          ((ObjectNode) json.at("/images/1")).put("image", "other.png");
        });
    assertThat(repeat().problems()).contains("do not say where their model lies", "--model");
    Terminal done = repeat("--model", model, "--images", folder.resolve("there"));
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
  }
}
