package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command reads is never what it writes. */
class OutputFileTest {
  @TempDir Path folder;
  private Path model;
  private Path x;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    x = folder.resolve("x.npy");
    NpyFile.write(x, Tensor.of(new float[360], 1, 3, 10, 12));
  }

  private Stream<Terminal> writing(Path output) {
    return Stream.of(
        Terminal.run("convert", model, "-o", output),
        Terminal.run("run", model, "--input", x, "-o", output),
        Terminal.run("gradient", model, "--input", x, "--class", 1, "-o", output));
  }

  @Test
  void theModelAndWhatLiesBesideItStay() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), model);
    Path data = Files.writeString(folder.resolve("colour.onnx.data"), "weights");
    for (Path output : new Path[] {model, link, data, folder.resolve("./colour.onnx")}) {
      byte[] before = Files.readAllBytes(output);
      assertThat(writing(output))
          .allSatisfy(
              done -> {
                assertThat(done.code()).isEqualTo(2);
                assertThat(done.problems()).contains(output + ": is not written over");
              });
      assertThat(output).hasBinaryContent(before);
    }
  }

  @Test
  void anInputStaysAndAnEarlierResultGivesWay() {
    assertThat(Terminal.run("run", model, "--input", x, "-o", x).problems())
        .contains("x.npy: is not written over");
    Path y = folder.resolve("y.npy");
    for (int i = 0; i < 2; i++) {
      assertThat(Terminal.run("run", model, "--input", x, "-o", y).code()).isZero();
      assertThat(NpyFile.read(y).shape().dims()).containsExactly(1, 4);
    }
  }

  @Test
  void foldersAreTold() {
    assertThat(writing(folder))
        .allSatisfy(
            done ->
                assertThat(done.problems())
                    .isEqualTo(folder + ": cannot be written, it is a folder; name a file."));
    Path missing = folder.resolve("no/y");
    assertThat(writing(missing))
        .allSatisfy(
            done ->
                assertThat(done.problems())
                    .isEqualTo(missing + ": cannot be written, there is no such folder."));
  }
}
