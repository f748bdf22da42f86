package dev.picasso.format.tflite;

import static dev.picasso.format.tflite.TinyFile.FLOAT32;
import static dev.picasso.format.tflite.TinyFile.places;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs whose height, width or channels the file leaves open. */
class OpenSizesTest {
  @TempDir private Path folder;

  private static ImportedModel read(Path file, ImportOptions options) {
    return new TfliteFormat(new OneOff()).read(file, options);
  }

  private static int valid(FlatBufferBuilder b) {
    b.startTable(3);
    b.addByte(0, (byte) 1, 0);
    b.addInt(1, 1, 0);
    b.addInt(2, 1, 0);
    return b.endTable();
  }

  private Path file(int... shape) throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, shape);
    int w = tiny.constant("w", new float[] {1, 1, 1}, 1, 1, 1, 3);
    int y = tiny.tensor("y", FLOAT32, -1, -1, -1, 1);
    tiny.operator(3, "", 1, OpenSizesTest::valid, places(x, w, -1), y);
    return tiny.write(folder.resolve("open.tflite"), places(x), y);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,-1,-1,3, 224,224",
    "1,-1,-1,3, 224,224",
    "-1,-1,64,3, 224,64",
    "-1,-1,-1,-1, 224,224"
  })
  void areTakenAsThoseOfUsualPictures(int n, int h, int w, int c, long height, long width)
      throws IOException {
    ImportedModel model = read(file(n, h, w, c), ImportOptions.none());
    assertThat(model.graph().inputs().get(0).shape()).isEqualTo(Shape.of(-1, height, width, 3));
    assertThat(model.notes())
        .contains(
            "The file leaves the size of the input image open; taken as [N, %d, %d, 3]."
                .formatted(height, width));
  }

  @ParameterizedTest
  @CsvSource({"image", "''"})
  void areThoseThatAPersonTells(String name) throws IOException {
    ImportOptions told = ImportOptions.none().withInputShapes(Map.of(name, Shape.of(-1, 4, 5, 3)));
    ImportedModel model = read(file(-1, -1, -1, 3), told);
    assertThat(model.graph().inputs().get(0).shape()).isEqualTo(Shape.of(-1, 4, 5, 3));
    assertThat(model.notes()).noneMatch(n -> n.contains("taken as"));
  }

  @Test
  void ofWhatIsNoImageMustBeTold() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("steps", FLOAT32, -1, -1, 4);
    int y = tiny.tensor("y", FLOAT32, -1, -1, 4);
    Path file = tiny.operator(101, places(x), y).write(folder.resolve("s.tflite"), places(x), y);
    assertThatThrownBy(() -> read(file, ImportOptions.none()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("steps (input): the file leaves its size open; tell it");
  }

  @Test
  void ofARealFileAreTaken() {
    ImportedModel model = read(TestData.require("faults/open_size.tflite"), ImportOptions.none());
    assertThat(model.graph().inputs().get(0).shape()).isEqualTo(Shape.of(-1, 224, 224, 3));
  }
}
