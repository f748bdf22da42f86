package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against pycocotools; {@code tools/oracle/belief_annotations.py} writes files and masks. */
class CocoFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/picasso/image/segments/coco");
  private static final int WIDTH = 40;
  private static final int HEIGHT = 31;

  @TempDir Path folder;

  /** The masks of pycocotools by the names of images. */
  private static Map<String, Mask> masks() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("masks.txt"));
    Map<String, Mask> masks = new TreeMap<>();
    for (int at = 0; at < lines.size(); at += HEIGHT + 1) {
      String bits = String.join("", lines.subList(at + 1, at + 1 + HEIGHT));
      masks.put(lines.get(at), Mask.of(WIDTH, HEIGHT, i -> bits.charAt(i) == '1'));
    }
    return masks;
  }

  private static Map<String, Annotations> annotations() {
    return CocoFile.read(FOLDER.resolve("annotations.json")).stream()
        .collect(Collectors.toMap(CocoFile.Annotated::picture, CocoFile.Annotated::annotations));
  }

  static Stream<String> images() throws IOException {
    return masks().keySet().stream();
  }

  /** Run lengths and boxes exactly; polygons but for pixels that an edge cuts. */
  @ParameterizedTest
  @MethodSource("images")
  void masksAreThoseOfPycocotools(String image) throws IOException {
    Mask theirs = masks().get(image);
    Mask ours =
        annotations().get("photos/" + image).mask(image, WIDTH, HEIGHT, Optional.empty()).get();
    boolean polygons = image.startsWith("polygon") || image.startsWith("outside");
    if (!polygons) {
      assertThat(ours).isEqualTo(theirs);
    }
    assertThat(ours.without(theirs.dilated(1)).area()).isZero();
    assertThat(theirs.without(ours.dilated(1)).area()).isZero();
    int apart = ours.without(theirs).area() + theirs.without(ours).area();
    assertThat(apart).isLessThan(theirs.area() / 8);
  }

  @Test
  void oneCategoryIsTakenAlone() {
    Annotations two = annotations().get("photos/polygons.jpg");
    Mask feeder = two.mask("polygons.jpg", WIDTH, HEIGHT, Optional.of("Feeder")).get();
    assertThat(feeder).isEqualTo(Mask.of(WIDTH, HEIGHT, i -> in(i, 30, 2, 38, 9)));
    assertThat(two.mask("polygons.jpg", WIDTH, HEIGHT, Optional.of("car"))).isEmpty();
  }

  private static boolean in(int pixel, int left, int top, int right, int bottom) {
    int x = pixel % WIDTH;
    int y = pixel / WIDTH;
    return x >= left && x < right && y >= top && y < bottom;
  }

  @Test
  void whatPicassoWritesIsReadBack() throws IOException {
    Mask mask = Mask.of(9, 6, i -> i % 5 < 2);
    CocoJson written =
        new CocoJson(
            List.of(
                new CocoJson.Annotated(
                    "a/Vögel.png", 9, 6, List.of(new CocoJson.Part(17, "kite", .75, mask)))));
    Path file = Files.write(folder.resolve("parts.json"), written.bytes());
    CocoFile.Annotated read = CocoFile.read(file).get(0);
    assertThat(read.picture()).isEqualTo("a/Vögel.png");
    assertThat(read.annotations().mask("a", 9, 6, Optional.of("kite"))).contains(mask);
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() {
    Annotations one = annotations().get("photos/runs.jpg");
    assertThatThrownBy(() -> one.mask("runs.jpg", 80, 62, Optional.empty()))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "annotations.json says that the picture has 40 × 31 pixels; runs.jpg has 80 × 62.");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("[1, 2]", "bad.json is no JSON of COCO: it has no annotations."),
        Arguments.of("{\"images\": []}", "it has no annotations"),
        Arguments.of("{\"annotations\": [3]}", "in annotations stands something that is no object"),
        Arguments.of("{\"annotations\": [{", "bad.json is no JSON of COCO ("),
        Arguments.of("not JSON", "bad.json is no JSON of COCO ("),
        Arguments.of(annotation("\"image_id\": 1.5"), "has '1.5' for image_id"),
        Arguments.of(annotation("\"bbox\": [1, 2, 1e999, 4]"), "that is too large"),
        Arguments.of(annotation("\"bbox\": [1, 2, \"x\", 4]"), "no number in an outline"),
        Arguments.of(annotation("\"segmentation\": [1, 2]"), "no list of polygons"),
        Arguments.of(
            annotation("\"segmentation\": {\"counts\": [4], \"size\": [2000000, 2]}"),
            "run lengths without a size"),
        Arguments.of(
            annotation("\"segmentation\": {\"counts\": [-4, 8], \"size\": [2, 2]}"),
            "with negative counts"),
        Arguments.of(
            annotation("\"segmentation\": {\"counts\": \"~~~~~\", \"size\": [2, 2]}"),
            "bad.json has run lengths that are not compressed"),
        Arguments.of("[".repeat(2000), "bad.json is no JSON of COCO"),
        Arguments.of(
            "{\"images\": [{\"id\": 1}, {\"id\": 1}], \"annotations\": []}",
            "has two images with the id 1"));
  }

  private static String annotation(String field) {
    return "{\"images\": [], \"annotations\": [{" + field + "}]}";
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenFileSaysWhatIsWrong(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), text);
    assertThatThrownBy(() -> CocoFile.read(file))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> wrongRuns() {
    return Stream.of(
        Arguments.of("[1, 2]", "run lengths that end before the picture does"),
        Arguments.of("[1, 9223372036854775807]", "run lengths that are longer than the picture"));
  }

  @ParameterizedTest
  @MethodSource("wrongRuns")
  void runsThatDoNotFillThePictureAreTold(String counts, String message) throws IOException {
    String text =
        "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 2, \"height\": 2}],"
            + " \"annotations\": [{\"image_id\": 1, \"segmentation\": {\"counts\": "
            + counts
            + ", \"size\": [2, 2]}}]}";
    Annotations read =
        CocoFile.read(Files.writeString(folder.resolve("runs.json"), text)).get(0).annotations();
    assertThatThrownBy(() -> read.mask("a.png", 2, 2, Optional.empty()))
        .hasMessageContaining("runs.json has " + message)
        .hasMessageContaining("a.png");
  }
}
