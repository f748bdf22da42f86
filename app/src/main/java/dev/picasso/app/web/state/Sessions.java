package dev.picasso.app.web.state;

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

/** All people's sessions. Those unused for too long are ended. */
public final class Sessions implements AutoCloseable {
  private final Path folder;
  private final Duration timeout;
  private final Limits limits;
  private final Clock clock;
  private final Map<String, Session> byId = new LinkedHashMap<>();

  public Sessions(Path folder, Duration timeout, Limits limits, Clock clock) {
    this.folder = folder;
    this.timeout = timeout;
    this.limits = limits;
    this.clock = clock;
  }

  /** The session of that secret, if it has not ended. */
  public synchronized Optional<Session> find(String id) {
    Optional<Session> found = Optional.ofNullable(byId.get(id));
    found.ifPresent(s -> s.touch(clock.instant()));
    return found;
  }

  /** A new session. Where there are too many, one goes: an empty one, or the longest unused. */
  public Session create() {
    List<Session> ended = new ArrayList<>();
    Session session;
    synchronized (this) {
      Instant now = clock.instant();
      if (byId.size() >= limits.sessions()) {
        byId.values().stream()
            .min(Comparator.comparing((Session s) -> !s.isEmpty()).thenComparing(s -> s.used(now)))
            .ifPresent(ended::add);
        ended.forEach(s -> byId.remove(s.id()));
      }
      // The folder's name is not the secret: lists of files are no place for secrets.
      session = new Session(Names.secret(), folder.resolve(Names.random()), limits, now);
      byId.put(session.id(), session);
    }
    ended.forEach(Session::reset);
    return session;
  }

  /** Ends the sessions that were not used for too long. */
  public void endUnused() {
    Instant now = clock.instant();
    List<Session> ended;
    synchronized (this) {
      ended = byId.values().stream().filter(s -> s.used(now).plus(timeout).isBefore(now)).toList();
      ended.forEach(s -> byId.remove(s.id()));
    }
    ended.forEach(Session::reset);
  }

  @Override
  public void close() {
    List<Session> all;
    synchronized (this) {
      all = List.copyOf(byId.values());
      byId.clear();
    }
    all.forEach(Session::reset);
  }
}
