package dev.picasso.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damage to what is in an archive, and to its names. */
final class ZipMutations implements Mutation {
  private final Mutation json;
  private final Mutation hdf5;
  private final Mutation bytes;

  ZipMutations(Mutation json, Mutation hdf5, Mutation bytes) {
    this.json = json;
    this.hdf5 = hdf5;
    this.bytes = bytes;
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    if (dice.chance(.1)) {
      return bytes.of(content, dice);
    }
    try {
      Map<String, byte[]> entries = entries(content);
      List<String> names = new ArrayList<>(entries.keySet());
      String name = dice.chance(.6) ? "config.json" : dice.one(names);
      byte[] entry = entries.getOrDefault(name, new byte[0]);
      switch (dice.below(30)) {
        case 0 -> entries.remove(name);
        case 1 -> {
          entries.remove(name);
          entries.put(dice.text("../" + name, names), entry);
        }
        case 2 -> entries.put(name, new byte[1 << (10 + dice.below(15))]);
        case 3 -> entries.put(name, bytes.of(entry, dice));
        default -> entries.put(name, (name.endsWith(".json") ? json : hdf5).of(entry, dice));
      }
      return zip(entries);
    } catch (IOException | IllegalArgumentException e) {
      return content; // it is damaged already
    }
  }

  static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        String name = entry.getKey();
        out.putNextEntry(new ZipEntry(name.length() > 60_000 ? name.substring(0, 60_000) : name));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
