package dev.picasso.format.keras.file;

import io.jhdf.api.Attribute;
import io.jhdf.dataset.DatasetReader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Texts in attributes. Keras writes the names of layers in UTF-8 and says that they are ASCII,
 * which is part of it.
 */
final class Utf8Texts {
  private static final byte VERSION_1 = 0x10;
  private static final byte STRING = 3;
  private static final byte VARIABLE = 9;
  private static final byte UTF_8 = 1;
  private static final int HEADER = 8;

  private Utf8Texts() {}

  /** What an attribute holds: a text, or an array of texts; anything else as the library has it. */
  static Object of(Attribute attribute, HdfBackingStorage storage) {
    DataType type = attribute.getDataType();
    if (type instanceof VariableLength variable && variable.isVariableLengthString()) {
      byte kind = (byte) (variable.getType() | (padding(variable.getPaddingType()) << 4));
      ByteBuffer message = message(VARIABLE, kind, UTF_8, variable.getSize(), HEADER);
      message.put(message(STRING, (byte) 0, (byte) 0, 1, 0)).flip();
      return read(attribute, new VariableLength(message), storage);
    }
    if (type instanceof StringData text) {
      byte kind = (byte) (padding(text.getPaddingType()) | (UTF_8 << 4));
      ByteBuffer message = message(STRING, kind, (byte) 0, text.getSize(), 0);
      return read(attribute, new StringData(message), storage);
    }
    return attribute.getData();
  }

  /** The number that HDF5 has for what stands behind a text that is shorter. */
  private static int padding(StringData.PaddingType padding) {
    return switch (padding) {
      case NULL_TERMINATED -> 0;
      case NULL_PADDED -> 1;
      case SPACE_PADDED -> 2;
    };
  }

  private static Object read(Attribute attribute, DataType type, HdfBackingStorage storage) {
    return DatasetReader.readDataset(
        type, attribute.getBuffer(), attribute.getDimensions(), storage);
  }

  /** The beginning of a message of HDF5 that describes a type; room for more behind it. */
  private static ByteBuffer message(byte kind, byte low, byte high, int size, int more) {
    ByteBuffer message = ByteBuffer.allocate(HEADER + more).order(ByteOrder.LITTLE_ENDIAN);
    message.put((byte) (VERSION_1 | kind)).put(low).put(high).put((byte) 0).putInt(size);
    return more == 0 ? message.flip() : message;
  }
}
