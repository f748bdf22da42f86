package dev.picasso.app.web.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends requests whose body comes too slowly, and answers that are taken too slowly. A body may take
 * the time of grace, and that which its bytes take at the least rate.
 */
final class Paces extends Handler.Wrapper {
  private final WireLimits.Pace pace;

  Paces(WireLimits.Pace pace) {
    this.pace = pace;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Body body = new Body(request, pace);
    return super.handle(body, new Answer(body, response, pace), callback);
  }

  /** A request's body, in time. */
  private static final class Body extends Request.Wrapper {
    private final WireLimits.Pace pace;
    private final long begun = NanoTime.now();
    private long bytes;
    private Optional<Content.Chunk> failure = Optional.empty();

    Body(Request request, WireLimits.Pace pace) {
      super(request);
      this.pace = pace;
    }

    @Override
    public Content.Chunk read() {
      if (failure.isPresent()) {
        return failure.get();
      }
      Content.Chunk chunk = super.read();
      if (chunk != null) {
        bytes += chunk.remaining();
        if (chunk.isLast()) {
          end().setIdleTimeout(pace.idle().toMillis());
        }
      }
      return chunk;
    }

    private EndPoint end() {
      return getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Asked for whenever all that came was read. */
    @Override
    public void demand(Runnable ready) {
      long left =
          pace.grace().toMillis()
              + bytes * 1000 / pace.bytesPerSecond()
              - NanoTime.millisSince(begun);
      if (left <= 0) {
        failure =
            Optional.of(Content.Chunk.from(new TimeoutException("the body comes too slowly")));
        ready.run();
      } else {
        end().setIdleTimeout(Math.min(left, pace.idle().toMillis()));
        super.demand(ready);
      }
    }
  }

  /** An answer, taken in time. */
  private static final class Answer extends Response.Wrapper {
    private final WireLimits.Pace pace;

    Answer(Request request, Response response, WireLimits.Pace pace) {
      super(request, response);
      this.pace = pace;
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      int length = bytes == null ? 0 : bytes.remaining();
      if (length == 0) {
        super.write(last, bytes, callback);
        return;
      }
      long longest = pace.grace().toMillis() + length * 1000L / pace.bytesPerSecond();
      Request request = getRequest();
      Scheduler.Task alarm =
          request
              .getComponents()
              .getScheduler()
              .schedule(() -> hangUp(request), longest, TimeUnit.MILLISECONDS);
      super.write(last, bytes, Callback.from(alarm::cancel, callback));
    }

    private static void hangUp(Request request) {
      request
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close(new TimeoutException("the answer is taken too slowly"));
    }
  }
}
