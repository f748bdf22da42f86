package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.Run;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;

/** Tells a page how a run gets on. */
final class RunEvents {
  private final EventStreams streams =
      new EventStreams(100, 50, "Too many pages listen; ask for the run itself now and then.");

  private final long beat;

  /**
   * @param left after how long without a sign a listener counts as gone
   */
  RunEvents(Duration left) {
    this.beat = Math.max(1, Math.min(EventStreams.HEARTBEAT, left.toMillis() / 3));
  }

  /**
   * Tells one listener.
   *
   * @param stillThere told whenever the listener has taken something
   */
  void stream(Context context, Run run, Runnable stillThere) {
    streams.stream(context, out -> send(out, run, stillThere));
  }

  private void send(EventStreams.Out out, Run run, Runnable stillThere)
      throws IOException, InterruptedException {
    BitSet told = new BitSet();
    Run.Status status = run.status();
    while (true) {
      for (int i = 0; i < run.order().images().size(); i++) {
        if (!told.get(i) && run.result(i).isPresent()) {
          told.set(i);
          out.event("result", Json.object().put("index", i));
        }
      }
      ObjectNode json = RunJson.status(run, status);
      if (status.state() != Run.State.RUNNING) {
        out.event("end", json);
        return;
      }
      out.event("progress", json);
      stillThere.run();
      if (told.isEmpty()) {
        run.awaitResult(EventStreams.PACE); // for which somebody waits
      } else {
        run.awaitEnd(EventStreams.PACE);
      }
      Run.Status next = run.awaitChange(status.version(), beat);
      while (next.version() == status.version()) {
        out.beat();
        stillThere.run();
        next = run.awaitChange(status.version(), beat);
      }
      status = next;
    }
  }
}
