package dev.picasso.visualization;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The maps that were computed last, so that showing them otherwise computes nothing anew. What was
 * not asked for longest is forgotten first.
 */
public final class Computed {
  /** What they may take together. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 32;

  /**
   * All that a map follows from.
   *
   * @param size of the input, in bytes
   * @param checksum of its numbers
   */
  private record Key(
      Attribution method, List<Target> targets, long size, long checksum, long hash) {}

  private final Map<Key, Maps> kept = new LinkedHashMap<>(16, .75f, true);
  private long bytes;

  /** The maps of these targets for an input, by a method with all its settings. */
  public Maps get(Attribution method, List<Target> targets, Tensor x, Supplier<Maps> work) {
    Key key = key(method, targets, x);
    synchronized (this) {
      Maps known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Maps made = work.get();
    keep(key, made);
    return made;
  }

  private static Key key(Attribution method, List<Target> targets, Tensor x) {
    ByteBuffer numbers = x.bytes();
    long size = numbers.remaining();
    CRC32C checksum = new CRC32C();
    checksum.update(numbers.duplicate());
    long hash = 1125899906842597L;
    while (numbers.remaining() >= Long.BYTES) {
      hash = 31 * hash + numbers.getLong();
    }
    return new Key(method, List.copyOf(targets), size, checksum.getValue(), hash);
  }

  private synchronized void keep(Key key, Maps maps) {
    long size = bytes(maps);
    if (size > MOST_BYTES || kept.putIfAbsent(key, maps) != null) {
      return;
    }
    bytes += size;
    Iterator<Maps> eldest = kept.values().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      bytes -= bytes(eldest.next());
      eldest.remove();
    }
  }

  private static long bytes(Maps maps) {
    long error = maps.error().map(t -> t.size() * t.type().bytes()).orElse(0L);
    return maps.values().size() * maps.values().type().bytes() + error;
  }
}
