package dev.picasso.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that says what it likes, as slowly as it likes. */
final class RawSocket implements AutoCloseable {
  /** Nothing waits longer; what comes earlier is not waited for. */
  private static final int PATIENCE = 20_000;

  private static final int MOMENT = 50;

  private final Socket socket;

  RawSocket(String address) {
    this(address, "127.0.0.1");
  }

  /** As another client of this machine, such as 127.0.0.2. */
  RawSocket(String address, String from) {
    try {
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  RawSocket send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends nothing more. */
  RawSocket end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All that comes until the server closes the connection. */
  String answer() throws IOException {
    socket.setSoTimeout(PATIENCE);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Reads until a text has come. */
  void until(String text) throws IOException {
    socket.setSoTimeout(PATIENCE);
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        throw new IOException("the answer ended without " + text + ": " + read);
      }
      read.append((char) c);
    }
  }

  /** The first line of an answer on a connection that stays open. */
  String firstLine() throws IOException {
    socket.setSoTimeout(PATIENCE);
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /**
   * Sends a byte every moment, and reads what comes, until the server closes the connection.
   *
   * @return what came; empty if the server did not lose its patience
   */
  java.util.Optional<String> dripUntilClosed(char drop) throws IOException {
    StringBuilder came = new StringBuilder();
    socket.setSoTimeout(MOMENT);
    long end = System.nanoTime() + PATIENCE * 1_000_000L;
    while (System.nanoTime() < end) {
      try {
        int c = socket.getInputStream().read();
        if (c < 0) {
          return java.util.Optional.of(came.toString());
        }
        came.append((char) c);
      } catch (SocketTimeoutException e) {
        send(String.valueOf(drop));
      } catch (SocketException e) {
        return java.util.Optional.of(came.toString());
      }
    }
    return java.util.Optional.empty();
  }

  /** Whether the server closes the connection although nothing is read from it. */
  boolean isHungUp() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE * 1_000_000L;
    while (System.nanoTime() < end) {
      try {
        send(" ");
        synchronized (this) {
          wait(MOMENT); // until the next try
        }
      } catch (SocketException e) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
