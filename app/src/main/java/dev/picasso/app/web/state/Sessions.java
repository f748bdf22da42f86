package dev.picasso.app.web.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All people's sessions. Those unused for too long are ended. Lasting ones are there again when the
 * server starts anew.
 */
public final class Sessions implements AutoCloseable {
  /** A session, and who began it. */
  private record Kept(Session session, ClientAddress from) {}

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** After so long without a request, a session's models give their memory back. */
  private static final Duration RESTING = Duration.ofHours(1);

  private final Path folder;
  private final Duration timeout;
  private final Limits limits;
  private final Clock clock;
  private final Disk disk;
  private final Shelf shelf;
  private final boolean lasting;
  private final Map<String, Kept> byId = new LinkedHashMap<>();

  /** What of each session is on the disk. */
  private final Map<String, Holdings> saved = new ConcurrentHashMap<>();

  private boolean closed;

  /** Sessions that go when they are closed, and keep no runs. */
  Sessions(
      Path folder, Duration timeout, Limits limits, ServerSettings.Bounds bounds, Clock clock) {
    this(folder, timeout, limits, bounds, clock, Shelf.NONE, false);
  }

  /**
   * @param bounds of the disk
   * @param shelf where runs lie once they have ended
   * @param lasting whether they outlive the server
   */
  public Sessions(
      Path folder,
      Duration timeout,
      Limits limits,
      ServerSettings.Bounds bounds,
      Clock clock,
      Shelf shelf,
      boolean lasting) {
    this.folder = folder;
    this.timeout = timeout;
    this.limits = limits;
    this.clock = clock;
    this.disk = new Disk(bounds.sessionDisk(), bounds.disk());
    this.shelf = shelf;
    this.lasting = lasting;
  }

  /**
   * Brings back the sessions that were there when the server ended, however that was. What of them
   * is not whole is left out.
   *
   * @param everybodys models, whose input a person may have changed
   * @param served makes models of them that can be picked
   */
  public void restore(
      List<ConfiguredModel> everybodys, Function<ConfiguredModel, ServedModel> served) {
    if (!lasting || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.filter(Files::isDirectory).toList()) {
        restore(each, everybodys, served);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(
      Path each, List<ConfiguredModel> everybodys, Function<ConfiguredModel, ServedModel> served)
      throws IOException {
    Optional<SessionFile.Saved> found;
    try {
      found = SessionFile.read(each);
    } catch (JsonProcessingException e) {
      LOG.warn("{} cannot be read, and so is deleted", each, e);
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      Folders.delete(each);
      return;
    }
    SessionFile.Saved before = found.get();
    Session session = new Session(before.id(), each, limits, disk, shelf, before.used());
    Holdings holdings = KeptInputs.read(each, before.holdings(), everybodys);
    session.restore(holdings, served);
    synchronized (this) {
      byId.put(session.id(), new Kept(session, before.from()));
    }
    saved.put(session.id(), holdings);
  }

  /** Has on the disk what a session holds, where that has changed. */
  public void save(Session session) {
    Optional<Kept> kept;
    synchronized (this) {
      kept = Optional.ofNullable(byId.get(session.id()));
    }
    if (!lasting || kept.isEmpty()) {
      return;
    }
    synchronized (session.saving()) {
      Holdings now = session.holdings();
      Holdings before = saved.getOrDefault(session.id(), Holdings.NONE);
      if (now.equals(before)) {
        return;
      }
      try {
        KeptInputs.write(session, before, now);
        SessionFile.write(session.folder(), session.id(), kept.get().from(), now);
        saved.put(session.id(), now);
      } catch (IOException e) {
        throw NoRoomException.isFullDisk(e)
            ? NoRoomException.diskIsFull(e)
            : new UncheckedIOException(e);
      }
    }
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
        Names.secret(), folder.resolve(Names.random()), limits, disk, shelf, clock.instant());
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
    leaving.forEach(k -> saved.remove(k.session.id()));
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

  /** Ends the sessions that were not used for too long; models of those that rest are unloaded. */
  public void endUnused() {
    Instant now = clock.instant();
    end(k -> k.session.used(now).plus(timeout).isBefore(now));
    List<Session> left;
    synchronized (this) {
      left = byId.values().stream().map(Kept::session).toList();
    }
    for (Session session : left) {
      session.forgetRemoved(now);
      Instant used = session.used(now);
      if (used.plus(RESTING).isBefore(now)) {
        session.unloadModels();
      }
      if (lasting) {
        note(session, used);
      }
    }
  }

  private static void note(Session session, Instant used) {
    try {
      SessionFile.touch(session.folder(), used);
    } catch (IOException e) {
      LOG.debug("when {} was used is not noted", session.folder(), e);
    }
  }

  /** The models that all people have opened. */
  public List<ServedModel> models() {
    List<Session> all;
    synchronized (this) {
      all = byId.values().stream().map(Kept::session).toList();
    }
    return all.stream().flatMap(s -> s.models().stream().filter(s::owns)).toList();
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

  /** Stops all work; lasting sessions stay on the disk, others go. */
  @Override
  public void close() {
    List<Session> all;
    synchronized (this) {
      closed = true;
      all = byId.values().stream().map(Kept::session).toList();
    }
    if (lasting) {
      Instant now = clock.instant();
      all.forEach(s -> note(s, s.used(now)));
      all.forEach(Session::rest);
    } else {
      end(k -> true);
    }
  }
}
