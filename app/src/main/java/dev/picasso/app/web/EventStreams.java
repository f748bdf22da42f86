package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.app.web.wire.Places;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events. Each listener has its request's thread, so that a slow one delays nobody;
 * their number is bounded, in all and for one address.
 */
final class EventStreams {
  /** A comment after this time keeps the connection open, and finds out when nobody listens. */
  static final long HEARTBEAT = 10_000;

  /** Progress is not told more often than this. */
  static final long PACE = 100;

  /** Tells one listener everything, and returns when there is nothing more to come. */
  @FunctionalInterface
  interface Teller {
    void tell(Out out) throws IOException, InterruptedException;
  }

  /** The listener's end. */
  record Out(OutputStream stream) {
    void event(String name, ObjectNode json) throws IOException {
      write("event: " + name + "\ndata: " + Json.text(json) + "\n\n");
    }

    void beat() throws IOException {
      write(":\n\n");
    }

    private void write(String text) throws IOException {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    }
  }

  private final Places listeners;
  private final String full;

  /**
   * Streams to so many at once.
   *
   * @param most in all
   * @param each of these, to one address
   * @param full what is said to one too many
   */
  EventStreams(int most, int each, String full) {
    this.listeners = new Places(most, each);
    this.full = full;
  }

  void stream(Context context, Teller teller) {
    ClientAddress address = ClientAddress.of(context.req().getRemoteAddr());
    if (!listeners.take(address)) {
      throw new HttpProblem(503, full);
    }
    try {
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("utf-8");
      context.res().setHeader("X-Accel-Buffering", "no");
      OutputStream out = context.res().getOutputStream();
      context.res().flushBuffer();
      teller.tell(new Out(out));
    } catch (IOException e) {
      // The page was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is being closed
    } finally {
      listeners.giveBack(address);
    }
  }
}
