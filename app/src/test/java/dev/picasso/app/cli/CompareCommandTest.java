package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path other;
  private Path image;
  private Path output;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    other = TestModel.GREY.write(folder);
    image = Samples.image(folder.resolve("photo.png"));
    output = folder.resolve("compared");
  }

  @Test
  void methodsAndModelsStandInOneGrid() throws IOException {
    Terminal done =
        Terminal.run(
            "compare",
            model,
            image,
            "--with",
            other,
            "-m",
            "saliency,gradient-x-input",
            "--difference",
            "-o",
            output);
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("The grid is " + output.resolve("grid.png"));
    // A label, the picture, two maps of each model and the difference.
    assertThat(ImageDecoder.standard().decode(output.resolve("grid.png")).width())
        .isEqualTo(150 + 6 * 230 + 6);
    assertThat(output.resolve("photo-5.npy")).exists();
    assertThat(Files.readString(output.resolve("photo-6.csv"))).contains("rank correlation");
  }

  @Test
  void theyComeOutAgain() {
    Terminal.run("compare", model, image, "--with", other, "-m", "saliency", "-o", output);
    Terminal again = Terminal.run("repeat", output);
    assertThat(again.problems()).isEmpty();
    assertThat(again.out()).contains("1 of 1 image is equal bit for bit");
  }

  @Test
  void wrongNamesAreToldBeforeAnythingRuns() {
    Terminal done = Terminal.run("compare", model, image, "-m", "salency", "-o", output);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("did you mean saliency?");
    assertThat(output).doesNotExist();
  }

  @Test
  void aModelThatCannotBeReadIsTold() {
    Terminal done =
        Terminal.run(
            "compare",
            model,
            image,
            "--with",
            folder.resolve("gone.h5"),
            "-m",
            "saliency",
            "-o",
            output);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("gone.h5");
  }
}
