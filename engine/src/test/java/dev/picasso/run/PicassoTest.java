package dev.picasso.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.attribution.cam.GradCam;
import dev.picasso.image.Prediction;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.PartialOcclusion;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as a program uses it. */
class PicassoTest {
  @TempDir Path folder;
  private Path model;
  private Path photo;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    photo = folder.resolve("photo.png");
    ImageIO.write(picture(24, 20), "png", photo.toFile());
  }

  private static BufferedImage picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | 9 * x << 16 | 11 * y << 8 | x + y);
      }
    }
    return image;
  }

  @Test
  void aFileAndAPictureOfTheSamePixelsGiveTheSame() {
    try (Picasso picasso = Picasso.open(model)) {
      Explanation ofFile = picasso.explain(photo, new GradCam());
      Explanation ofPicture = picasso.explain(picture(24, 20), new GradCam());
      assertThat(ofFile.predictions()).hasSize(4).isEqualTo(ofPicture.predictions());
      assertThat(ofFile.predictions()).isEqualTo(picasso.predict(photo));
      assertThat(ofFile.maps()).hasSize(4);
      assertThat(ofFile.maps().get(0).values()).isEqualTo(ofPicture.maps().get(0).values());
      assertThat(ofFile.overlay(0).getWidth()).isEqualTo(24);
      assertThat(ofFile.map(3).getColorModel().hasAlpha()).isTrue();
      assertThat(ofFile.write(folder.resolve("maps"), "photo").names())
          .contains("photo-1.png", "photo-4.npy")
          .allSatisfy(name -> assertThat(folder.resolve("maps").resolve(name)).exists());
    }
  }

  @Test
  void aConfigurationBesideTheModelIsHonoured() throws IOException {
    Files.writeString(
        folder.resolve("picasso.yaml"),
        """
        models:
          - path: other.onnx
            labels: [no, no, no, no]
          - path: colour.onnx
            labels: [ant, bee, cat, dog]
            top: 2
        """);
    Files.copy(model, folder.resolve("other.onnx"));
    Files.copy(model, folder.resolve("third.onnx"));
    try (Picasso picasso = Picasso.open(model)) {
      assertThat(picasso.predict(photo)).hasSize(2);
      assertThat(picasso.classes("Dog", "0").predict(photo))
          .extracting(Prediction::label)
          .containsExactly("dog", "ant");
      assertThatThrownBy(() -> picasso.classes("wolf"))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining("has no class wolf");
    }
    try (Picasso picasso = Picasso.open(folder.resolve("third.onnx"))) {
      assertThat(picasso.predict(photo)).hasSize(4);
    }
  }

  @Test
  void chosenClassesHaveTheMapsThatTheyHaveAmongTheTopOnes() {
    try (Picasso picasso = Picasso.open(model)) {
      PartialOcclusion.Settings settings =
          new PartialOcclusion.Settings(
              .4, 3, PartialOcclusion.Fill.BLACK, PartialOcclusion.Shows.DROP);
      Explanation all = picasso.explain(photo, new PartialOcclusion(), settings);
      int last = all.predictions().get(3).index();
      Explanation one =
          picasso.classes(String.valueOf(last)).explain(photo, new PartialOcclusion(), settings);
      assertThat(one.predictions()).containsExactly(all.predictions().get(3));
      assertThat(one.maps().get(0).values()).isEqualTo(all.maps().get(3).values());
      assertThat(picasso.top(1).explain(photo, new PartialOcclusion()).maps()).hasSize(1);
    }
  }

  @Test
  void whatIsWrongIsThrown() {
    try (Picasso picasso = Picasso.open(model)) {
      assertThatThrownBy(() -> picasso.explain(folder.resolve("no.png"), new GradCam()))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining("there is no such file");
      PartialOcclusion.Settings wrong =
          new PartialOcclusion.Settings(
              7, 3, PartialOcclusion.Fill.BLACK, PartialOcclusion.Shows.DROP);
      assertThatThrownBy(() -> picasso.explain(photo, new PartialOcclusion(), wrong))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining("window is 7");
    }
  }

  @Test
  void manyImagesGoThroughASinkOneByOne() {
    List<String> told = new ArrayList<>();
    Sink sink =
        new Sink() {
          @Override
          public void explained(Explained explained) {
            told.add(explained.index() + " " + explained.sha256().isPresent());
          }

          @Override
          public void failed(int index, String image, String problem) {
            told.add(index + " " + image);
          }
        };
    try (Picasso picasso = Picasso.open(model)) {
      PartialOcclusion method = new PartialOcclusion();
      picasso
          .explaining(method, method.defaults())
          .all(
              List.of(
                  ImageSource.of(photo),
                  ImageSource.of(Path.of("none.png")),
                  ImageSource.of("made", picture(5, 5))),
              sink,
              Listener.NONE);
    }
    assertThat(told).containsExactly("0 true", "1 none.png", "2 false");
  }
}
