package dev.picasso.catalogue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a server answered, behind all redirects. These are followed here and not by the client,
 * which would also go to addresses that are none of ours: from a publisher they lead to encrypted
 * ones only.
 */
final class Answer implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpResponse<Publisher<List<ByteBuffer>>> response;
  private final Chunks body;

  private Answer(HttpResponse<Publisher<List<ByteBuffer>>> response, Chunks body) {
    this.response = response;
    this.body = body;
  }

  /**
   * Asks for a file.
   *
   * @param from the first byte wanted, 0 for all of it
   * @param patience how long nothing may come
   * @throws IOException if there is no connection
   * @throws DownloadException if a redirect leads nowhere, or where it must not
   */
  static Answer open(
      HttpClient client, URI address, long from, Duration patience, PullListener listener)
      throws IOException {
    requireSafe(address, address);
    URI at = address;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      Answer answer = ask(client, at, from, patience, listener);
      if (!REDIRECTS.contains(answer.status())) {
        return answer;
      }
      answer.close();
      at = answer.next(at);
      requireSafe(address, at);
    }
    throw new DownloadException("leads from address to address, more than five times.");
  }

  private static Answer ask(
      HttpClient client, URI at, long from, Duration patience, PullListener listener)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at).header("User-Agent", "picasso");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> sent =
        client.sendAsync(request.build(), BodyHandlers.ofPublisher());
    HttpResponse<Publisher<List<ByteBuffer>>> response = await(sent, patience, listener);
    return new Answer(response, new Chunks(response.body(), patience, listener));
  }

  private static <T> T await(CompletableFuture<T> sent, Duration patience, PullListener listener)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < end) {
        if (listener.cancelled()) {
          sent.cancel(true);
          throw new PullCancelledException();
        }
        Optional<T> got = glance(sent);
        if (got.isPresent()) {
          return got.get();
        }
      }
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new PullCancelledException();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
    sent.cancel(true);
    throw new HttpTimeoutException("no answer for " + patience.toSeconds() + " s");
  }

  /** What has come, or comes in a moment. */
  private static <T> Optional<T> glance(CompletableFuture<T> sent)
      throws InterruptedException, ExecutionException {
    try {
      return Optional.of(sent.get(Chunks.GLANCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private URI next(URI at) {
    Optional<String> location = response.headers().firstValue("Location");
    try {
      return at.resolve(location.orElseThrow(IllegalArgumentException::new));
    } catch (IllegalArgumentException e) {
      throw new DownloadException(
          "answers " + status() + " without saying where the file is now.", e);
    }
  }

  /**
   * Encrypted, or from this machine to itself, which is for those who serve models of their own.
   */
  private static void requireSafe(URI first, URI address) {
    boolean encrypted = "https".equalsIgnoreCase(address.getScheme());
    boolean here = "http".equalsIgnoreCase(address.getScheme()) && isHere(first) && isHere(address);
    if (address.getHost() == null || !(encrypted || here)) {
      throw new DownloadException(
          "leads to " + address + ", which is no https address; Picasso does not go there.");
    }
  }

  private static boolean isHere(URI address) {
    String host = address.getHost();
    boolean literal = host != null && (host.matches("[0-9.]+") || host.startsWith("["));
    try {
      return "localhost".equalsIgnoreCase(host)
          || (literal && InetAddress.getByName(host).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  int status() {
    return response.statusCode();
  }

  private HttpHeaders headers() {
    return response.headers();
  }

  /** How many bytes the body has, where the server tells. */
  OptionalLong length() {
    return headers().firstValueAsLong("Content-Length");
  }

  /** Whether the body is the rest of a file of that size, from a byte on. */
  boolean continues(long from, long size) {
    String wanted = "bytes " + from + "-" + (size - 1) + "/" + size;
    return status() == 206
        && headers().firstValue("Content-Range").map(r -> r.strip().equals(wanted)).orElse(false);
  }

  Chunks body() {
    return body;
  }

  @Override
  public void close() {
    body.close();
  }
}
