package dev.picasso.app.web.state;

import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out runs, two at a time; the runtime uses all cores for each. People take turns, image
 * for image. A run that takes too long is ended; one whose visualization does not even end when
 * asked to is left alone, so that all others go on.
 */
public final class Runner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final int AT_ONCE = 2;

  /** Work ends within a second of being asked to; what takes longer than this does not listen. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** A visualization of which so many runs do not end is not started any more. */
  private static final int MOST_STUCK = 2;

  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final ImageStore images;
  private final Thrift thrift;
  private final Warming warming;
  private final int mostWaiting;
  private final Duration longest;
  private final Turns<Asker, RunWork> turns = new Turns<>();

  /** Runs that were taken on and have not ended, and whose they are. */
  private final Map<Run, Asker> taken = new LinkedHashMap<>();

  private final Set<Working> working = new HashSet<>();
  private final Set<Working> stuck = new HashSet<>();
  private final ScheduledThreadPoolExecutor clock;
  private final WorkLog log;
  private boolean closed;

  /** Who waits for work: a person, and where from. */
  private record Asker(Session session, ClientAddress from) {}

  /**
   * @param waiting how many runs may wait for their turn
   * @param longest how long one may be worked on
   * @param log is told of what was done
   */
  public Runner(
      ImageStore images,
      Thrift thrift,
      Warming warming,
      int waiting,
      Duration longest,
      WorkLog log) {
    this.log = log;
    this.images = images;
    this.thrift = thrift;
    this.warming = warming;
    this.mostWaiting = waiting;
    this.longest = longest;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> daemon(work, "picasso-clock"),
            new ThreadPoolExecutor.DiscardPolicy()); // after closing there is nothing to watch
    clock.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread made = new Thread(work, name);
    made.setDaemon(true);
    return made;
  }

  /**
   * Takes a run on. It waits for its model first, then for its turn.
   *
   * @param from where it was asked for; no address may have more than half of what waits, so that
   *     one that begins many sessions does not keep others out
   * @return why it is not taken on, if it is not
   */
  public Optional<String> submit(Session session, Run run, ClientAddress from) {
    Asker asker = new Asker(session, from);
    synchronized (this) {
      forgetEnded();
      Optional<String> refused = refusal(run, from);
      if (refused.isPresent()) {
        return refused;
      }
      taken.put(run, asker);
    }
    var unused = run.order().model().load().whenComplete((model, problem) -> queue(asker, run));
    return Optional.empty();
  }

  private void forgetEnded() {
    List<Run> ended = taken.keySet().stream().filter(Run::isEnded).toList();
    ended.forEach(taken::remove);
    ended.forEach(log::ended);
  }

  private Optional<String> refusal(Run run, ClientAddress from) {
    if (closed || taken.size() >= mostWaiting + AT_ONCE) {
      return Optional.of("Too many runs wait already; try again in a minute.");
    }
    long own = taken.values().stream().filter(asker -> asker.from.equals(from)).count();
    if (own >= (mostWaiting + 1) / 2 + AT_ONCE) {
      return Optional.of("Too many runs of your address wait already; try again in a minute.");
    }
    // By the class and not by the id: a plugin that was mended is another one.
    Visualization<?> asked = run.order().visualization();
    long stay =
        stuck.stream().filter(w -> w.work.run().order().visualization().equals(asked)).count();
    return stay < MOST_STUCK
        ? Optional.empty()
        : Optional.of(
            run.order().visualization().title()
                + " is not started: "
                + stay
                + " runs of it do not end although they were asked to."
                + " Try again later, or have the server restarted.");
  }

  private synchronized void queue(Asker asker, Run run) {
    turns.add(asker, new RunWork(run, asker.session, images));
    fillUp();
  }

  /** Starts what may start, and tells the others how many go first. */
  private void fillUp() {
    while (!closed && working.size() < AT_ONCE && !turns.isEmpty()) {
      turns
          .next(this::atWork)
          .filter(turn -> !turn.work().run().isEnded())
          .ifPresent(turn -> begin(new Working(turn.person(), turn.work())));
    }
    List<RunWork> waiting =
        turns.inOrder(this::atWork).stream().filter(work -> !work.run().isEnded()).toList();
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).run().waitsFor(Optional.of(i));
    }
  }

  /** What is under way for an address counts first, then what is for a person there. */
  private int atWork(Asker asker) {
    return working.stream()
        .mapToInt(
            w ->
                w.asker.equals(asker)
                    ? AT_ONCE + 2
                    : w.asker.from.equals(asker.from) ? AT_ONCE + 1 : 0)
        .sum();
  }

  /** How many runs wait for their turn, or for their model. */
  public synchronized int waiting() {
    forgetEnded();
    return Math.max(0, taken.size() - working.size());
  }

  /** How many runs are worked on. */
  public synchronized int atWork() {
    return working.size();
  }

  /** How many do not end although they were asked to. */
  public synchronized int stuck() {
    return stuck.size();
  }

  private void begin(Working begun) {
    begun.work.run().waitsFor(Optional.empty());
    working.add(begun);
    warming.workBegins();
    begun.thread.start();
  }

  private synchronized boolean othersWait() {
    return !turns.isEmpty();
  }

  /** Somebody's turn: a thread that works on a run until it is done or others wait. */
  private final class Working implements Runnable {
    private final Asker asker;
    private final RunWork work;
    private final Thread thread;

    Working(Asker asker, RunWork work) {
      this.asker = asker;
      this.work = work;
      this.thread = daemon(this, "picasso-run");
    }

    @Override
    public void run() {
      Duration before = work.spent();
      long left = longest.minus(before).toMillis();
      var timeout = clock.schedule(this::takesTooLong, Math.max(0, left), TimeUnit.MILLISECONDS);
      try {
        Object unused = work.run().stop().telling(this::mustEndSoon, this::goOn);
      } finally {
        timeout.cancel(false);
        log.worked(work.run(), work.spent().minus(before), work.spent());
        leave(this);
      }
    }

    private Run goOn() {
      work.goOn(Runner.this::othersWait);
      return work.run();
    }

    private void takesTooLong() {
      work.run()
          .end(
              Run.State.FAILED,
              Optional.of(
                  work.run().order().visualization().title()
                      + " was ended after "
                      + Durations.words(longest)
                      + ", the longest that a run may take here. Ask for less at a time."));
    }

    private void mustEndSoon() {
      var unused = clock.schedule(() -> giveUp(this), GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Lets others go on without a thread that does not end. */
  private synchronized void giveUp(Working silent) {
    if (working.remove(silent)) {
      stuck.add(silent);
      Visualizations.failed(
          silent.work.run().order().visualization(),
          "A run did not end within "
              + Durations.words(GRACE)
              + " after it was asked to, so that it keeps a thread until Picasso is started anew."
              + " Call steps.done(share) every second or so, in every loop.");
      LOG.warn(
          "{} did not end within {} after it was asked to; its thread is left alone",
          silent.work.run().order().visualization().id(),
          Durations.words(GRACE));
      silent.thread.interrupt();
      fillUp();
      warming.workDone(working.isEmpty());
    }
  }

  private synchronized void leave(Working left) {
    boolean listened = working.remove(left);
    stuck.remove(left);
    if (listened && !left.work.run().isEnded()) {
      turns.goOnLater(left.asker, left.work);
    }
    fillUp();
    notifyAll();
    thrift.workDone(working.isEmpty());
    warming.workDone(working.isEmpty());
  }

  /** Stops all work; gives what runs a few seconds to notice. */
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(taken.keySet()).forEach(Run::cancel);
    working.forEach(w -> w.thread.interrupt());
    long end = System.nanoTime() + CLOSING.toNanos();
    try {
      for (long left = CLOSING.toMillis();
          !working.isEmpty() && left > 0;
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clock.shutdownNow();
  }
}
