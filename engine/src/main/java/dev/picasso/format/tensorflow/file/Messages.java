package dev.picasso.format.tensorflow.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.UnsafeByteOperations;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads protocol buffers from files, binary or as text. */
final class Messages {
  /** The longest text that is read; binary files may have 2 GB, as much as a message can. */
  private static final int LONGEST_TEXT = 512 << 20;

  private static final int MOST_NESTED = 200;

  private Messages() {}

  /** The first 4096 bytes of a file. */
  static byte[] head(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4096);
    } catch (IOException e) {
      throw new ModelException(ModelFolder.nameOf(path) + ": cannot be read.", e);
    }
  }

  /**
   * Reads a file into a message. The bytes in a binary one are not copied: they lie in the direct
   * memory that the file was read into.
   *
   * @throws ModelException if the file is damaged or too large
   */
  static <B extends Message.Builder> B read(Path path, boolean text, B builder) {
    String name = ModelFolder.nameOf(path);
    try {
      if (text) {
        readText(path, name, builder);
      } else {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes(path, name)).newCodedInput();
        in.enableAliasing(true);
        in.setSizeLimit(Integer.MAX_VALUE);
        builder.mergeFrom(in, ExtensionRegistry.getEmptyRegistry());
        in.checkLastTagWas(0);
      }
      return builder;
    } catch (TextFormat.ParseException e) {
      throw new ModelException(name + ": the text is damaged: line " + e.getMessage(), e);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          name
              + ": the file is damaged or cut off: "
              + e.getMessage()
              + " Copy it again from where it was made.",
          e);
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void readText(Path path, String name, Message.Builder builder) throws IOException {
    if (Files.size(path) > LONGEST_TEXT) {
      throw new ModelException(
          name + ": is longer than 512 MB, the most that is read as text. Save it in binary form.");
    }
    TextFormat.Parser.newBuilder()
        .setRecursionLimit(MOST_NESTED)
        .build()
        .merge(new String(Files.readAllBytes(path), StandardCharsets.UTF_8), builder);
  }

  private static ByteBuffer bytes(Path path, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new ModelException(name + ": is larger than 2 GB, which no such file can be.");
      }
      ByteBuffer bytes = Tensor.allocate(channel.size());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new ModelException(name + ": became shorter while it was read.");
        }
      }
      return bytes.flip();
    }
  }
}
