package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.PicassoException;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where results go, nothing is lost and nothing is mixed. */
class ResultsFolderTest {
  private static final Provenance MADE =
      new Provenance(
          "1",
          new Provenance.OfModel("m", "m", "m.onnx", "", "", "ONNX", false),
          "saliency",
          Map.of(),
          Classes.top(5),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          new Provenance.Machine("17", "1", "Linux amd64", 2, 0, true),
          Optional.empty(),
          Instant.EPOCH);

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void model() throws IOException {
    model = TestModel.COLOUR.write(Files.createDirectory(folder.resolve("model")));
  }

  private Set<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }

  /** What {@code results.json} lists, and itself. */
  private Set<String> listed(Path of) throws IOException {
    JsonNode json = new ObjectMapper().readTree(of.resolve("results.json").toFile());
    Set<String> files = new TreeSet<>(Set.of("results.json"));
    for (JsonNode image : json.path("images")) {
      files.add(image.path("original").asText());
      for (JsonNode panel : image.path("panels")) {
        List.of("overlay", "map", "array").forEach(key -> files.add(panel.path(key).asText()));
      }
    }
    return files;
  }

  private Terminal explain(Object... words) {
    return Terminal.run(
        Stream.concat(Stream.of("explain", model, "--top", 2), Stream.of(words)).toArray());
  }

  @Test
  void imagesBesideTheResultsStayAsTheyAre() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path photo = Samples.image(out.resolve("photo.png"));
    Path named = Samples.image(out.resolve("PHOTO-1.png"));
    Path elsewhere = Samples.image(folder.resolve("photo-2.png"));
    Files.createSymbolicLink(out.resolve("photo-2.png"), elsewhere);
    Map<Path, byte[]> before =
        Map.of(
            photo, Files.readAllBytes(photo),
            named, Files.readAllBytes(named),
            elsewhere, Files.readAllBytes(elsewhere));
    for (int i = 0; i < 2; i++) {
      Terminal done = explain(photo, named, out.resolve("../out/photo-2.png"), "-o", out);
      assertThat(done.problems()).isEmpty();
      for (Path file : before.keySet()) {
        assertThat(file).hasBinaryContent(before.get(file));
      }
      Set<String> all = listed(out);
      assertThat(all).hasSize(1 + 3 * 7);
      all.addAll(Set.of("photo.png", "PHOTO-1.png", "photo-2.png"));
      assertThat(names(out)).isEqualTo(all);
    }
  }

  @Test
  void aSecondRunReplacesTheFirstAndNothingElse() throws IOException {
    Path a = Samples.image(folder.resolve("a.png"));
    Path b = Samples.image(folder.resolve("b.png"));
    Path out = folder.resolve("out");
    assertThat(Terminal.run("explain", model, a, "-o", out, "--top", 4).code()).isZero();
    Files.writeString(out.resolve("notes.txt"), "mine");
    Files.writeString(out.resolve("a-9.png"), "mine too");
    Terminal second = explain(b, "-o", out);
    assertThat(second.err())
        .contains("note: the results of an earlier run in " + out + " were replaced (13 files).");
    Set<String> expected = listed(out);
    assertThat(expected).hasSize(8).contains("b-1.png");
    expected.addAll(Set.of("notes.txt", "a-9.png"));
    assertThat(names(out)).isEqualTo(expected);
    assertThat(explain(a, "-o", out).code()).isZero();
    assertThat(listed(out)).contains("a-2-1.png").doesNotContain("a-1.png");
    assertThat(out.resolve("a-9.png")).hasContent("mine too");
  }

  @Test
  void resultsThatAreExplainedThemselvesStay() throws IOException {
    Path out = folder.resolve("out");
    explain(Samples.image(folder.resolve("a.png")), "-o", out);
    Path again = out.resolve("a-original.png");
    byte[] bytes = Files.readAllBytes(again);
    assertThat(explain(again, "-o", out).problems()).isEmpty();
    assertThat(again).hasBinaryContent(bytes);
    assertThat(listed(out)).contains("a-original-1.png");
  }

  @Test
  void aFolderOfImagesIsNotExplainedWithItsResults() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Samples.image(out.resolve("a.png"));
    explain(out, "-o", out);
    Set<String> first = names(out);
    assertThat(explain(out, "-o", out).out()).contains("Results of 1 of 1 image");
    assertThat(names(out)).isEqualTo(first);
    assertThat(Terminal.run("predict", model, out).out().lines()).hasSize(1 + 4);
  }

  @Test
  void anotherProgramsResultsAreNotTouched() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path image = Samples.image(folder.resolve("a.png"));
    for (String content :
        List.of("", "[1]", "{\"images\": []}", "{\"picasso\": 1, \"images\": []}")) {
      Files.writeString(out.resolve("results.json"), content);
      Terminal done = explain(image, "-o", out);
      assertThat(done.code()).isEqualTo(2);
      assertThat(done.problems()).contains("results.json: is not Picasso's", "--output");
      assertThat(names(out)).containsExactly("results.json");
      assertThat(out.resolve("results.json")).hasContent(content);
    }
  }

  @Test
  void anIndexCannotNameFilesThatAreNoResults() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path outside = Files.writeString(folder.resolve("x-1.png"), "mine");
    Files.writeString(out.resolve("model.onnx"), "mine");
    Files.createDirectory(out.resolve("f-1.png"));
    Files.writeString(
        out.resolve("results.json"),
        """
        {"picasso": "1", "images": [{"original": "../x-1.png", "example": "model.onnx",
          "panels": [{"overlay": "f-1.png", "map": "%s", "array": ".."}]}]}
        """
            .formatted(outside.toString().replace("\\", "\\\\")));
    assertThat(explain(Samples.image(folder.resolve("a.png")), "-o", out).code()).isZero();
    assertThat(outside).hasContent("mine");
    assertThat(names(out)).contains("model.onnx", "f-1.png", "a-1.png");
  }

  @Test
  void twoRunsDoNotMix() throws IOException {
    Path out = folder.resolve("out");
    Path image = Samples.image(folder.resolve("a.png"));
    try (ResultsFolder first = ResultsFolder.open(out, MADE, List.of(image))) {
      Terminal second = explain(image, "-o", out);
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.problems()).contains("another run is writing its results there");
      first.failed(0, "a.png", "no");
    }
    assertThat(names(out)).containsExactly("results.json");
    assertThat(explain(image, "-o", out).problems()).isEmpty();
  }

  @Test
  void whatAKilledRunLeftIsGoneAfterTheNext() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    for (String name :
        List.of("old-1.png", "old-1.npy", "a-b-1-map.png", "older-1.png", "b-1.png")) {
      Files.writeString(out.resolve(name), "left over");
    }
    Files.writeString(out.resolve(".picasso-running"), "===\nold-*\na-b-1-map.png\n../model\n");
    assertThat(explain(Samples.image(folder.resolve("b.png")), "-o", out).problems()).isEmpty();
    Set<String> expected = listed(out);
    expected.addAll(Set.of("older-1.png", "b-1.png"));
    assertThat(names(out)).isEqualTo(expected);
  }

  @Test
  void aRunThatIsBrokenOffSaysWhichImagesAreMissing() throws IOException {
    Path out = folder.resolve("out");
    List<Path> images = List.of(Path.of("a.png"), Path.of("b.png"));
    ResultsFolder run = ResultsFolder.open(out, MADE, images);
    run.failed(0, "a.png", "no picture");
    run.close();
    JsonNode json = new ObjectMapper().readTree(out.resolve("results.json").toFile());
    assertThat(json.at("/images/0/problem").asText()).isEqualTo("no picture");
    assertThat(json.at("/images/1/problem").asText())
        .isEqualTo("The run ended before this image was finished.");
    assertThatThrownBy(() -> run.failed(1, "b.png", "")).isInstanceOf(PicassoException.class);
  }

  @Test
  void aLinkToAFolderIsAFolder() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), out);
    Path image = Samples.image(folder.resolve("a.png"));
    assertThat(explain(image, "-o", link).problems()).isEmpty();
    assertThat(names(out)).contains("a-1.png", "results.json");
  }
}
