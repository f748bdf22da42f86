package dev.picasso.app.web.wire;

import java.time.Duration;

/**
 * How much of the server requests may take up at once. Together the lanes have fewer places than
 * there are threads, so that slow requests of one kind never keep others waiting.
 *
 * @param connections open at once
 * @param connectionsOfAddress of these, of one address
 * @param uploads files on their way
 * @param orders other requests with a body
 * @param waiting requests whose answer takes a while, such as streams of events
 * @param reading all others: the page, its files and pictures
 * @param turn how long a request waits for its place
 * @param pace how slow the two ends may be
 */
public record WireLimits(
    int connections,
    int connectionsOfAddress,
    Lane uploads,
    Lane orders,
    Lane waiting,
    Lane reading,
    Duration turn,
    Pace pace) {
  /**
   * How many requests of a kind are answered at once; more wait for their turn.
   *
   * @param all requests of that kind
   * @param each of these, of one address
   */
  public record Lane(int all, int each) {}

  /**
   * How slow a client may be.
   *
   * @param bytesPerSecond the least that must come, or be taken
   * @param grace before that is looked at
   * @param headers the longest that the headers of a request may take
   * @param idle the longest that nothing may happen at all
   */
  public record Pace(long bytesPerSecond, Duration grace, Duration headers, Duration idle) {}

  /** For a class of thirty behind one address, and for strangers beside it. */
  public static WireLimits defaults() {
    return new WireLimits(
        2000,
        500,
        new Lane(48, 32),
        new Lane(40, 20),
        new Lane(120, 60),
        new Lane(60, 30),
        Duration.ofSeconds(15),
        new Pace(4096, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));
  }

  /** Threads for all lanes, and some for the network itself. */
  int threads() {
    return uploads.all + orders.all + waiting.all + reading.all + 50;
  }
}
