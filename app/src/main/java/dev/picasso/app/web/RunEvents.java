package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.Run;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.Semaphore;

/**
 * Tells a page how a run gets on, as server-sent events. Each listener has its request's thread, so
 * that a slow one delays nobody; their number is bounded.
 */
final class RunEvents {
  private static final int MOST_LISTENERS = 100;

  /** A comment after this time keeps the connection open, and finds out when nobody listens. */
  private static final long HEARTBEAT = 10_000;

  /** Progress is not told more often than this. */
  private static final long PACE = 100;

  private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

  void stream(Context context, Run run) {
    if (!listeners.tryAcquire()) {
      throw new HttpProblem(503, "Too many pages listen; ask for the run itself now and then.");
    }
    try {
      context.res().setContentType("text/event-stream");
      context.res().setCharacterEncoding("utf-8");
      context.res().setHeader("X-Accel-Buffering", "no");
      OutputStream out = context.res().getOutputStream();
      context.res().flushBuffer();
      send(out, run);
    } catch (IOException e) {
      // The page was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is being closed
    } finally {
      listeners.release();
    }
  }

  private static void send(OutputStream out, Run run) throws IOException, InterruptedException {
    BitSet told = new BitSet();
    Run.Status status = run.status();
    while (true) {
      for (int i = 0; i < run.order().images().size(); i++) {
        if (!told.get(i) && run.result(i).isPresent()) {
          told.set(i);
          event(out, "result", Json.object().put("index", i));
        }
      }
      ObjectNode json = RunJson.status(run, status);
      if (status.state() != Run.State.RUNNING) {
        event(out, "end", json);
        return;
      }
      event(out, "progress", json);
      run.awaitEnd(PACE);
      Run.Status next = run.awaitChange(status.version(), HEARTBEAT);
      while (next.version() == status.version()) {
        write(out, ":\n\n");
        next = run.awaitChange(status.version(), HEARTBEAT);
      }
      status = next;
    }
  }

  private static void event(OutputStream out, String name, ObjectNode json) throws IOException {
    write(out, "event: " + name + "\ndata: " + Json.text(json) + "\n\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
