package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file of a checkpoint, of which ranges are read. */
final class StoredFile implements AutoCloseable {
  private final String name;
  private final FileChannel channel;
  private final long size;

  private StoredFile(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  static StoredFile open(Path path) {
    String name = ModelFolder.nameOf(path);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new StoredFile(name, channel, channel.size());
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be opened.", e);
    }
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  /** Whether the file has so many bytes from there on. */
  boolean has(long offset, long length) {
    return offset >= 0 && length >= 0 && length <= size && offset <= size - length;
  }

  /** Fills the buffer with the bytes from there on, which {@link #has} said there are. */
  void read(long offset, ByteBuffer into) {
    try {
      long at = offset;
      while (into.hasRemaining()) {
        int read = channel.read(into, at);
        if (read <= 0) {
          throw new ModelException(name + ": became shorter while it was read.");
        }
        at += read;
      }
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
