package dev.picasso.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Leads a class's calls of {@code System.exit} to {@link PluginExit#exit}, which throws: what a
 * plugin takes for the end of its program would be the end of everybody's work.
 *
 * <p>A call names its method by an entry of the constant pool (Java Virtual Machine Specification,
 * 4.4), and so it is the entry that is changed; code and line numbers stay as they are.
 */
final class ExitCalls {
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;

  /** Bytes of the magic number and the version, before the constant pool. */
  private static final int HEAD = 8;

  private static final String TO = PluginExit.class.getName().replace('.', '/');

  private final ByteBuffer code;
  private final int count;

  /** Where entries begin, at their tag. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final Map<Integer, String> texts = new HashMap<>();
  private final int end;

  private ExitCalls(byte[] code) throws IOException {
    this.code = ByteBuffer.wrap(code.clone());
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
    in.skipNBytes(HEAD);
    count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      places.put(i, code.length - in.available());
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        texts.put(i, in.readUTF());
      } else {
        in.skipNBytes(length(tag));
      }
      i += tag == 5 || tag == 6 ? 1 : 0; // a long or a double takes two numbers
    }
    end = code.length - in.available();
  }

  /** Bytes behind the tag of an entry that is no text. */
  private static int length(int tag) throws IOException {
    return switch (tag) {
      case CLASS, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, METHOD, 11, NAME_AND_TYPE, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("an unknown constant");
    };
  }

  /** The class with its calls led there; one that cannot be read is left for Java to refuse. */
  static byte[] refusedIn(byte[] code) {
    try {
      ExitCalls calls = new ExitCalls(code);
      return calls.redirected().orElse(code);
    } catch (IOException | IndexOutOfBoundsException e) {
      return code;
    }
  }

  private Optional<byte[]> redirected() throws IOException {
    boolean any = false;
    for (int place : places.values()) {
      if (tag(place) == METHOD && isExit(place)) {
        code.putShort(place + 1, (short) (count + 1)); // the class that is added below
        any = true;
      }
    }
    return any && count + 2 <= 0xffff ? Optional.of(withTheClass()) : Optional.empty();
  }

  private int tag(int place) {
    return code.get(place);
  }

  private boolean isExit(int method) {
    Integer owner = places.get(index(method + 1));
    Integer named = places.get(index(method + 3));
    return owner != null
        && named != null
        && "java/lang/System".equals(texts.get(index(owner + 1)))
        && "exit".equals(texts.get(index(named + 1)))
        && "(I)V".equals(texts.get(index(named + 3)));
  }

  private int index(int place) {
    return Short.toUnsignedInt(code.getShort(place));
  }

  /** With two more constants: the name of {@link PluginExit}, and the class of that name. */
  private byte[] withTheClass() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(code.array(), 0, HEAD);
    out.writeShort(count + 2);
    out.write(code.array(), HEAD + 2, end - HEAD - 2);
    out.writeByte(UTF8);
    out.writeUTF(TO);
    out.writeByte(CLASS);
    out.writeShort(count);
    out.write(code.array(), end, code.array().length - end);
    return bytes.toByteArray();
  }
}
