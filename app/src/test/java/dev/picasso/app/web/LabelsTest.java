package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.format.labels.LabelTable;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders, archives and tables of images, and what these truly show. */
class LabelsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private static byte[] picture(int shade) {
    return Pictures.png(8, 8, new Color(shade, shade, shade));
  }

  private static byte[] zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write(
            namesAndContents[i + 1] instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : (byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> shown(JsonNode images) {
    return StreamSupport.stream(images.spliterator(), false)
        .map(i -> i.path("name").asText() + "=" + i.path("label").asText("-"))
        .toList();
  }

  private List<String> images() {
    return shown(person.get("/api/v1/images").json().path("images"));
  }

  private Answer table(String text) {
    return person.send(
        person
            .request("/api/v1/images/labels")
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(text))
            .build());
  }

  private Answer label(String image, String json) {
    return person.send(
        person
            .request("/api/v1/images/" + image)
            .method("PATCH", BodyPublishers.ofString(json))
            .build());
  }

  @Test
  void imagesOfOneNameAreToldApart() {
    for (String name : List.of("1.png", "a/1.png", "b/1.png", "1.png", "b/1.png", "x\\1.png")) {
      person.upload("/api/v1/images", new Upload(name, picture(9)));
    }
    assertThat(images())
        .containsExactly(
            "1.png=-", "a/1.png=-", "b/1.png=-", "1 (2).png=-", "b/1 (2).png=-", "x/1.png=-");
  }

  @Test
  void foldersAreLabelsWhereThatIsWanted() {
    person.upload("/api/v1/images?labels=folders", new Upload("set/tank/1.png", picture(1)));
    person.upload("/api/v1/images?labels=folders", new Upload("2.png", picture(1)));
    person.upload("/api/v1/images", new Upload("set/tank/3.png", picture(1)));
    assertThat(images()).containsExactly("tank/1.png=tank", "2.png=-", "tank/3.png=-");
  }

  @Test
  void aZipIsItsImagesInTheOrderOfTheirNamesAndItsTableTellsWhatTheyShow() throws IOException {
    byte[] zip =
        zip(
            "set/10.png", picture(10),
            "set/2.png", picture(2),
            "set/readme.txt", "hello",
            "__MACOSX/set/._2.png", "x",
            "labels.csv", "image,label\nset/2.png,tank\n10.png,\"no tank, \"\"sky\"\"\"\n");
    JsonNode answer = person.upload("/api/v1/images", new Upload("all.zip", zip)).json();
    assertThat(shown(answer.path("images"))).startsWith("2.png=-", "10.png=-");
    assertThat(answer.at("/images/2/problem").asText())
        .startsWith("all.zip: readme.txt: this is a text, not an image.");
    assertThat(images()).containsExactly("2.png=tank", "10.png=no tank, \"sky\"");
  }

  @Test
  void zipsOfStrangersAreRefusedInWordsAndLeaveNothing() throws IOException {
    int before = SERVER.storedFiles().size();
    byte[] bomb = zip("a.png", new byte[20 * (int) TestServer.MAX_UPLOAD]);
    byte[] cut = java.util.Arrays.copyOf(zip("a.png", picture(1)), 60);
    List<String> problems = new ArrayList<>();
    for (byte[] zip :
        List.of(zip("../../a.png", picture(1)), bomb, cut, zip("l.csv", "a,b\n"), zip("/x", ""))) {
      Answer answer = person.upload("/api/v1/images", new Upload("z.zip", zip));
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      problems.add(answer.problem());
    }
    assertThat(problems.get(0)).startsWith("z.zip: the archive names a file outside");
    assertThat(problems.get(1)).startsWith("z.zip: unpacked, the archive is larger than");
    assertThat(problems.get(2)).startsWith("z.zip: the archive is damaged or cut off");
    assertThat(problems.get(3)).isEqualTo("z.zip: there is no image in it.");
    assertThat(images()).isEmpty();
    assertThat(SERVER.storedFiles()).hasSize(before);
  }

  @Test
  void aTableInAZipMayHaveOtherLettersThanUtf8AndMayNotBeEndless() throws IOException {
    byte[] latin = "1.png,caf\u00e9\n2.png,tank\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] zip = zip("1.png", picture(1), "2.png", picture(2), "l.csv", latin);
    assertThat(person.upload("/api/v1/images", new Upload("a.zip", zip)).status()).isEqualTo(200);
    assertThat(images()).containsExactly("1.png=caf\uFFFD", "2.png=tank");

    String line = "3.png," + "x".repeat(1000) + "\n";
    byte[] large = zip("3.png", picture(3), "l.csv", line.repeat(2200));
    JsonNode answer = person.upload("/api/v1/images", new Upload("b.zip", large)).json();
    assertThat(answer.at("/images/0/name").asText()).isEqualTo("3.png");
    assertThat(answer.at("/images/1/problem").asText())
        .isEqualTo(
            "b.zip: l.csv is larger than any table of labels; tables may have 2 MB together.");
    assertThat(images()).contains("3.png=-");
  }

  @ParameterizedTest
  @ValueSource(ints = {118, 119, 120, 121})
  void aLabelOrNameThatIsCutIsCutBetweenLetters(int before) {
    String tank = "\uD83D\uDE9C"; // one letter outside of the basic plane
    String image = person.image(tank + "n".repeat(before - 4) + ".png", picture(3));
    Answer answer = label(image, "{\"label\": \"" + "l".repeat(before) + tank + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    boolean whole = before == 118;
    assertThat(answer.json().path("label").asText())
        .isEqualTo("l".repeat(Math.min(before, 120)) + (whole ? tank : ""));
    assertThat(answer.json().path("name").asText())
        .isEqualTo((whole ? tank : "") + "n".repeat(Math.min(before, 120) - 4) + ".png");
  }

  @Test
  void oneLabelIsToldChangedAndTakenBack() throws IOException {
    String image = person.image("a.png", picture(3));
    assertThat(label(image, "{\"label\": \" tank\\n<b> \"}").json().path("label").asText())
        .isEqualTo("tank <b>");
    assertThat(label(image, "{\"label\": \"none\"}").status()).isEqualTo(200);
    assertThat(images()).containsExactly("a.png=none");
    for (String wrong :
        List.of(
            "{}",
            "{\"label\": 3}",
            "{\"label\": \" \"}",
            "{\"label\": \"\\u200b\\u0000\"}",
            "{\"lable\": \"x\"}")) {
      assertThat(label(image, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(label(image, "{\"label\": null}").json().has("label")).isFalse();
    assertThat(label("nix", "{\"label\": \"x\"}").status()).isEqualTo(404);
    label(image, "{\"label\": \"x\"}");
    person.post("/api/v1/session/reset", "");
    assertThat(SERVER.storedFiles()).noneMatch(name -> name.startsWith(image));
  }

  @Test
  void aTableLabelsWhatItNamesAndSaysHowMany() {
    for (String name : List.of("cats/1.png", "dogs/1.png", "b.jpg.png")) {
      person.upload("/api/v1/images", new Upload(name, picture(5)));
    }
    Answer answer = table("id;size;class\ndata/dogs/1.png;3;dog\nb.jpg;4;bird\nelse.png;9;x\n");
    assertThat(answer.json().path("labelled").asInt()).as(answer.text()).isEqualTo(2);
    assertThat(images()).containsExactly("1.png=dog", "dogs/1.png=dog", "b.jpg.png=-");
  }

  @ParameterizedTest
  @CsvSource({
    "'', The table is empty.",
    "'image,label\n', The table is empty.",
    "'a.png,x\nb.png\n', 'Line 2 of the table has no label: \"b.png\".'",
    "'b.png,x\n"
        + "', 'None of the images stands in the table; it names \"b.png\", and an image here is"
        + " \"a.png\".'"
  })
  void aTableThatTellsNothingIsRefusedInWords(String text, String words) {
    person.image("a.png", picture(3));
    Answer answer = table(text);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.png,tank\n",
        "\uFEFFimage,label\r\na.png,tank\r\n",
        "label\tpath\ntank\tx/y/a.png\n",
        "Image;Label\n\"a.png\";\"tank\"",
        "a,tank"
      })
  void tablesOfManyKindsAreRead(String text) {
    person.image("a.png", picture(3));
    assertThat(table(text).status()).as(text).isEqualTo(200);
    assertThat(images()).containsExactly("a.png=tank");
  }

  @Test
  void aTableBeforeItsImagesIsRefused() {
    assertThat(table("a.png,x").problem()).startsWith("There is no image yet");
    assertThatThrownBy(() -> LabelTable.parse("a,b\n".repeat(3) + "c"))
        .hasMessageContaining("Line 4");
  }

  @Test
  void whatEachImageTrulyShowsIsExplainedAndOneOfWhichThatIsNotKnownSaysSo() {
    String green = person.image("a.png", picture(200));
    String foreign = person.image("b.png", picture(200));
    String unknown = person.image("c.png", picture(200));
    label(green, "{\"label\": \"Green\"}");
    label(foreign, "{\"label\": \"violet\"}");
    String order =
        "{\"model\": \"colours\", \"visualization\": \"class-probabilities\", \"classes\":"
            + " \"true-labels\", \"images\": [\"%s\", \"%s\", \"%s\"]}";
    String id =
        person
            .post("/api/v1/runs", order.formatted(green, foreign, unknown))
            .json()
            .path("id")
            .asText();
    label(green, "{\"label\": \"red\"}"); // later than it was asked for
    requireExplained(person.ended(id));

    Answer again = person.post("/api/v1/runs/" + id + "/repeat", "");
    requireExplained(person.ended(again.json().path("id").asText()));
    assertThat(person.get("/api/v1/runs/" + id + "/results.json").json().path("classes").asText())
        .isEqualTo("true-labels");
    assertThat(person.post("/api/v1/runs", order.replace("true-labels", "true")).problem())
        .contains("or \"true-labels\"");
  }

  private static void requireExplained(JsonNode run) {
    assertThat(run.path("classes").asText()).isEqualTo("true-labels");
    JsonNode images = run.path("images");
    assertThat(images.at("/0/predictions")).hasSize(1);
    assertThat(images.at("/0/predictions/0/label").asText()).isEqualTo("green");
    assertThat(images.at("/0/label").asText()).isEqualTo("Green");
    assertThat(images.at("/1/problem").asText())
        .startsWith("This picture truly shows \"violet\", by which Which colour? calls none");
    assertThat(images.at("/2/problem").asText())
        .startsWith("What this picture truly shows is not known");
  }

  @Test
  void namesAreSortedAsPeopleDo() {
    assertThat(
            Stream.of("b10.png", "B2.png", "a/1.png", "b2.png", "b010.png", "99999999999999999999")
                .sorted(NaturalOrder.OF_NAMES)
                .collect(Collectors.joining(" ")))
        .isEqualTo("99999999999999999999 a/1.png B2.png b2.png b010.png b10.png");
  }
}
