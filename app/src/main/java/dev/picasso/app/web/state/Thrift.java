package dev.picasso.app.web.state;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has memory given back. What the runtime computes lies outside the heap and goes when its handle
 * on the heap is collected; Java sees no reason to collect a heap that is hardly filled. And what a
 * large image once took stays with the process until a collection finds it unused.
 */
public final class Thrift implements AutoCloseable {
  /** Bytes outside the heap that may wait for a collection while work goes on. */
  private static final long MOST = 256L << 20;

  /** After this pause nobody works; a collection disturbs nobody. */
  private static final long PAUSE = 1000;

  private final ScheduledThreadPoolExecutor thread;
  private long kept;
  private boolean planned;

  public Thrift() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread made = new Thread(work, "picasso-thrift");
              made.setDaemon(true);
              return made;
            },
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Some work that takes much memory has ended.
   *
   * @param idle whether no other is under way
   */
  void workDone(boolean idle) {
    if (idle) {
      plan();
    } else if (outsideTheHeap() - kept() > MOST) {
      collect();
    }
  }

  private synchronized void plan() {
    if (!planned) {
      planned = true;
      var unused = thread.schedule(this::collect, PAUSE, TimeUnit.MILLISECONDS);
    }
  }

  private void collect() {
    synchronized (this) {
      planned = false;
    }
    System.gc();
    keep(outsideTheHeap());
  }

  private synchronized long kept() {
    return kept;
  }

  private synchronized void keep(long bytes) {
    kept = bytes;
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
