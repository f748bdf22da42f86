package dev.picasso.format.tensorflow.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Puts tables together, whatever is in them; texts stand for bytes in Latin-1. */
final class TableWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A block's last key, and its place as the list of blocks has it. */
  static final class Stored {
    private final String last;
    private final byte[] place;

    Stored(String last, byte[] place) {
      this.last = last;
      this.place = place;
    }
  }

  /** The list of the blocks and the footer, behind the blocks that were added. */
  void write(Path path, List<Stored> blocks) throws IOException {
    byte[] filters = add(block(), 0);
    byte[][] entries = new byte[blocks.size()][];
    for (int i = 0; i < entries.length; i++) {
      String place = new String(blocks.get(i).place, StandardCharsets.ISO_8859_1);
      entries[i] = entry(0, blocks.get(i).last, place);
    }
    byte[] index = add(block(entries), 0);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(filters).put(index).putLong(40, 0xdb4775248b80fb57L);
    out.writeBytes(footer.array());
    Files.write(path, out.toByteArray());
  }

  /** Writes a block with its trailer and returns its place. */
  byte[] add(byte[] block, int compression) {
    int offset = out.size();
    out.writeBytes(block);
    out.write(compression);
    CRC32C crc = new CRC32C();
    crc.update(block);
    crc.update(compression);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array());
    return place(offset, block.length);
  }

  static byte[] place(int offset, int length) {
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    varint(place, offset);
    varint(place, length);
    return place.toByteArray();
  }

  static byte[] block(byte[]... entries) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      block.writeBytes(entry);
    }
    block.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0}); // one key is whole: the first
    return block.toByteArray();
  }

  static byte[] entry(int shared, String key, String value) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    varint(entry, shared);
    varint(entry, key.length());
    varint(entry, bytes.length);
    entry.writeBytes(key.getBytes(StandardCharsets.ISO_8859_1));
    entry.writeBytes(bytes);
    return entry.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
