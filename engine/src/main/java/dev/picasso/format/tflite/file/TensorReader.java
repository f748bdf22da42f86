package dev.picasso.format.tflite.file;

import dev.picasso.graph.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the tables of tensors. */
final class TensorReader {
  private static final int HIGHEST_RANK = 16;

  private final FlatBytes bytes;
  private final List<Optional<ByteBuffer>> buffers;

  /**
   * A reader.
   *
   * @param buffers the bytes of constants, by number
   */
  TensorReader(FlatBytes bytes, List<Optional<ByteBuffer>> buffers) {
    this.bytes = bytes;
    this.buffers = buffers;
  }

  StoredTensor read(FlatTable table) {
    int code = table.int8(Schema.Tensor.TYPE, 0);
    ElementType type =
        ElementType.ofCode(code)
            .orElseThrow(() -> bytes.damaged("the type " + code + " of a tensor"));
    long buffer = table.uint32(Schema.Tensor.BUFFER);
    if (buffer >= Math.max(buffers.size(), 1)) {
      throw bytes.damaged("buffer " + buffer + " of " + buffers.size());
    }
    List<Integer> shape = table.ints(Schema.Tensor.SHAPE);
    List<Integer> signature = table.ints(Schema.Tensor.SHAPE_SIGNATURE);
    List<String> oddities = new ArrayList<>();
    Optional<Quantization> quantization =
        table.table(Schema.Tensor.QUANTIZATION).flatMap(q -> quantization(q, oddities));
    if (table.flag(Schema.Tensor.VARIABLE, false)) {
      oddities.add("changes while the model runs");
    }
    if (table.uint32(Schema.Tensor.EXTERNAL_BUFFER) != 0) {
      oddities.add("lies in another file");
    }
    return new StoredTensor(
        table.text(Schema.Tensor.NAME).orElse(""),
        type,
        shape(shape),
        open(shape, signature),
        quantization,
        buffers.isEmpty() ? Optional.empty() : buffers.get((int) buffer),
        table.table(Schema.Tensor.SPARSITY).flatMap(s -> sparsity(s, oddities)),
        oddities.stream().findFirst());
  }

  private Shape shape(List<Integer> dims) {
    if (dims.size() > HIGHEST_RANK || dims.stream().anyMatch(d -> d < -1)) {
      throw bytes.damaged("the shape of a tensor is " + dims.stream().limit(20).toList());
    }
    return Shape.of(dims.stream().mapToLong(d -> d < 0 ? 1 : d).toArray());
  }

  /** The signature has −1 where the shape has a length that happens to be. */
  private static List<Integer> open(List<Integer> shape, List<Integer> signature) {
    List<Integer> told = signature.size() == shape.size() ? signature : shape;
    return IntStream.range(0, told.size()).filter(i -> told.get(i) < 0).boxed().toList();
  }

  /** Ranges alone, which some converters leave behind, are no quantization. */
  private Optional<Quantization> quantization(FlatTable table, List<String> oddities) {
    List<Float> scales = table.floats(Schema.Quantization.SCALES);
    List<Long> zeroPoints = table.longs(Schema.Quantization.ZERO_POINTS);
    if (table.int8(Schema.Quantization.DETAILS_KIND, 0) != 0) {
      oddities.add("is quantized in blocks or in a way of its own");
    }
    if (scales.isEmpty()) {
      return Optional.empty();
    }
    List<Long> full =
        zeroPoints.size() == scales.size()
            ? zeroPoints
            : zeroPoints.size() < 2
                ? Collections.nCopies(scales.size(), zeroPoints.isEmpty() ? 0L : zeroPoints.get(0))
                : List.of();
    if (full.isEmpty()) {
      throw bytes.damaged(scales.size() + " scales with " + zeroPoints.size() + " zero points");
    }
    return Optional.of(new Quantization(scales, full, table.int32(Schema.Quantization.AXIS, 0)));
  }

  private static Optional<Sparsity> sparsity(FlatTable table, List<String> oddities) {
    List<Sparsity.Level> levels =
        table.tables(Schema.Sparsity.LEVELS).stream()
            .map(
                level ->
                    level.int8(Schema.SparseLevel.FORMAT, 0) == 0
                        ? new Sparsity.All(level.int32(Schema.SparseLevel.LENGTH, 0))
                        : new Sparsity.Listed(
                            indices(level, Schema.SparseLevel.SEGMENTS_KIND, oddities),
                            indices(level, Schema.SparseLevel.PLACES_KIND, oddities)))
            .map(Sparsity.Level.class::cast)
            .toList();
    return Optional.of(
        new Sparsity(
            table.ints(Schema.Sparsity.ORDER), table.ints(Schema.Sparsity.BLOCKS), levels));
  }

  /** A list of integers in a table of its own, by their width: 1 of 32 bits, 2 of 16, 3 of 8. */
  private static List<Integer> indices(FlatTable level, int kindField, List<String> oddities) {
    Optional<FlatTable> vector = level.table(kindField + 1);
    if (vector.isEmpty()) {
      oddities.add("is sparse, but its places are not told");
      return List.of();
    }
    return switch (level.int8(kindField, 0)) {
      case 1 -> vector.get().ints(0);
      case 2 -> vector.get().uint16s(0);
      case 3 -> vector.get().uint8s(0);
      default -> {
        oddities.add("is sparse in an unknown way");
        yield List.of();
      }
    };
  }
}
