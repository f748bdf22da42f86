package dev.picasso.format.npy;

import dev.picasso.PicassoException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a .npy file: magic bytes, version, and a Python dictionary as
 * text. NumPy's own description: {@code numpy.lib.format}.
 *
 * @param length bytes from the start of the file to the first number
 */
record NpyHeader(DataType type, boolean bigEndian, boolean fortranOrder, Shape shape, long length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself distrusts longer ones; a header of plain numbers has about 120 bytes. */
  private static final int LONGEST = 65_536;

  private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)");
  private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(\\w+)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");

  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("f2", DataType.FLOAT16),
          Map.entry("f4", DataType.FLOAT),
          Map.entry("f8", DataType.DOUBLE),
          Map.entry("i1", DataType.INT8),
          Map.entry("i2", DataType.INT16),
          Map.entry("i4", DataType.INT32),
          Map.entry("i8", DataType.INT64),
          Map.entry("u1", DataType.UINT8),
          Map.entry("u2", DataType.UINT16),
          Map.entry("u4", DataType.UINT32),
          Map.entry("u8", DataType.UINT64),
          Map.entry("b1", DataType.BOOL));

  /** Bytes of the numbers that follow. */
  long dataBytes() {
    return shape.size() * type.bytes();
  }

  static NpyHeader read(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new PicassoException(
          name + ": this is no NumPy array file (.npy). Write one with numpy.save.");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new PicassoException(
          name + ": .npy version " + version + " is unknown; versions 1 to 3 can be read.");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] field = in.readNBytes(lengthBytes);
    long length = 0;
    for (int i = field.length - 1; i >= 0; i--) {
      length = (length << 8) | (field[i] & 0xFF);
    }
    if (field.length < lengthBytes || length > LONGEST) {
      throw new PicassoException(name + ": the header of this .npy file is cut off or broken.");
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length) {
      throw new PicassoException(name + ": the file ends within the .npy header.");
    }
    return parse(
        name, new String(text, StandardCharsets.UTF_8), start.length + lengthBytes + length);
  }

  private static NpyHeader parse(String name, String text, long length) {
    if (!DESCR.matcher(text).find()) {
      throw new PicassoException(
          name + ": holds records, not plain numbers; save each field as an array of its own.");
    }
    String descr = find(name, text, DESCR, "descr");
    DataType type = TYPES.get(descr.isEmpty() ? "" : descr.substring(1));
    if (type == null || "<>|=".indexOf(descr.charAt(0)) < 0) {
      String what =
          descr.contains("O")
              ? "holds Python objects, which Picasso never loads"
              : "holds elements of type '" + descr + "'";
      throw new PicassoException(
          name + ": " + what + ". Save numbers or booleans, as in x.astype('float32').");
    }
    String order = find(name, text, ORDER, "fortran_order");
    if (!order.equals("True") && !order.equals("False")) {
      throw new PicassoException(name + ": fortran_order is '" + order + "' in the .npy header.");
    }
    Shape shape = shape(name, find(name, text, SHAPE, "shape"), type);
    return new NpyHeader(type, descr.charAt(0) == '>', order.equals("True"), shape, length);
  }

  private static String find(String name, String text, Pattern pattern, String key) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new PicassoException(name + ": the .npy header says nothing of '" + key + "'.");
    }
    return matcher.group(1);
  }

  private static Shape shape(String name, String tuple, DataType type) {
    try {
      long[] dims =
          Arrays.stream(tuple.split(",", -1))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .map(s -> s.endsWith("L") ? s.substring(0, s.length() - 1) : s)
              .mapToLong(Long::parseUnsignedLong)
              .toArray();
      Shape shape = Shape.of(dims);
      if (shape.isStatic() && Math.multiplyExact(shape.size(), type.bytes()) >= 0) {
        return shape;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // answered below, with the shape as it stands in the file
    }
    throw new PicassoException(name + ": the shape (" + tuple + ") in the .npy header is no size.");
  }
}
