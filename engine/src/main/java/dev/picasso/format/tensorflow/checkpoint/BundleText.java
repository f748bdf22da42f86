package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One text in a tensor bundle: its length, the checksum of this length as four bytes, and the
 * bytes; the entry's checksum is of length, first checksum and bytes.
 */
final class BundleText {
  private BundleText() {}

  static byte[] read(String what, ByteBuffer stored, int checksum) {
    ByteBuffer in = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    OptionalLong length = Bytes.varint(in);
    if (length.isEmpty() || in.remaining() < 4 || length.getAsLong() != in.remaining() - 4) {
      throw new ModelException(what + " is damaged: it is not as long as it says.");
    }
    CRC32C crc = new CRC32C();
    crc.update(Tensor.allocate(4).putInt((int) length.getAsLong()).flip());
    if (in.getInt(in.position()) != Checksum.masked(crc)) {
      throw new ModelException(what + " is damaged: the checksum of its length is wrong.");
    }
    crc.update(in.duplicate());
    if (checksum != Checksum.masked(crc)) {
      throw new ModelException(what + " is damaged: its checksum is wrong.");
    }
    byte[] text = new byte[in.remaining() - 4];
    in.position(in.position() + 4).get(text);
    return text;
  }
}
