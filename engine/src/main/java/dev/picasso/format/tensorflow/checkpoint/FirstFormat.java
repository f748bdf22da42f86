package dev.picasso.format.tensorflow.checkpoint;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.picasso.format.ModelException;
import dev.picasso.format.tensorflow.tensor.ElementTypes;
import dev.picasso.format.tensorflow.tensor.TensorMessages;
import dev.picasso.format.tensorflow.tensor.TensorShapes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.SavedSlice;
import org.tensorflow.proto.SavedSliceMeta;
import org.tensorflow.proto.SavedTensorSlices;
import org.tensorflow.proto.TensorSliceProto;

/**
 * The first format of checkpoints: tables that hold the numbers themselves. Under the empty key is
 * what there is; under each part's key a message with its numbers. See saved_tensor_slice.proto.
 */
final class FirstFormat implements Variables {
  /** Numbers may take fewer bytes in a message that is compressed than in memory; at most so. */
  private static final long MOST_EXPANDED = 200;

  private final List<SortedTable> tables;
  private final Map<String, List<Stored>> variables;

  /** What one table says of a variable. */
  private record Stored(SortedTable table, SavedSliceMeta meta) {}

  private FirstFormat(List<SortedTable> tables, Map<String, List<Stored>> variables) {
    this.tables = tables;
    this.variables = variables;
  }

  /**
   * Opens a checkpoint.
   *
   * @param paths its shards; a single one is usual
   */
  static FirstFormat open(List<Path> paths) {
    List<SortedTable> tables = new ArrayList<>();
    Map<String, List<Stored>> variables = new TreeMap<>();
    try {
      for (Path path : paths) {
        SortedTable table = SortedTable.open(path);
        tables.add(table);
        ByteBuffer contents =
            table
                .find(new byte[0])
                .orElseThrow(
                    () ->
                        new ModelException(
                            table.name() + ": is a table, but of no checkpoint: it lists none."));
        for (SavedSliceMeta meta : message(table, contents).getMeta().getTensorList()) {
          variables
              .computeIfAbsent(meta.getName(), k -> new ArrayList<>())
              .add(new Stored(table, meta));
        }
      }
      return new FirstFormat(tables, variables);
    } catch (RuntimeException e) {
      tables.forEach(SortedTable::close);
      throw e;
    }
  }

  private static SavedTensorSlices message(SortedTable table, ByteBuffer bytes) {
    try {
      return SavedTensorSlices.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(table.name() + ": the file is damaged: an entry is none.", e);
    }
  }

  @Override
  public Set<String> keys() {
    return Collections.unmodifiableSet(variables.keySet());
  }

  @Override
  public Optional<Shape> shape(String key) {
    return Optional.ofNullable(variables.get(key))
        .map(stored -> TensorShapes.stored(what(key, stored), stored.get(0).meta().getShape()));
  }

  @Override
  public Optional<Tensor> read(String key) {
    return Optional.ofNullable(variables.get(key)).map(stored -> read(key, stored));
  }

  private Tensor read(String key, List<Stored> stored) {
    String what = what(key, stored);
    SavedSliceMeta first = stored.get(0).meta();
    DataType type =
        ElementTypes.of(first.getType())
            .orElseThrow(
                () ->
                    new ModelException(
                        what + " has the type " + first.getType() + ": no numbers."));
    Shape shape = TensorShapes.stored(what, first.getShape());
    int length = TensorShapes.bytes(what, type, shape);
    long sizes = tables.stream().mapToLong(SortedTable::size).sum();
    long total = 0;
    for (Stored part : stored) {
      if (part.meta().getType() != first.getType()
          || !part.meta().getShape().equals(first.getShape())) {
        throw new ModelException(what + " is stored in parts that do not fit together.");
      }
      for (TensorSliceProto proto : part.meta().getSliceList()) {
        total += Slice.of(what, shape, proto).shape().size();
      }
    }
    if (total != shape.size() || length / MOST_EXPANDED > sizes) {
      throw new ModelException(what + " is stored in parts that do not make up its shape.");
    }
    ByteBuffer whole = Tensor.allocate(length);
    for (Stored part : stored) {
      for (TensorSliceProto proto : inOrder(key, part.meta().getSliceList())) {
        Slice slice = Slice.of(what, shape, proto);
        int count = (int) slice.shape().size();
        SavedSlice saved = slice(what, part.table(), Slice.key(key, proto));
        ByteBuffer numbers = TensorMessages.listed(what, type, saved.getData(), count);
        slice.copy(numbers, whole, shape, type.bytes());
      }
    }
    return Tensor.of(type, shape, whole);
  }

  /** In the order of the table, so that each of its blocks is read once. */
  private static List<TensorSliceProto> inOrder(String key, List<TensorSliceProto> slices) {
    return slices.stream()
        .sorted(Comparator.comparing(s -> Slice.key(key, s), Arrays::compareUnsigned))
        .toList();
  }

  private static SavedSlice slice(String what, SortedTable table, byte[] key) {
    return table
        .find(key)
        .map(bytes -> message(table, bytes).getData())
        .orElseThrow(() -> new ModelException(what + " is listed, but its numbers are missing."));
  }

  @Override
  public Optional<byte[]> text(String key) {
    return Optional.ofNullable(variables.get(key))
        .map(
            stored -> {
              String what = what(key, stored);
              SavedSliceMeta meta = stored.get(0).meta();
              TensorSliceProto whole = TensorSliceProto.getDefaultInstance();
              if (meta.getType() != org.tensorflow.proto.DataType.DT_STRING
                  || meta.getShape().getDimCount() != 0) {
                throw new ModelException(what + " is no single text.");
              }
              SavedSlice slice = slice(what, stored.get(0).table(), Slice.key(key, whole));
              if (slice.getData().getStringValCount() != 1) {
                throw new ModelException(what + " is no single text.");
              }
              return slice.getData().getStringVal(0).toByteArray();
            });
  }

  @Override
  public void close() {
    tables.forEach(SortedTable::close);
  }

  private static String what(String key, List<Stored> stored) {
    return stored.get(0).table().name() + ": the variable " + key;
  }
}
