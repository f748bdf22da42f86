package dev.picasso.catalogue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that somebody publishes.
 *
 * @param name under which it is kept
 * @param addresses where it can be had, the first choice first; all give the same bytes
 * @param size in bytes
 */
public record RemoteFile(String name, List<URI> addresses, long size, Checksum checksum) {
  public RemoteFile {
    addresses = List.copyOf(addresses);
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}") || addresses.isEmpty() || size < 1) {
      throw new IllegalArgumentException(name + ": needs a plain name, an address and a size");
    }
  }

  /** Whether a file has exactly these bytes; reads all of it where the size is right. */
  boolean isAt(Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == size
        && checksum.of(file).equals(checksum);
  }
}
