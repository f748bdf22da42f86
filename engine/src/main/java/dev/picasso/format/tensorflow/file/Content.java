package dev.picasso.format.tensorflow.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells TensorFlow's messages by their first bytes, binary or as text: by the fields they begin
 * with, and by a first node that has a name and an operator where other formats have something
 * else. An ONNX model begins with its version and has no such node.
 *
 * @param message which message it is
 * @param text whether it is written as text
 */
record Content(Message message, boolean text) {
  /** The messages that are models. */
  enum Message {
    SAVED_MODEL,
    META_GRAPH,
    GRAPH
  }

  private static final Pattern COMMENTS = Pattern.compile("(?m)^\\s*#.*$");
  private static final Pattern FIRST_FIELD = Pattern.compile("(?s)\\s*(\\w+)\\s*[:{<].*");
  private static final Pattern NODE = Pattern.compile("(?s).*\\bnode\\s*:?\\s*[{<].*");
  private static final Pattern OPERATOR = Pattern.compile("(?s).*\\bop\\s*:\\s*[\"'][A-Za-z_].*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.>/\\\\-]+");
  private static final int MOST_TEXT = 1 << 10;

  /** What a file with that beginning is; empty if none of them. */
  static Optional<Content> of(byte[] head) {
    Optional<Message> binary = binary(head);
    return binary.isPresent()
        ? binary.map(m -> new Content(m, false))
        : text(head).map(m -> new Content(m, true));
  }

  private static Optional<Message> text(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    String bare = COMMENTS.matcher(text).replaceAll("");
    var first = FIRST_FIELD.matcher(bare);
    if (!first.matches()) {
      return Optional.empty();
    }
    return switch (first.group(1)) {
      case "saved_model_schema_version", "meta_graphs" -> Optional.of(Message.SAVED_MODEL);
      case "meta_info_def", "graph_def" -> Optional.of(Message.META_GRAPH);
      case "node", "versions", "library" ->
          Optional.of(Message.GRAPH)
              .filter(m -> NODE.matcher(bare).matches() && OPERATOR.matcher(bare).matches());
      default -> Optional.empty();
    };
  }

  private static Optional<Message> binary(byte[] head) {
    if (startsSavedModel(in(head))) {
      return Optional.of(Message.SAVED_MODEL);
    }
    // A graph's first node and a meta graph's information begin alike, but for the node's operator.
    if (startsGraph(in(head))) {
      return Optional.of(Message.GRAPH);
    }
    return startsMetaGraph(in(head)) ? Optional.of(Message.META_GRAPH) : Optional.empty();
  }

  private static CodedInputStream in(byte[] head) {
    return CodedInputStream.newInstance(head);
  }

  /** A field of the message: reads what is in it, as far as the head goes. */
  private interface Field {
    boolean read(CodedInputStream in) throws IOException;
  }

  /** Whether what comes next is that field, of bytes, and these are as they should be. */
  private static boolean block(CodedInputStream in, int tag, int field, Field inner)
      throws IOException {
    return tag == ((field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)
        && in.readRawVarint32() > 0
        && inner.read(in);
  }

  private static boolean startsSavedModel(CodedInputStream in) {
    try {
      int tag = in.readTag();
      if (tag == ((1 << 3) | WireFormat.WIRETYPE_VARINT)) {
        if (in.readInt64() != 1) {
          return false;
        }
        tag = in.readTag();
      }
      return block(in, tag, 2, Content::startsMetaGraph);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsMetaGraph(CodedInputStream in) {
    try {
      int tag = in.readTag();
      return block(in, tag, 1, Content::startsMetaInformation)
          || block(in, tag, 2, Content::startsGraph);
    } catch (IOException e) {
      return false;
    }
  }

  /** Version, list of operators, tags, and versions of TensorFlow: one of these comes first. */
  private static boolean startsMetaInformation(CodedInputStream in) {
    try {
      int tag = in.readTag();
      return switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 ->
            block(in, tag, 2, ops -> block(ops, ops.readTag(), 1, op -> startsWithName(op, 1)));
        case 1, 4 ->
            isText(in, tag, WireFormat.getTagFieldNumber(tag))
                && !in.isAtEnd()
                && isMetaTag(in.readTag());
        case 5 -> isText(in, tag, 5) && (in.isAtEnd() || isMetaTag(in.readTag()));
        default -> false;
      };
    } catch (IOException e) {
      return false;
    }
  }

  /** A field of the information, or the graph behind it. */
  private static boolean isMetaTag(int tag) {
    int field = WireFormat.getTagFieldNumber(tag);
    boolean flag = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT;
    return flag
        ? field == 7
        : field >= 2
            && field <= 8
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static boolean startsGraph(CodedInputStream in) {
    try {
      return block(in, in.readTag(), 1, node -> startsWithName(node, 1) && startsWithName(node, 2));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsWithName(CodedInputStream in, int field) throws IOException {
    return isText(in, in.readTag(), field);
  }

  private static boolean isText(CodedInputStream in, int tag, int field) throws IOException {
    if (tag != ((field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
      return false;
    }
    int length = in.readRawVarint32();
    return length > 0
        && length <= MOST_TEXT
        && NAME.matcher(new String(in.readRawBytes(length), StandardCharsets.UTF_8)).matches();
  }
}
