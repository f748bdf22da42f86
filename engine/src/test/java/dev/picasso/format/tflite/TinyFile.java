package dev.picasso.format.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Writes TensorFlow Lite files of a few tensors, field by field, as no converter would. */
public final class TinyFile {
  public static final int FLOAT32 = 0;
  public static final int INT32 = 2;
  public static final int UINT8 = 3;
  public static final int INT4 = 17;

  private final FlatBufferBuilder b = new FlatBufferBuilder();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();
  private final List<Integer> metadata = new ArrayList<>();
  private final List<Integer> signatures = new ArrayList<>();
  private String identifier = "TFL3";
  private byte[] customOptions = new byte[0];

  public TinyFile() {
    buffer(new byte[0]);
  }

  /** A scale and a zero point for each place along an axis. */
  public record Scales(float[] scales, long[] zeroPoints, int axis) {}

  private int buffer(byte[] bytes) {
    int data = b.createByteVector(bytes);
    b.startTable(3);
    b.addOffset(0, data, 0);
    buffers.add(b.endTable());
    return buffers.size() - 1;
  }

  /** A constant whose bytes stand behind the FlatBuffer, at a place in the file. */
  public int outside(String name, long offset, long size, int... shape) {
    b.startTable(3);
    b.addLong(1, offset, 0);
    b.addLong(2, size, 0);
    buffers.add(b.endTable());
    Scales none = new Scales(new float[0], new long[0], 0);
    return tensor(name, FLOAT32, buffers.size() - 1, none, shape);
  }

  /** A tensor that is computed. */
  public int tensor(String name, int type, int... shape) {
    return tensor(name, type, 0, new Scales(new float[0], new long[0], 0), shape);
  }

  /** A tensor that is computed, of integers. */
  public int quantized(String name, int type, float scale, long zeroPoint, int... shape) {
    return tensor(name, type, 0, new Scales(new float[] {scale}, new long[] {zeroPoint}, 0), shape);
  }

  public int constant(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return constant(name, FLOAT32, bytes.array(), new Scales(new float[0], new long[0], 0), shape);
  }

  public int constant(String name, int type, byte[] bytes, Scales scales, int... shape) {
    return tensor(name, type, buffer(bytes), scales, shape);
  }

  private int tensor(String name, int type, int buffer, Scales scales, int... shape) {
    int text = b.createString(name);
    int dims = ints(shape);
    int quantization = 0;
    if (scales.scales().length > 0) {
      b.startVector(4, scales.scales().length, 4);
      for (int i = scales.scales().length - 1; i >= 0; i--) {
        b.addFloat(scales.scales()[i]);
      }
      int factors = b.endVector();
      b.startVector(8, scales.zeroPoints().length, 8);
      for (int i = scales.zeroPoints().length - 1; i >= 0; i--) {
        b.addLong(scales.zeroPoints()[i]);
      }
      int zeros = b.endVector();
      b.startTable(7);
      b.addOffset(2, factors, 0);
      b.addOffset(3, zeros, 0);
      b.addInt(6, scales.axis(), 0);
      quantization = b.endTable();
    }
    b.startTable(8);
    b.addOffset(0, dims, 0);
    b.addByte(1, (byte) type, 0);
    b.addInt(2, buffer, 0);
    b.addOffset(3, text, 0);
    b.addOffset(4, quantization, 0);
    tensors.add(b.endTable());
    return tensors.size() - 1;
  }

  /** A builtin operator without options. */
  public TinyFile operator(int code, int[] inputs, int... outputs) {
    return operator(code, "", 0, builder -> 0, inputs, outputs);
  }

  public TinyFile custom(String name, int[] inputs, int... outputs) {
    return custom(name, new byte[0], inputs, outputs);
  }

  /** An operator with options that only it understands. */
  public TinyFile custom(String name, byte[] options, int[] inputs, int... outputs) {
    customOptions = options;
    operator(32, name, 0, builder -> 0, inputs, outputs);
    customOptions = new byte[0];
    return this;
  }

  /**
   * An operator.
   *
   * @param options the number of its table of options; writes it
   */
  public TinyFile operator(
      int code,
      String custom,
      int optionsKind,
      ToIntFunction<FlatBufferBuilder> options,
      int[] inputs,
      int... outputs) {
    int name = custom.isEmpty() ? 0 : b.createString(custom);
    b.startTable(4);
    b.addByte(0, (byte) Math.min(code, 127), 0);
    b.addOffset(1, name, 0);
    b.addInt(3, code, 0);
    codes.add(b.endTable());
    int table = options.applyAsInt(b);
    int in = ints(inputs);
    int out = ints(outputs);
    int own = b.createByteVector(customOptions);
    b.startTable(6);
    b.addInt(0, codes.size() - 1, 0);
    b.addOffset(1, in, 0);
    b.addOffset(2, out, 0);
    b.addByte(3, (byte) optionsKind, 0);
    b.addOffset(4, table, 0);
    b.addOffset(5, own, 0);
    operators.add(b.endTable());
    return this;
  }

  /** Without the letters that say what file it is. */
  public TinyFile withoutIdentifier() {
    identifier = "";
    return this;
  }

  public TinyFile metadata(String name, byte[] content) {
    int buffer = buffer(content);
    int text = b.createString(name);
    b.startTable(2);
    b.addOffset(0, text, 0);
    b.addInt(1, buffer, 0);
    metadata.add(b.endTable());
    return this;
  }

  public TinyFile signature(String key) {
    int text = b.createString(key);
    b.startTable(5);
    b.addOffset(2, text, 0);
    signatures.add(b.endTable());
    return this;
  }

  public byte[] bytes(int[] inputs, int... outputs) {
    int all = tables(tensors);
    int in = ints(inputs);
    int out = ints(outputs);
    int ops = tables(operators);
    b.startTable(5);
    b.addOffset(0, all, 0);
    b.addOffset(1, in, 0);
    b.addOffset(2, out, 0);
    b.addOffset(3, ops, 0);
    int graph = tables(List.of(b.endTable()));
    int kinds = tables(codes);
    int data = tables(buffers);
    int named = tables(metadata);
    int signed = tables(signatures);
    b.startTable(8);
    b.addInt(0, 3, 0);
    b.addOffset(1, kinds, 0);
    b.addOffset(2, graph, 0);
    b.addOffset(4, data, 0);
    b.addOffset(6, named, 0);
    b.addOffset(7, signed, 0);
    int model = b.endTable();
    if (identifier.isEmpty()) {
      b.finish(model);
    } else {
      b.finish(model, identifier);
    }
    return b.sizedByteArray();
  }

  public Path write(Path file, int[] inputs, int... outputs) throws IOException {
    return Files.write(file, bytes(inputs, outputs));
  }

  public static int[] places(int... places) {
    return places;
  }

  private int ints(int... values) {
    b.startVector(4, values.length, 4);
    for (int i = values.length - 1; i >= 0; i--) {
      b.addInt(values[i]);
    }
    return b.endVector();
  }

  private int tables(List<Integer> offsets) {
    return b.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
  }
}
