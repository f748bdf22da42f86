package dev.picasso.catalogue;

import dev.picasso.PicassoException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gets files over HTTP: goes on where an earlier attempt ended, takes no byte more than there
 * should be, checks all of them, and only then puts the file under its name.
 *
 * @param patience how long a server may be silent
 */
public record Downloader(Duration patience) {
  private static final Duration CONNECTING = Duration.ofSeconds(20);

  public static Downloader standard() {
    return new Downloader(Duration.ofSeconds(60));
  }

  /**
   * Makes sure that a file is there. Where it is already, with the right checksum, nobody is asked.
   *
   * @param folder where it belongs; what is there of it lies beside it, with the ending .part
   * @return whether anything was downloaded
   * @throws DownloadException if no address gives it; tells what each of them said
   * @throws PullCancelledException if the listener stops it
   */
  public boolean fetch(RemoteFile file, Path folder, PullListener listener) {
    Path target = folder.resolve(file.name());
    try {
      Path part = folder.resolve(file.name() + ".part");
      if (file.isAt(target)) {
        Files.deleteIfExists(part); // somebody has put the file there by hand since
        return false;
      }
      HttpClient client =
          HttpClient.newBuilder()
              .connectTimeout(min(CONNECTING, patience))
              .followRedirects(Redirect.NEVER)
              .build();
      Transfer transfer = new Transfer(client, file, part, patience, listener);
      List<String> problems = new ArrayList<>();
      for (URI address : file.addresses()) {
        try {
          transfer.from(address);
          check(file, part);
          move(part, target);
          return true;
        } catch (DownloadException e) {
          problems.add(address.getHost() + ": " + e.getMessage());
        }
      }
      throw failed(file, target, problems);
    } catch (IOException e) {
      throw new PicassoException(target + ": cannot be written (" + e.getMessage() + ").", e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** What is wrong is not kept, or the next attempt would begin with it. */
  private static void check(RemoteFile file, Path part) throws IOException {
    Checksum found = file.checksum().of(part);
    if (!found.equals(file.checksum())) {
      Files.delete(part);
      throw new DownloadException(
          "sends another file: its checksum is "
              + found
              + ", and should be "
              + file.checksum().hex()
              + ".");
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static DownloadException failed(RemoteFile file, Path target, List<String> problems) {
    return new DownloadException(
        file.name()
            + " cannot be downloaded.\n  "
            + String.join("\n  ", problems)
            + "\nBehind a proxy, say PICASSO_OPTS=\"-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT\"."
            + " Without a network, fetch it by other means from\n  "
            + file.addresses().get(0)
            + "\nput it at\n  "
            + target
            + "\nand try again; that checks it.");
  }
}
