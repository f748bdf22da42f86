package dev.picasso.model.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the page is served.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param maxUpload bytes of one uploaded image
 * @param maxPixels width times height of one image
 * @param sessionTimeout after how long without a request a person's images and opened models are
 *     deleted
 * @param pull whether visitors may have models of the catalogue downloaded; where nothing is said,
 *     those on this machine may, if nobody else can visit
 * @param bounds what work and its results may take
 * @param keeping where runs are kept, and how long
 * @param sharing who gets in, and by which names
 */
public record ServerSettings(
    String host,
    int port,
    long maxUpload,
    long maxPixels,
    Duration sessionTimeout,
    Optional<Boolean> pull,
    Bounds bounds,
    Keeping keeping,
    Sharing sharing) {

  /** Of a server that keeps nothing beyond its end, and lets in whom its address does. */
  public ServerSettings(
      String host,
      int port,
      long maxUpload,
      long maxPixels,
      Duration sessionTimeout,
      Optional<Boolean> pull,
      Bounds bounds) {
    this(
        host,
        port,
        maxUpload,
        maxPixels,
        sessionTimeout,
        pull,
        bounds,
        Keeping.defaults(),
        Sharing.defaults());
  }

  /**
   * Where runs are kept, and how long.
   *
   * @param data the folder that holds them, and people's images and models; where none is named,
   *     they go when the server ends
   * @param age after which runs without a name are deleted
   * @param disk bytes of all kept runs
   */
  public record Keeping(Optional<Path> data, Duration age, long disk) {
    /** Nowhere, 90 days, 20 GB. */
    public static Keeping defaults() {
      return new Keeping(Optional.empty(), Duration.ofDays(90), 20L << 30);
    }

    static Keeping read(Section section, Path folder) {
      Keeping usual = defaults();
      return new Keeping(
          section.entry("data").flatMap(new Paths(folder)::any),
          section
              .entry("runs-age")
              .flatMap(e -> e.parsed("a time such as 90 d", Units::duration))
              .orElse(usual.age),
          section
              .entry("runs-disk")
              .flatMap(e -> e.parsed("a size such as 20 GB", Units::bytes))
              .orElse(usual.disk));
    }

    /** The same in another folder, where one is named. */
    public Keeping in(Optional<Path> other) {
      return new Keeping(other.or(() -> data), age, disk);
    }
  }

  /**
   * What work and its results may take.
   *
   * @param runTimeout how long a run may be worked on
   * @param sessionDisk bytes of one person's images, models and results
   * @param disk bytes of everybody's
   */
  public record Bounds(Duration runTimeout, long sessionDisk, long disk) {
    /** Ten minutes, 4 GB, 20 GB. */
    public static Bounds defaults() {
      return new Bounds(Duration.ofMinutes(10), 4L << 30, 20L << 30);
    }

    static Bounds read(Section section) {
      Bounds usual = defaults();
      return new Bounds(
          section
              .entry("run-timeout")
              .flatMap(e -> e.parsed("a time such as 10 min", Units::duration))
              .orElse(usual.runTimeout),
          section
              .entry("session-disk")
              .flatMap(e -> e.parsed("a size such as 4 GB", Units::bytes))
              .orElse(usual.sessionDisk),
          section
              .entry("disk")
              .flatMap(e -> e.parsed("a size such as 20 GB", Units::bytes))
              .orElse(usual.disk));
    }
  }

  private static final Map<String, Optional<Boolean>> PULL =
      Map.of("auto", Optional.empty(), "true", Optional.of(true), "false", Optional.of(false));

  public static ServerSettings defaults() {
    return new ServerSettings(
        "127.0.0.1",
        5000,
        25L << 20,
        50_000_000,
        Duration.ofDays(7),
        Optional.empty(),
        Bounds.defaults());
  }

  static ServerSettings read(Section section, Path folder) {
    ServerSettings usual = defaults();
    ServerSettings read =
        new ServerSettings(
            section.text("host").orElse(usual.host),
            section.entry("port").flatMap(e -> e.whole(0, 65_535)).orElse(usual.port),
            section
                .entry("max-upload")
                .flatMap(e -> e.parsed("a size such as 25 MB", Units::bytes))
                .orElse(usual.maxUpload),
            section
                .entry("max-pixels")
                .flatMap(e -> e.parsed("a number such as 50 million", Units::pixels))
                .orElse(usual.maxPixels),
            section
                .entry("session-timeout")
                .flatMap(e -> e.parsed("a time such as 7 d or 30 min", Units::duration))
                .orElse(usual.sessionTimeout),
            section.entry("pull").flatMap(e -> e.oneOf(PULL)).orElse(usual.pull),
            Bounds.read(section),
            Keeping.read(section, folder),
            Sharing.read(section));
    section.finish();
    return read;
  }

  public ServerSettings withPort(Optional<Integer> other) {
    return new ServerSettings(
        host,
        other.orElse(port),
        maxUpload,
        maxPixels,
        sessionTimeout,
        pull,
        bounds,
        keeping,
        sharing);
  }

  public ServerSettings withHost(Optional<String> other) {
    return new ServerSettings(
        other.orElse(host),
        port,
        maxUpload,
        maxPixels,
        sessionTimeout,
        pull,
        bounds,
        keeping,
        sharing);
  }

  public ServerSettings keeping(Keeping other) {
    return new ServerSettings(
        host, port, maxUpload, maxPixels, sessionTimeout, pull, bounds, other, sharing);
  }

  public ServerSettings withAccess(Optional<Sharing.Access> other) {
    return new ServerSettings(
        host,
        port,
        maxUpload,
        maxPixels,
        sessionTimeout,
        pull,
        bounds,
        keeping,
        other.map(sharing::with).orElse(sharing));
  }
}
