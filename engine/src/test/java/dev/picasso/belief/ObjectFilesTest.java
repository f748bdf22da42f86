package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.TestData;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Frame;
import dev.picasso.image.Picture;
import dev.picasso.image.PreparedImage;
import dev.picasso.image.segments.CocoJson;
import dev.picasso.image.segments.Mask;
import dev.picasso.visualization.ImageInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectFilesTest {
  @TempDir Path folder;

  private static ImageInput image(String name, int width, int height) {
    Picture picture = Picture.grey(width, height, 9);
    return new ImageInput(
        name,
        picture,
        new PreparedImage(Tensor.of(new float[1], 1), Frame.identity(width, height), picture));
  }

  /** A mask of 6 × 4 with its first pixels in. */
  private Path mask(String name, int in) throws IOException {
    BufferedImage picture = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < in; i++) {
      picture.setRGB(i % 6, i / 6, 0xFFFFFF);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  private void box(String name, int width) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "<annotation><object><name>dog</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>"
            + width
            + "</xmax><ymax>1</ymax></bndbox></object></annotation>");
  }

  private Path coco(String name, String picture, int in) throws IOException {
    Mask mask = Mask.of(6, 4, i -> i < in);
    CocoJson json =
        new CocoJson(
            List.of(
                new CocoJson.Annotated(
                    picture, 6, 4, List.of(new CocoJson.Part(3, "dog", 1, mask)))));
    return Files.write(folder.resolve(name), json.bytes());
  }

  private static int area(Objects objects, String image) {
    return objects.in(image(image, 6, 4)).map(Mask::area).orElse(0);
  }

  @Test
  void oneMaskIsForEveryImage() throws IOException {
    Objects one = ObjectFiles.at(mask("m.png", 5));
    assertThat(area(one, "a.jpg")).isEqualTo(5);
    assertThat(area(one, "b/c.jpg")).isEqualTo(5);
  }

  @Test
  void aFolderHasMasksByTheNamesOfImages() throws IOException {
    mask("a.png", 1);
    mask("b.bmp", 2);
    mask("b_mask.png", 3);
    mask("one/c.png", 4);
    mask("two/c.png", 5);
    box("d.xml", 6);
    mask("d.png", 7);
    coco("all.json", "photos/e.jpg", 8);
    mask("e.png", 9);
    Files.writeString(folder.resolve("notes.json"), "{\"title\": \"no annotations\"}");
    Objects all = ObjectFiles.at(folder);
    assertThat(area(all, "a.jpg")).isEqualTo(1);
    assertThat(area(all, "/photos/A.JPG")).isEqualTo(1);
    assertThat(area(all, "b.bmp")).isEqualTo(3);
    assertThat(area(all, "x/two/c.jpg")).isEqualTo(5);
    assertThat(area(all, "d.jpg")).isEqualTo(6);
    assertThat(area(all, "e.jpg")).isEqualTo(8);
    assertThat(all.in(image("f.jpg", 6, 4))).isEmpty();
    assertThatThrownBy(() -> all.in(image("c.jpg", 6, 4)))
        .isInstanceOf(PicassoException.class)
        .hasMessage(folder + ": 2 masks or annotations in it could be those of c.jpg; leave one.");
  }

  @Test
  void oneCategoryIsTakenWhereItIsNamed() throws IOException {
    Path file = coco("all.json", "e.jpg", 8);
    assertThat(area(ObjectFiles.at(file, Optional.of("dog")), "e.jpg")).isEqualTo(8);
    assertThat(area(ObjectFiles.at(file, Optional.of("cat")), "e.jpg")).isZero();
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    Objects one = ObjectFiles.at(mask("m.png", 5));
    assertThatThrownBy(() -> one.in(image("a.jpg", 12, 8)))
        .hasMessage("The mask m.png has 6 × 4 pixels, a.jpg has 12 × 8; both must be of one size.");
  }

  @Test
  void whatIsNotThereIsTold() {
    assertThatThrownBy(() -> ObjectFiles.at(folder.resolve("none.png")))
        .hasMessageEndingWith("none.png: there is no such file or folder of masks.");
  }

  @Test
  void thePhotographOfTheBirdHasItsMaskBesideIt() {
    Path images = TestData.require("images");
    Mask bird = ObjectFiles.at(images).in(image("bird_segmentation.bmp", 513, 513)).get();
    assertThat(bird.area()).isEqualTo(52_614);
  }
}
