package dev.picasso.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that publishes files, well or badly, and notes what it was asked. */
public final class Publisher implements AutoCloseable {
  /** How a file is given. */
  @FunctionalInterface
  public interface Manner {
    void answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Publisher(HttpServer server) {
    this.server = server;
  }

  public static Publisher open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
      Publisher publisher = new Publisher(server);
      server.setExecutor(publisher.threads);
      server.start();
      return publisher;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a file at a path, and says where that is. */
  public URI give(String path, byte[] content, Manner manner) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          asked.add(path + Optional.ofNullable(range).map(r -> " " + r).orElse(""));
          manner.answer(exchange, content);
        });
    return address(path);
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** What was asked so far: paths, and the range where one was named. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** A file that is given so, with its true size and checksum. */
  public RemoteFile file(String name, byte[] content, Manner manner) {
    return file(name, content, give("/" + name, content, manner));
  }

  /** A file at these addresses, with the size and checksum of the content. */
  public static RemoteFile file(String name, byte[] content, URI... addresses) {
    return new RemoteFile(name, List.of(addresses), content.length, sha256(content));
  }

  public static Checksum sha256(byte[] content) {
    try {
      return Checksum.sha256(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As it should be: all of it, or the range. */
  public static void well(HttpExchange exchange, byte[] content) throws IOException {
    int from = from(exchange);
    if (from > 0) {
      range(exchange, "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    body(exchange, from > 0 ? 206 : 200, Arrays.copyOfRange(content, from, content.length));
  }

  /** All of it, whatever part was asked for. */
  public static void whole(HttpExchange exchange, byte[] content) throws IOException {
    body(exchange, 200, content);
  }

  /** Breaks the connection after so many bytes of what was asked for. */
  public static Manner cutAfter(int bytes) {
    return (exchange, content) -> {
      int from = from(exchange);
      if (from > 0) {
        range(exchange, "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      OutputStream out = exchange.getResponseBody();
      out.write(content, from, Math.min(bytes, content.length - from));
      out.flush();
      exchange.close();
    };
  }

  /** Answers so, with a word as body. */
  public static Manner status(int status) {
    return (exchange, content) -> body(exchange, status, new byte[] {'n', 'o'});
  }

  public static Manner redirect(String location) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().add("Location", location);
      body(exchange, 302, new byte[0]);
    };
  }

  /** The same, where nobody knows how long it will be. */
  public static void unannounced(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  /** Sends half, and then nothing more for as long as this server lives. */
  public void stall(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, content.length / 2);
    exchange.getResponseBody().flush();
    silence(exchange, content);
  }

  /** Sends nothing at all. */
  public void silence(HttpExchange exchange, byte[] content) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  static void range(HttpExchange exchange, String text) {
    exchange.getResponseHeaders().add("Content-Range", text);
  }

  static void body(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
