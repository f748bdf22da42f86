package dev.picasso.visualization;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
   * @param input SHA-256 of its numbers
   */
  private record Key(Attribution method, List<Target> targets, String input) {}

  private final Map<Key, Maps> kept = new LinkedHashMap<>(16, .75f, true);
  private long bytes;

  /** The maps of these targets for an input, by a method with all its settings. */
  public Maps get(Attribution method, List<Target> targets, Tensor x, Supplier<Maps> work) {
    Key key = new Key(method, List.copyOf(targets), sha256(x.bytes()));
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

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
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
