package dev.picasso.format.tflite.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A table of a FlatBuffer. Fields are asked for by their place in the schema, counted from 0; a
 * field that is not there has its default. See <a
 * href="https://flatbuffers.dev/internals/">FlatBuffers' internals</a>: a table begins with the
 * distance back to its vtable; the vtable holds its own size, the table's size, and the place of
 * each field within the table.
 */
final class FlatTable {
  private static final int HEADER = 4;

  private final FlatBytes bytes;
  private final long start;
  private final long vtable;
  private final int vtableSize;
  private final int size;

  private FlatTable(FlatBytes bytes, long start) {
    this.bytes = bytes;
    this.start = start;
    this.vtable = start - bytes.int32(start);
    this.vtableSize = bytes.uint16(vtable);
    this.size = bytes.uint16(vtable + 2);
    if (vtableSize < HEADER || vtableSize % 2 != 0 || size < HEADER) {
      throw bytes.damaged("a table of " + size + " bytes has a vtable of " + vtableSize);
    }
    bytes.slice(vtable, vtableSize);
    bytes.slice(start, size);
    bytes.spend(HEADER);
  }

  /** The table that a buffer is about. */
  static FlatTable root(FlatBytes bytes) {
    return new FlatTable(bytes, bytes.uint32(0));
  }

  private Optional<Long> field(int index, int width) {
    int entry = HEADER + 2 * index;
    int offset = entry + 2 > vtableSize ? 0 : bytes.uint16(vtable + entry);
    if (offset == 0) {
      return Optional.empty();
    }
    if (offset < HEADER || offset + width > size) {
      throw bytes.damaged("field " + index + " lies outside of its table");
    }
    return Optional.of(start + offset);
  }

  boolean has(int index) {
    return field(index, 1).isPresent();
  }

  int int8(int index, int whenAbsent) {
    return field(index, 1).map(bytes::int8).orElse(whenAbsent);
  }

  boolean flag(int index, boolean whenAbsent) {
    return int8(index, whenAbsent ? 1 : 0) != 0;
  }

  int int32(int index, int whenAbsent) {
    return field(index, 4).map(bytes::int32).orElse(whenAbsent);
  }

  long uint32(int index) {
    return field(index, 4).map(bytes::uint32).orElse(0L);
  }

  /** An unsigned number; one beyond 2⁶³ comes out negative and lies in no file. */
  long uint64(int index) {
    return field(index, 8).map(bytes::int64).orElse(0L);
  }

  float float32(int index, float whenAbsent) {
    return field(index, 4).map(bytes::float32).orElse(whenAbsent);
  }

  /** Where the thing lies that a field points to. */
  private Optional<Long> target(int index) {
    return field(index, 4).map(at -> at + bytes.uint32(at));
  }

  Optional<FlatTable> table(int index) {
    return target(index).map(at -> new FlatTable(bytes, at));
  }

  /** A text; bytes that are no UTF-8 become U+FFFD. */
  Optional<String> text(int index) {
    return vector(index, 1).map(this::text);
  }

  private String text(Vector vector) {
    bytes.spend(vector.count());
    byte[] content = new byte[vector.count()];
    bytes.slice(vector.start(), vector.count()).get(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  /** The elements of a vector of bytes, where they lie. */
  Optional<ByteBuffer> data(int index) {
    return vector(index, 1).map(v -> bytes.slice(v.start(), v.count()));
  }

  /** The tables of a vector; empty where there is none. */
  List<FlatTable> tables(int index) {
    return list(index, 4, at -> new FlatTable(bytes, at + bytes.uint32(at)));
  }

  List<Integer> ints(int index) {
    return list(index, 4, bytes::int32);
  }

  List<Long> longs(int index) {
    return list(index, 8, bytes::int64);
  }

  List<Float> floats(int index) {
    return list(index, 4, bytes::float32);
  }

  List<Integer> uint8s(int index) {
    return list(index, 1, at -> bytes.int8(at) & 0xFF);
  }

  List<Integer> uint16s(int index) {
    return list(index, 2, bytes::uint16);
  }

  private <T> List<T> list(int index, int width, LongFunction<T> element) {
    Optional<Vector> vector = vector(index, width);
    if (vector.isEmpty()) {
      return List.of();
    }
    bytes.spend((long) width * vector.get().count());
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < vector.get().count(); i++) {
      elements.add(element.apply(vector.get().start() + (long) width * i));
    }
    return List.copyOf(elements);
  }

  /** Elements that were found to lie inside the buffer. */
  private record Vector(long start, int count) {}

  private Optional<Vector> vector(int index, int width) {
    return target(index)
        .map(
            at -> {
              long count = bytes.uint32(at);
              if (count * width > bytes.size()) {
                throw bytes.damaged("a list of " + count + " things");
              }
              bytes.slice(at + 4, count * width);
              return new Vector(at + 4, (int) count);
            });
  }
}
