package dev.picasso.format.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.PicassoException;
import dev.picasso.TestData;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NpyFileTest {
  /** Arrays written by NumPy itself: tools/fixtures/npy.py. */
  private static Map<String, Tensor> numpy() throws IOException {
    try (InputStream in = resource("arrays.npz")) {
      return NpzFile.read(in);
    }
  }

  private static InputStream resource(String name) {
    return NpyFileTest.class.getResourceAsStream(name);
  }

  @ParameterizedTest
  @CsvSource({
    "f2, FLOAT16",
    "f4, FLOAT",
    "f8, DOUBLE",
    "i1, INT8",
    "i2, INT16",
    "i4, INT32",
    "i8, INT64",
    "u1, UINT8",
    "u2, UINT16",
    "u4, UINT32",
    "u8, UINT64",
    "b1, BOOL"
  })
  void everyElementTypeOfNumpyIsReadInBothByteOrders(String code, DataType type)
      throws IOException {
    // In the fixture: 0 1 2 … 5 as [2, 3]; booleans are 0 and 1 in turn.
    float[] expected =
        code.equals("b1") ? new float[] {0, 1, 0, 1, 0, 1} : new float[] {0, 1, 2, 3, 4, 5};
    for (String order : new String[] {"little_", "big_", "fortran_"}) {
      Tensor tensor = numpy().get(order + code);
      assertThat(tensor.type()).as(order).isEqualTo(type);
      assertThat(tensor.shape()).as(order).isEqualTo(Shape.of(2, 3));
      assertThat(tensor.floats()).as(order).containsExactly(expected);
    }
  }

  @Test
  void fortranOrderIsTurnedForAnyRank() throws IOException {
    Map<String, Tensor> arrays = numpy();
    assertThat(arrays.get("fortran_rank4").shape()).isEqualTo(Shape.of(2, 3, 4, 5));
    assertThat(arrays.get("fortran_rank4").floats()).containsExactly(arrays.get("rank4").floats());
  }

  @Test
  void scalarsAndEmptyArraysKeepTheirShape() throws IOException {
    Map<String, Tensor> arrays = numpy();
    assertThat(arrays.get("scalar").shape()).isEqualTo(Shape.scalar());
    assertThat(arrays.get("scalar").floats()).containsExactly(3.5f);
    assertThat(arrays.get("empty").shape()).isEqualTo(Shape.of(0, 3));
  }

  @ParameterizedTest
  @CsvSource({"version1.npy", "version2.npy", "version3.npy"})
  void allThreeVersionsAreRead(String file) {
    assertThat(NpyFile.read(file, resource(file)).floats()).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsWrittenIsByteForByteWhatNumpyWrites() throws IOException {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    try (InputStream in = resource("saved.npy")) {
      assertThat(NpyFile.bytes(tensor)).isEqualTo(in.readAllBytes());
    }
  }

  @Property(tries = 50)
  void whatIsWrittenIsReadBack(
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 6) Integer> dims,
      @ForAll @FloatRange(min = -1e30f, max = 1e30f) float start)
      throws IOException {
    long[] shape = dims.stream().mapToLong(d -> d).toArray();
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = start / (i + 1);
    }
    Path file = Files.createTempFile("picasso", ".npy");
    try {
      NpyFile.write(file, Tensor.of(values, shape));
      Tensor read = NpyFile.read(file);
      assertThat(read.shape()).isEqualTo(Shape.of(shape));
      assertThat(read.floats()).containsExactly(values);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void arraysFromElsewhereAreRead() {
    Tensor input = NpyFile.read(TestData.require("keras/cnn/input.npy"));
    assertThat(input.shape().rank()).isEqualTo(4);
    assertThat(input.floats()).hasSize((int) input.size());
  }

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        Arguments.of(new byte[0], "this is no NumPy array file (.npy). Write one with numpy.save."),
        Arguments.of(
            "PK\3\4 a zip archive".getBytes(StandardCharsets.ISO_8859_1),
            "this is no NumPy array file (.npy). Write one with numpy.save."),
        Arguments.of(npy(9, "{}"), ".npy version 9 is unknown; versions 1 to 3 can be read."),
        Arguments.of(
            npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"),
            "the file is cut off: FLOAT[2, 3] takes 24 bytes, 8 are there."),
        Arguments.of(
            npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (500000, 1000), }"),
            "the file is cut off: FLOAT[500000, 1000] takes 2000000000 bytes, 8 are there."),
        Arguments.of(
            npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (5000000, 1000), }"),
            "the array [5000000, 1000] has more than 2 GB; save it in parts."),
        Arguments.of(
            npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 8), }"),
            "the shape (4611686018427387904, 8) in the .npy header is no size."),
        Arguments.of(
            npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }"),
            "the shape (-2,) in the .npy header is no size."),
        Arguments.of(
            npy(1, "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"),
            "holds Python objects, which Picasso never loads. Save numbers or booleans, as in"
                + " x.astype('float32')."),
        Arguments.of(
            npy(1, "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"),
            "holds elements of type '<c8'. Save numbers or booleans, as in x.astype('float32')."),
        Arguments.of(
            npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }"),
            "holds records, not plain numbers; save each field as an array of its own."),
        Arguments.of(
            npy(1, "{'descr': '<f4', 'shape': (1,), }"),
            "the .npy header says nothing of 'fortran_order'."),
        Arguments.of(
            Arrays.copyOf(npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }"), 30),
            "the file ends within the .npy header."));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void aBrokenFileIsRefusedInOneSentence(byte[] bytes, String message, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), bytes);
    assertThatThrownBy(() -> NpyFile.read(file))
        .isInstanceOf(PicassoException.class)
        .hasMessage(file + ": " + message);
    assertThatThrownBy(() -> NpyFile.read("x.npy", new ByteArrayInputStream(bytes)))
        .isInstanceOf(PicassoException.class)
        .hasMessage("x.npy: " + message);
  }

  @Test
  void aMissingFileAndAFolderAreNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> NpyFile.read(folder.resolve("none.npy")))
        .hasMessage(folder.resolve("none.npy") + ": there is no such file.");
    assertThatThrownBy(() -> NpyFile.read(folder)).hasMessageContaining("this is a folder");
    assertThatThrownBy(() -> NpyFile.write(folder.resolve("no/such/y.npy"), Tensor.scalar(1f)))
        .hasMessageContaining("there is no such folder");
  }

  private static byte[] npy(int version, String header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    out.writeBytes(new byte[] {(byte) header.length(), 0});
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[8]);
    return out.toByteArray();
  }
}
