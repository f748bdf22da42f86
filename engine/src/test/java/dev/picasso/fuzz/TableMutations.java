package dev.picasso.fuzz;

import com.google.protobuf.Descriptors.Descriptor;
import dev.picasso.format.ModelException;
import dev.picasso.format.tensorflow.checkpoint.TableCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.SavedTensorSlices;

/** Damage to the entries of a checkpoint's table, whose checksums are then right again. */
final class TableMutations implements Mutation {
  private final boolean index;
  private final Mutation bytes;
  private final Path folder;

  /**
   * Damages tables.
   *
   * @param index whether they are those of the second format
   * @param folder for files on the way
   */
  TableMutations(boolean index, Mutation bytes, Path folder) {
    this.index = index;
    this.bytes = bytes;
    this.folder = folder;
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    if (dice.chance(.1)) {
      return bytes.of(content, dice);
    }
    double often = dice.chance(.5) ? .05 : .3;
    try {
      Path file = Files.createTempFile(folder, "table", "");
      try {
        Files.write(file, content);
        TableCopies.rewrite(
            file,
            (key, value) ->
                dice.chance(often)
                    ? List.of(
                        dice.chance(.05) ? dice.text(key, List.of()) : key, value(key, value, dice))
                    : List.of(key, value));
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (ModelException e) {
      return content; // it is damaged already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String value(String key, String value, Dice dice) {
    byte[] before = value.getBytes(StandardCharsets.ISO_8859_1);
    Descriptor type =
        !index
            ? SavedTensorSlices.getDescriptor()
            : key.isEmpty() ? BundleHeaderProto.getDescriptor() : BundleEntryProto.getDescriptor();
    byte[] after =
        dice.chance(.9)
            ? new MessageMutations(type, false, List.of()).of(before, dice)
            : bytes.of(before, dice);
    return new String(after, StandardCharsets.ISO_8859_1);
  }
}
