package dev.picasso.format.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells an ONNX model from its first bytes: the fields of a ModelProto, and nothing else. */
final class OnnxContent {
  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;
  private static final int OPSET_IMPORT = 8;

  private OnnxContent() {}

  static boolean isModel(byte[] head) {
    CodedInputStream in = CodedInputStream.newInstance(head);
    boolean version = false;
    try {
      while (!in.isAtEnd()) {
        int tag = in.readTag();
        int field = WireFormat.getTagFieldNumber(tag);
        boolean varint = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT;
        boolean block = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if (field == IR_VERSION && varint) {
          long value = in.readInt64();
          version = value >= 1 && value < 100;
        } else if (field == 5 && varint) {
          in.readInt64();
        } else if (field == GRAPH && block) {
          return version && startsGraph(in);
        } else if (field == OPSET_IMPORT && block) {
          if (version) {
            return true;
          }
          in.readByteArray();
        } else if (!block || !isText(field, in)) {
          return false;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  private static boolean isText(int field, CodedInputStream in) throws IOException {
    if (field == 2 || field == 3 || field == 4 || field == 6) {
      byte[] text = in.readByteArray();
      return new String(text, StandardCharsets.UTF_8)
          .chars()
          .allMatch(c -> (c >= ' ' && c != 0xFFFD) || c == '\n' || c == '\r' || c == '\t');
    }
    if (field == 14 || field == 20 || field == 25) {
      in.readByteArray();
      return true;
    }
    return false;
  }

  private static boolean startsGraph(CodedInputStream in) throws IOException {
    in.readRawVarint32();
    if (in.isAtEnd()) {
      return false;
    }
    int tag = in.readTag();
    int field = WireFormat.getTagFieldNumber(tag);
    boolean known = field == 1 || field == 2 || field == 5 || (field >= 10 && field <= 16);
    return known && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
