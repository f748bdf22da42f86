package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.graph.Graph;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The compiled programs of one model. Each is compiled once, by whoever first asks for it, and
 * nobody who asks for another one waits. Those that were not used for longest give way when all
 * together take too much memory.
 */
final class Programs implements AutoCloseable {
  /** What a program's weights may take, all together; one always may. */
  private static final long MOST_BYTES = Math.max(1L << 30, Runtime.getRuntime().maxMemory() / 2);

  private final Model model;
  private final RuntimeOptions options;

  /** The least recently used first. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, .75f, true);

  /** How many have it open. */
  private int owners = 1;

  private boolean closed;

  Programs(Model model, RuntimeOptions options) {
    this.model = model;
    this.options = options;
  }

  /** None yet, of another model, run in the same way. */
  Programs of(Model other) {
    return new Programs(other, options);
  }

  /**
   * A program in one piece, or one that shares what does not depend on some inputs.
   *
   * @param asked those inputs
   * @param questions how often they change; all that are too many for one run are alike
   */
  record Key(Derived what, Set<String> asked, int questions) {
    Key {
      questions = Math.min(questions, SharedWork.TOGETHER + 1);
    }

    /** In one piece. */
    Key(Derived what) {
      this(what, Set.of(), 1);
    }
  }

  /** A program, or the work on it. */
  private static final class Entry {
    /** Held while it is compiled. */
    private final ReentrantLock work = new ReentrantLock();

    private Optional<Program> program = Optional.empty();
    private int users;
  }

  /**
   * Uses a program, which stays compiled as long.
   *
   * @throws IllegalStateException if this has been closed
   */
  <T> T use(Key what, Stop stop, Function<Program, T> work) {
    Entry entry = lease(what);
    try {
      return work.apply(compiled(what, entry, stop));
    } finally {
      giveBack(what, entry);
    }
  }

  private synchronized Entry lease(Key what) {
    if (closed) {
      throw new IllegalStateException("the model has been closed");
    }
    Entry entry = entries.computeIfAbsent(what, k -> new Entry());
    entry.users++;
    return entry;
  }

  private Program compiled(Key what, Entry entry, Stop stop) {
    lock(entry, stop);
    try {
      if (entry.program.isPresent()) {
        return entry.program.get();
      }
      stop.check();
      Graph graph = what.what().graph(model);
      stop.check();
      return keep(
          entry, Program.of(graph, what.what().sums(), what.asked(), what.questions(), options));
    } finally {
      entry.work.unlock();
    }
  }

  /** Whoever waits for another's work on the same program may be asked to stop meanwhile. */
  private static void lock(Entry entry, Stop stop) {
    try {
      while (!entry.work.tryLock(100, TimeUnit.MILLISECONDS)) {
        stop.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private synchronized Program keep(Entry entry, Program program) {
    if (closed) {
      program.close();
      throw new IllegalStateException("the model has been closed");
    }
    entry.program = Optional.of(program);
    return program;
  }

  /** What the weights of its sessions take; more of them are made while it is used. */
  private static long bytes(Entry entry) {
    return entry.program.map(Program::bytes).orElse(0L);
  }

  private void giveBack(Key what, Entry entry) {
    List<Program> superfluous = new ArrayList<>();
    synchronized (this) {
      entry.users--;
      if (entry.users == 0 && entry.program.isEmpty()) {
        entries.remove(what);
      }
      long total = entries.values().stream().mapToLong(Programs::bytes).sum();
      Iterator<Entry> eldest = entries.values().iterator();
      while (total > MOST_BYTES && eldest.hasNext()) {
        Entry old = eldest.next();
        if (old.users == 0 && old != entry) {
          old.program.ifPresent(superfluous::add);
          total -= bytes(old);
          eldest.remove();
        }
      }
    }
    superfluous.forEach(Program::close);
  }

  /** One more has it open, and closes it. */
  synchronized void share() {
    if (closed) {
      throw new IllegalStateException("the model has been closed");
    }
    owners++;
  }

  /** The last who has it open waits for runs that are under way; nothing runs afterwards. */
  @Override
  public void close() {
    List<Program> all = new ArrayList<>();
    synchronized (this) {
      owners--;
      if (owners > 0) {
        return;
      }
      closed = true;
      entries.values().forEach(e -> e.program.ifPresent(all::add));
    }
    all.forEach(Program::close);
  }
}
