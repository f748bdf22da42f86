package dev.picasso.catalogue;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one file from one address into a part that may hold the beginning already. When it
 * returns the part has the right size; whether the bytes are right is for the caller to see.
 */
record Transfer(
    HttpClient client, RemoteFile file, Path part, Duration patience, PullListener listener) {
  /** How often a broken connection is made anew, as long as each brought something. */
  private static final int MOST_ATTEMPTS = 5;

  /**
   * Gets what is missing.
   *
   * @throws DownloadException if this address does not give it
   * @throws PicassoException if the part cannot be written
   */
  void from(URI address) {
    for (int attempt = 1; true; attempt++) {
      long before = present();
      try {
        once(address);
        return;
      } catch (IOException e) {
        long now = present();
        if (now <= before || attempt == MOST_ATTEMPTS) {
          throw new DownloadException(broken(now, e), e);
        }
      }
    }
  }

  private String broken(long now, IOException e) {
    String why = reason(e);
    return now == 0
        ? "cannot be reached, or sends nothing (" + why + ")."
        : "the connection broke after %s of %s (%s); the next attempt goes on from there."
            .formatted(Words.bytes(now), Words.bytes(file.size()), why);
  }

  /** Some of Java's exceptions have no words. */
  private static String reason(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return "no such host is known here; is there a network?";
      }
    }
    return e instanceof ConnectException
        ? "no connection"
        : Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  private void once(URI address) throws IOException {
    long have = present();
    if (have > file.size()) {
      keep(0);
      have = 0;
    }
    if (have == file.size()) {
      return;
    }
    try (Answer answer = Answer.open(client, address, have, patience, listener)) {
      if (have > 0 && answer.continues(have, file.size())) {
        receive(answer, have);
      } else if (answer.status() == 200) {
        receive(answer, 0);
      } else if (have > 0 && (answer.status() == 206 || answer.status() == 416)) {
        keep(0); // it has other ideas of what is missing
        once(address);
      } else {
        throw new DownloadException(words(answer.status()));
      }
    }
  }

  private static String words(int status) {
    return "answers "
        + status
        + switch (status) {
          case 404, 410 -> ": the file is not there any more.";
          case 401, 403 -> ": it does not give the file to you, or not from this network.";
          case 407 -> ": the proxy wants to know who asks.";
          case 429 -> ": it was asked too often; wait a while.";
          default -> status >= 500 ? ": it has a problem of its own; try later." : ".";
        };
  }

  private void receive(Answer answer, long from) throws IOException {
    long missing = file.size() - from;
    if (answer.length().isPresent() && answer.length().getAsLong() != missing) {
      throw new DownloadException(
          "offers %d bytes where there should be %d; a proxy or a login page may answer in its place."
              .formatted(answer.length().getAsLong(), missing));
    }
    long at = from;
    try (FileChannel out = open(from)) {
      for (Optional<List<ByteBuffer>> piece = answer.body().next();
          piece.isPresent();
          piece = answer.body().next()) {
        at += piece.get().stream().mapToLong(ByteBuffer::remaining).sum();
        if (at > file.size()) {
          break;
        }
        write(out, piece.get());
        listener.progress(at, file.size());
      }
    }
    if (at > file.size()) {
      keep(0);
      throw new DownloadException(
          "sends more than the %d bytes that there should be.".formatted(file.size()));
    }
    if (at < file.size()) {
      throw new IOException("the server ended too early");
    }
  }

  private FileChannel open(long from) {
    try {
      FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return out.truncate(from).position(from);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(FileChannel out, List<ByteBuffer> bytes) {
    try {
      for (ByteBuffer buffer : bytes) {
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private PicassoException unwritable(IOException e) {
    return new PicassoException(part + ": cannot be written (" + e.getMessage() + ").", e);
  }

  private long present() {
    try {
      return Files.isRegularFile(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void keep(long bytes) {
    try (FileChannel out = open(bytes)) {
      out.force(false);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
