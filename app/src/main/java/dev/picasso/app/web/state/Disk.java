package dev.picasso.app.web.state;

import dev.picasso.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many bytes of the disk everybody's files take. Where the limit is reached, the oldest
 * finished runs go: a person's own, and of all together those of the person who has most.
 */
final class Disk {
  private final long each;
  private final long all;
  private final Map<Owner, Long> used = new LinkedHashMap<>();

  /** Somebody with files. */
  interface Owner {
    /**
     * Deletes what is the least loss, and tells this disk of it; false if nothing can go. Called
     * with no lock held.
     */
    boolean makeRoom();
  }

  /**
   * @param each bytes that one person's files may take
   * @param all bytes that all files together may take
   */
  Disk(long each, long all) {
    this.each = each;
    this.all = all;
  }

  /**
   * Counts bytes that are about to be written, or that just were.
   *
   * @throws NoRoomException if there is no room for them, nor can be made; they do not count then
   */
  void take(Owner owner, long bytes) {
    while (!tryTake(owner, bytes)) {
      boolean own = of(owner) + bytes > each;
      Optional<Owner> yields = own ? Optional.of(owner) : richest();
      if (yields.isEmpty() || !(yields.get().makeRoom() || (!own && owner.makeRoom()))) {
        throw new NoRoomException(
            own
                ? "Your images, models and results may take %s here, and that is reached; take images away, or start over."
                    .formatted(Words.bytes(each))
                : "All files on this server may take %s, and that is reached; try again later."
                    .formatted(Words.bytes(all)));
      }
    }
  }

  private synchronized boolean tryTake(Owner owner, long bytes) {
    long theirs = of(owner) + bytes;
    if (theirs > each || total() + bytes > all) {
      return false;
    }
    used.put(owner, theirs);
    return true;
  }

  /** Bytes that lie there already, whether there is room for them or not. */
  synchronized void restore(Owner owner, long bytes) {
    used.put(owner, of(owner) + bytes);
  }

  /** Bytes that are no longer there. */
  synchronized void giveBack(Owner owner, long bytes) {
    long left = of(owner) - bytes;
    if (left > 0) {
      used.put(owner, left);
    } else {
      used.remove(owner);
    }
  }

  /** All of a person's. */
  synchronized void giveBackAll(Owner owner) {
    used.remove(owner);
  }

  /** Bytes of all. */
  synchronized long used() {
    return total();
  }

  synchronized long of(Owner owner) {
    return used.getOrDefault(owner, 0L);
  }

  private synchronized long total() {
    return used.values().stream().mapToLong(Long::longValue).sum();
  }

  private synchronized Optional<Owner> richest() {
    return used.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
