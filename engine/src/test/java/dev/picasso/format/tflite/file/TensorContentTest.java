package dev.picasso.format.tflite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The elements of constants, as they lie and as they are meant. */
class TensorContentTest {
  private static StoredTensor stored(
      ElementType type, Shape shape, Optional<Quantization> quantization, byte... bytes) {
    return new StoredTensor(
        "t",
        type,
        shape,
        List.of(),
        quantization,
        Optional.of(ByteBuffer.wrap(bytes)),
        Optional.empty(),
        Optional.empty());
  }

  private static StoredTensor sparse(Shape shape, Sparsity sparsity, byte... values) {
    return new StoredTensor(
        "t",
        ElementType.INT8,
        shape,
        List.of(),
        Optional.of(new Quantization(List.of(0.5f), List.of(0L), 0)),
        Optional.of(ByteBuffer.wrap(values)),
        Optional.of(sparsity),
        Optional.empty());
  }

  @Test
  void integersThatStandForThemselvesStayIntegers() {
    Tensor tensor =
        TensorContent.read(
            stored(ElementType.INT8, Shape.of(2), Optional.empty(), (byte) -3, (byte) 4));
    assertThat(tensor.type()).isEqualTo(DataType.INT32);
    assertThat(tensor.longs()).containsExactly(-3, 4);
  }

  @Test
  void everyPlaceOfTheAxisHasItsScale() {
    Quantization columns = new Quantization(List.of(1f, 10f), List.of(0L, 1L), -1);
    Tensor tensor =
        TensorContent.read(
            stored(
                ElementType.UINT8,
                Shape.of(2, 2),
                Optional.of(columns),
                (byte) 1,
                (byte) 2,
                (byte) 200,
                (byte) 0));
    assertThat(tensor.floats()).containsExactly(1, 10, 200, -10);
  }

  @Test
  void scalesMustFitTheAxis() {
    Quantization three = new Quantization(List.of(1f, 1f, 1f), List.of(0L, 0L, 0L), 0);
    StoredTensor tensor =
        stored(ElementType.INT8, Shape.of(2), Optional.of(three), (byte) 1, (byte) 2);
    assertThatThrownBy(() -> TensorContent.read(tensor))
        .isInstanceOf(ModelException.class)
        .hasMessage("has 3 scales along axis 0 of its shape [2]");
  }

  @Test
  void bytesMustBeAsManyAsTheShapeNeeds() {
    StoredTensor tensor = stored(ElementType.INT32, Shape.of(2), Optional.empty(), new byte[7]);
    assertThatThrownBy(() -> TensorContent.read(tensor))
        .isInstanceOf(ModelException.class)
        .hasMessage("has 7 bytes where its shape [2] needs 8");
  }

  @Test
  void fourElementsOfTwoBitsLieInAByte() {
    StoredTensor tensor =
        stored(ElementType.INT2, Shape.of(5), Optional.empty(), (byte) 0b11_10_01_00, (byte) 1);
    assertThat(TensorContent.read(tensor).longs()).containsExactly(0, 1, -2, -1, 1);
  }

  @Test
  void listedColumnsOfASparseMatrixAreFilledIn() {
    Sparsity rows =
        new Sparsity(
            List.of(0, 1),
            List.of(),
            List.of(new Sparsity.All(2), new Sparsity.Listed(List.of(0, 1, 3), List.of(2, 0, 1))));
    Tensor tensor =
        TensorContent.read(sparse(Shape.of(2, 3), rows, (byte) 10, (byte) 12, (byte) 14));
    assertThat(tensor.floats()).containsExactly(0, 0, 5, 6, 7, 0);
  }

  @Test
  void blocksOfASparseMatrixAreFilledIn() {
    Sparsity blocks =
        new Sparsity(
            List.of(0, 1, 2),
            List.of(1),
            List.of(
                new Sparsity.All(2),
                new Sparsity.Listed(List.of(0, 1, 2), List.of(1, 0)),
                new Sparsity.All(2)));
    Tensor tensor =
        TensorContent.read(sparse(Shape.of(2, 4), blocks, (byte) 2, (byte) 4, (byte) 6, (byte) 8));
    assertThat(tensor.floats()).containsExactly(0, 0, 1, 2, 3, 4, 0, 0);
  }

  @Test
  void placesOutsideOfASparseMatrixAreRefused() {
    for (int place : new int[] {-1, 3, Integer.MAX_VALUE}) {
      Sparsity rows =
          new Sparsity(
              List.of(0, 1),
              List.of(),
              List.of(new Sparsity.All(2), new Sparsity.Listed(List.of(0, 1, 1), List.of(place))));
      assertThatThrownBy(() -> TensorContent.read(sparse(Shape.of(2, 3), rows, (byte) 10)))
          .isInstanceOf(ModelException.class)
          .hasMessage("is sparse, and its places do not fit its shape");
    }
  }
}
