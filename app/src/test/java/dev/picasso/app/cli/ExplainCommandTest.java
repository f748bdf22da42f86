package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path image;
  private Path maps;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    image = Samples.image(folder.resolve("photo.png"));
    maps = folder.resolve("new/maps");
  }

  private JsonNode results() throws IOException {
    return new ObjectMapper().readTree(maps.resolve("results.json").toFile());
  }

  private Stream<String> written() throws IOException {
    try (Stream<Path> files = Files.list(maps)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }

  @Test
  void whatImagesTrulyShowIsToldByFoldersOrATableAndCounted() throws IOException {
    for (String place : List.of("class 0/a.png", "class 0/b.png", "odd/c.png")) {
      Files.createDirectories(folder.resolve("set").resolve(place).getParent());
      Path unused = Samples.image(folder.resolve("set").resolve(place));
    }
    Path set = folder.resolve("set");
    Terminal done = Terminal.run("explain", model, set, "--true-labels", "folders", "-o", maps);
    assertThat(done.problems()).isEmpty();
    JsonNode tally = results().path("tally");
    assertThat(tally.path("judged").asInt()).isEqualTo(2);
    assertThat(tally.path("unknown").asInt()).isEqualTo(1);
    int told = results().at("/images/0/truth/told/index").asInt(-1);
    assertThat(told).isEqualTo(results().at("/images/0/predictions/0/index").asInt());
    assertThat(tally.path("wrong").asInt()).isEqualTo(told == 0 ? 0 : 2);
    assertThat(done.out()).contains(" of 2 wrong, accuracy ").contains("; 1 more without a label");

    Path table = Files.writeString(folder.resolve("t.csv"), "a.png," + told + "\nc.png,3\n");
    done =
        Terminal.run(
            "explain", model, set, "--true-labels", table, "--class", "true-labels", "-o", maps);
    assertThat(done.problems()).contains("What this picture truly shows is not known");
    assertThat(results().at("/images/0/truth/right").asBoolean()).isTrue();
    assertThat(results().at("/images/2/predictions/0/index").asInt()).isEqualTo(3);
    assertThat(results().at("/tally/judged").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "none.csv, --true-labels is none.csv; it must be folders",
    "foreign, none of the images stands in the table; it names"
  })
  void labelsThatTellNothingAreRefused(String from, String words) throws IOException {
    Path table = Files.writeString(folder.resolve("foreign"), "else.png,1\n");
    String given = from.equals("foreign") ? table.toString() : from;
    Terminal done = Terminal.run("explain", model, image, "--true-labels", given, "-o", maps);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains(words);
  }

  @Test
  void picturesArraysAndJsonAreWritten() throws IOException {
    Terminal done = Terminal.run("explain", model, image, "--top", 2, "--output", maps);
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("photo.png: class ")
        .contains("Results of 1 of 1 image are in " + maps);
    assertThat(written())
        .containsExactly(
            "photo-1-map.png",
            "photo-1.npy",
            "photo-1.png",
            "photo-2-map.png",
            "photo-2.npy",
            "photo-2.png",
            "photo-original.png",
            "results.json");
    assertThat(NpyFile.read(maps.resolve("photo-1.npy")).shape().dims()).containsExactly(10, 12);
    assertThat(ImageDecoder.standard().decode(maps.resolve("photo-1.png")).width()).isEqualTo(24);
    JsonNode json = results();
    assertThat(json.at("/model/file").asText()).isEqualTo("colour.onnx");
    assertThat(json.at("/model/sha256").asText()).hasSize(64);
    assertThat(json.at("/visualization").asText()).isEqualTo("saliency");
    assertThat(json.at("/images/0/image").asText()).isEqualTo(image.toString());
    assertThat(json.at("/images/0/panels/1/array").asText()).isEqualTo("photo-2.npy");
    assertThat(json.at("/images/0/predictions/0/probability").asDouble()).isBetween(.25, 1.);
  }

  @Test
  void everySettingOfTheMethodIsAnOption() throws IOException {
    Terminal done =
        Terminal.run(
            "explain",
            model,
            image,
            "--visualization=partial-occlusion",
            "--window",
            ".4",
            "--per-side",
            3,
            "--fill=BLACK",
            "-o",
            maps);
    assertThat(done.problems()).isEmpty();
    JsonNode settings = results().at("/settings");
    assertThat(settings.at("/window").asText()).isEqualTo("0.4");
    assertThat(settings.at("/perSide").asText()).isEqualTo("3");
    assertThat(settings.at("/fill").asText()).isEqualTo("black");
    assertThat(settings.at("/shows").asText()).isEqualTo("drop");
    assertThat(results().at("/images/0/example").asText()).isEqualTo("photo-example.png");
  }

  @Test
  void chosenClassesAreExplainedInsteadOfTheMostProbableOnes() throws IOException {
    Terminal done =
        Terminal.run("explain", model, image, "--class", 3, "--class", "class 0", "-o", maps);
    assertThat(done.problems()).isEmpty();
    assertThat(results().at("/images/0/panels").findValuesAsText("label"))
        .containsExactly("class 3", "class 0");
    assertThat(results().path("classes").toString()).isEqualTo("[3,0]");
    assertThat(Terminal.run("repeat", maps).code()).isZero();
    Terminal unknown = Terminal.run("explain", model, image, "--class", "wolf", "-o", maps);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.problems()).startsWith("--class is wolf; it must be one of the classes 0");
  }

  @Test
  void aClassIsExplainedAgainstAnother() throws IOException {
    Terminal done = Terminal.run("explain", model, image, "--class", "class 3-0", "-o", maps);
    assertThat(done.problems()).isEmpty();
    assertThat(done.out()).containsPattern("class 0 0\\.\\d+; difference of the logits [+-]\\d");
    assertThat(results().at("/images/0/panels").findValuesAsText("label"))
        .containsExactly("class 3 against class 0");
    assertThat(results().path("classes").toString()).isEqualTo("{\"class\":3,\"against\":0}");
    assertThat(Terminal.run("repeat", maps).out()).contains("1 of 1 image is equal bit for bit");
    assertThat(Terminal.run("report", maps, "-o", folder.resolve("r.html")).code()).isZero();
    assertThat(Files.readString(folder.resolve("r.html"))).contains("class 3 against class 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "saliency|3-3|--class is 3-3; a class cannot be set against itself. Name another one.",
        "saliency|3-9|--class is 3-9; it must be one of the classes 0 to 3",
        "saliency|0 --class 3-1|--class is 3-1, one class against another; here each must be one",
        "eigen-cam|3-1|Eigen-CAM is the same whatever the class",
        "partial-occlusion|3-1|Partial occlusion does not explain one class against another."
      })
  void whatIsNoPairIsToldBeforeAnythingIsWritten(String method, String classes, String problem) {
    List<Object> words =
        new ArrayList<>(List.of("explain", model, image, "-m", method, "-o", maps));
    words.add("--class");
    words.addAll(List.of(classes.split(" ")));
    Terminal done = Terminal.run(words.toArray());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).startsWith(problem);
    assertThat(maps).doesNotExist();
  }

  @Test
  void theHelpOfAMethodShowsItsSettings() {
    assertThat(Terminal.run("explain", "-m", "partial-occlusion", "--help").out())
        .contains("Settings of --method partial-occlusion:", "--window=NUMBER", "from 0.01 to 0.9")
        .doesNotContain("--transparency");
    assertThat(Terminal.run("explain", "--help").out())
        .contains("Settings of --method saliency:", "--transparency=NUMBER");
    assertThat(Terminal.run("explain", "-m", "class-probabilities", "--help").out())
        .doesNotContain("Settings of");
  }

  @Test
  void aFailedImageIsNamedAndTheOthersAreWritten() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    Terminal done = Terminal.run("explain", model, broken, image, "no.png", "-o", maps, "--top", 1);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems())
        .isEqualTo(
            broken
                + ": this is a text, not an image. Picasso reads PNG, JPEG, GIF, BMP, TIFF and"
                + " WebP.\nno.png: there is no such file.");
    assertThat(done.out()).contains("Results of 1 of 3 images");
    assertThat(written()).contains("photo-1.png");
    assertThat(results().at("/images")).hasSize(3);
    assertThat(results().at("/images/0/problem").asText()).contains("this is a text");
    assertThat(results().at("/images/1/problem").isMissingNode()).isTrue();
  }

  @Test
  void imagesOfAFolderAndOfOneNameAreKeptApart() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Samples.image(other.resolve("photo.png"));
    Samples.image(other.resolve("Photo.PNG"));
    Files.writeString(other.resolve("notes.txt"), "");
    Terminal done = Terminal.run("explain", model, image, other, "-o", maps, "--top", 1);
    assertThat(done.problems()).isEmpty();
    assertThat(written().filter(n -> n.endsWith("-1.png")))
        .containsExactly("Photo-2-1.png", "photo-1.png", "photo-3-1.png");
  }

  @Test
  void aConfigurationGivesLabelsNumberOfClassesAndImages() throws IOException {
    Files.writeString(
        folder.resolve("picasso.yaml"),
        """
        models:
          - id: first
            path: colour.onnx
            labels: [ant, bee, cat, dog]
            preprocessing: {preset: tf}
            top: 3
            images: photo.png
          - id: second
            path: colour.onnx
        """);
    Terminal done = Terminal.run("explain", folder, "--id", "first", "-o", maps);
    assertThat(done.err()).isEmpty();
    assertThat(done.out()).containsPattern("photo.png: (ant|bee|cat|dog) 0\\.\\d{3}, ");
    assertThat(results().at("/model/id").asText()).isEqualTo("first");
    assertThat(results().at("/images/0/panels")).hasSize(3);
    assertThat(Terminal.run("explain", folder, "-o", maps).problems())
        .isEqualTo("picasso.yaml: has several models; add --id first or --id second.");
    assertThat(Terminal.run("explain", folder, "--id", "second", "-o", maps).problems())
        .isEqualTo("Which images? Name files or folders after the model.");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "-m salency | There is no visualization salency; did you mean saliency?",
        "--transparency 2 | Saliency map: transparency is 2; it must be between 0 and 1.",
        "--gradient up | Saliency map: gradient is up; it must be one of plain, guided.",
        "--window .2 | --window is a setting of --method partial-occlusion.",
        "-m partial-occlusion --windw .2 | Possible solutions: --window",
        "--top 0 | --top is 0; it must be at least 1.",
        "--top many | Invalid value for option '--top': 'many' is not an int",
        "--id x | --id picks one of several models of a picasso.yaml;",
      })
  void wrongUseIsSaidInALine(String words, String message) {
    Stream<Object> all =
        Stream.concat(Stream.of("explain", model, image, "-o", maps), Stream.of(words.split(" ")));
    Terminal done = Terminal.run(all.toArray());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems())
        .contains(message)
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(maps).doesNotExist();
  }

  @Test
  void anOutputThatIsAFileIsRefused() {
    Terminal done = Terminal.run("explain", model, image, "-o", image);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).isEqualTo(image + ": a file is in the way.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grad-cam | --layer | nope | layer is nope; colour.onnx has no layer nope.",
        "score-cam | --layer | output | layer is output; its shape is [N, 4], without positions",
        "saliency | --region | 3,4 | region is 3,4; colour.onnx has one answer for a whole picture"
      })
  void aSettingThatIsWrongForTheModelIsToldOnceBeforeAnyImage(
      String method, String option, String value, String message) throws IOException {
    Path second = Samples.image(folder.resolve("second.png"));
    Terminal done =
        Terminal.run("explain", model, image, second, "-m", method, option, value, "-o", maps);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).startsWith(message).doesNotContain("\n");
    assertThat(maps).doesNotExist();
  }

  @Test
  void aMethodThatIsNotForTheModelIsToldOnceBeforeAnyImage() throws IOException {
    Path second = Samples.image(folder.resolve("second.png"));
    Terminal done = Terminal.run("explain", model, image, second, "-m", "class-map", "-o", maps);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains("has one answer for a whole").doesNotContain("\n");
    assertThat(maps).doesNotExist();
  }

  @Test
  void aRegionOfAMapIsRecordedAndRepeated() throws IOException {
    Path map = TestModel.MAP.write(folder);
    Terminal done = Terminal.run("explain", map, image, "--region", "4, 2,12,10", "-o", maps);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(results().at("/settings/region").asText()).isEqualTo("4,2,12,10");
    assertThat(results().at("/images/0/panels/0/meaning").asText())
        .contains("of the class in the box 4,2,12,10");
    Terminal again = Terminal.run("repeat", maps);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("1 of 1 image is equal bit for bit.");
  }
}
