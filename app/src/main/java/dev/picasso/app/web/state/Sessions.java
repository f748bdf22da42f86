package dev.picasso.app.web.state;

import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.model.config.ServerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All people's sessions. Those unused for too long are ended. */
public final class Sessions implements AutoCloseable {
  /** A session, and who began it. */
  private record Kept(Session session, ClientAddress from) {}

  private final Path folder;
  private final Duration timeout;
  private final Limits limits;
  private final Clock clock;
  private final Disk disk;
  private final Map<String, Kept> byId = new LinkedHashMap<>();
  private boolean closed;

  /**
   * @param bounds of the disk
   */
  public Sessions(
      Path folder, Duration timeout, Limits limits, ServerSettings.Bounds bounds, Clock clock) {
    this.folder = folder;
    this.timeout = timeout;
    this.limits = limits;
    this.clock = clock;
    this.disk = new Disk(bounds.sessionDisk(), bounds.disk());
  }

  /** The session of that secret, if it has not ended. */
  public synchronized Optional<Session> find(String id) {
    Optional<Session> found = Optional.ofNullable(byId.get(id)).map(Kept::session);
    found.ifPresent(s -> s.touch(clock.instant()));
    return found;
  }

  /** A new session, which nobody finds until it is kept. */
  public Session begin() {
    // The folder's name is not the secret: lists of files are no place for secrets.
    return new Session(
        Names.secret(), folder.resolve(Names.random()), limits, disk, clock.instant());
  }

  /**
   * Keeps a session. Where there are too many, one goes: an empty one; else, of the address that
   * has most, the longest unused. So a stranger who begins hundreds loses those, and nobody else
   * any.
   *
   * @return false if it was kept before
   */
  public boolean keep(Session session, ClientAddress from) {
    List<Session> ended = new ArrayList<>();
    synchronized (this) {
      if (byId.containsKey(session.id())) {
        return false;
      }
      if (closed) {
        ended.add(session);
      } else {
        byId.put(session.id(), new Kept(session, from));
        if (byId.size() > limits.sessions()) {
          ended.addAll(remove(List.of(surplus(session))));
        }
      }
    }
    ended.forEach(Session::reset);
    return true;
  }

  /** The one that goes; the one that has just come stays if it holds anything. */
  private Kept surplus(Session newest) {
    Instant now = clock.instant();
    Map<ClientAddress, Long> held =
        byId.values().stream().collect(Collectors.groupingBy(Kept::from, Collectors.counting()));
    return byId.values().stream()
        .filter(k -> k.session != newest || newest.isEmpty())
        .min(
            Comparator.comparing((Kept k) -> !k.session.isEmpty())
                .thenComparing(k -> k.session == newest)
                .thenComparing(k -> -held.getOrDefault(k.from, 0L))
                .thenComparing(k -> k.session.used(now)))
        .orElseThrow();
  }

  private List<Session> remove(List<Kept> leaving) {
    leaving.forEach(k -> byId.remove(k.session.id()));
    return leaving.stream().map(Kept::session).toList();
  }

  /**
   * Ends a session that was never kept and holds nothing.
   *
   * @return whether it is none that is to be kept
   */
  public boolean forget(Session session) {
    synchronized (this) {
      if (byId.containsKey(session.id())) {
        return true;
      }
    }
    if (session.isEmpty()) {
      session.reset();
      return true;
    }
    return false;
  }

  /** Ends the sessions that were not used for too long. */
  public void endUnused() {
    Instant now = clock.instant();
    end(k -> k.session.used(now).plus(timeout).isBefore(now));
  }

  /** How many there are. */
  public synchronized int count() {
    return byId.size();
  }

  /** Bytes of everybody's files. */
  public long bytes() {
    return disk.used();
  }

  /** Whoever has that session is still there, as somebody who listens to events is. */
  public void seen(Session session) {
    session.touch(clock.instant());
  }

  /** Stops the work of those who went away without a word. */
  public void stopUnattended() {
    Instant latest = clock.instant().minus(limits.left());
    List<Session> left;
    synchronized (this) {
      left =
          byId.values().stream().map(Kept::session).filter(s -> s.seen().isBefore(latest)).toList();
    }
    String why =
        "Stopped, since nobody has asked for it for "
            + Durations.words(limits.left())
            + ". What was finished is there.";
    left.forEach(s -> s.stopWork(why));
  }

  private void end(Predicate<Kept> which) {
    List<Session> ended;
    synchronized (this) {
      ended = remove(byId.values().stream().filter(which).toList());
    }
    ended.forEach(Session::reset);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    end(k -> true);
  }
}
