package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The images of one person, those that were taken away and can be restored among them, and room for
 * those on their way. Whoever owns it sees to it that one thread at a time uses it.
 */
final class Tray {
  /** Bytes of deleted images that are kept for those who want them back. */
  private static final long RESTORABLE = 100L << 20;

  private final int most;
  private final Map<String, StoredImage> images = new LinkedHashMap<>();

  /** The longest deleted first. */
  private final Set<String> deleted = new LinkedHashSet<>();

  /** Images that are being stored. */
  private final Set<String> arriving = new HashSet<>();

  private int nextNumber;

  /**
   * With nothing in it.
   *
   * @param most images that may be there
   */
  Tray(int most) {
    this.most = most;
  }

  /** Takes in what was there before. */
  void takeIn(List<StoredImage> before, List<String> deletedBefore, int next) {
    before.forEach(image -> images.put(image.id(), image));
    deleted.addAll(deletedBefore);
    nextNumber = next;
  }

  /** All, the deleted ones too, in the order in which they came. */
  List<StoredImage> all() {
    return List.copyOf(images.values());
  }

  /** Those that were deleted, the longest deleted first. */
  List<String> deleted() {
    return List.copyOf(deleted);
  }

  /** Those that were not. */
  List<StoredImage> shown() {
    return images.values().stream().filter(i -> !deleted.contains(i.id())).toList();
  }

  int nextNumber() {
    return nextNumber;
  }

  Optional<StoredImage> image(String wanted) {
    return Optional.ofNullable(images.get(wanted));
  }

  boolean isEmpty() {
    return images.isEmpty() && arriving.isEmpty();
  }

  /**
   * Makes room for an image.
   *
   * @return its id
   * @throws PicassoException if there are too many
   */
  String reserve() {
    String image = Names.random();
    reserve(image);
    return image;
  }

  /** The same for an image that has an id, which none of those here has. */
  void reserve(String image) {
    if (images.size() - deleted.size() + arriving.size() >= most) {
      throw new PicassoException(
          "There are " + most + " images already; remove some, or start over.");
    }
    if (images.containsKey(image) || !arriving.add(image)) {
      throw new PicassoException("This image is being added already; ask again.");
    }
  }

  /**
   * Takes an image in for which room was made; it gets its number.
   *
   * @throws PicassoException if the room was given up since
   */
  StoredImage keep(StoredImage image) {
    if (!arriving.remove(image.id())) {
      throw new PicassoException(
          image.name() + ": everything was removed while it was on its way; add it again.");
    }
    StoredImage numbered = image.withNumber(nextNumber++);
    images.put(image.id(), numbered);
    return numbered;
  }

  void giveUp(String image) {
    arriving.remove(image);
  }

  /** Takes an image off those that are shown; false if it is none of them. */
  boolean delete(String image) {
    return images.containsKey(image) && deleted.add(image);
  }

  /** Shows a deleted image again where it was. */
  Optional<StoredImage> restore(String image) {
    deleted.remove(image);
    return image(image);
  }

  /**
   * Takes out the longest deleted image where more are kept than there need be.
   *
   * @param inUse stay
   */
  Optional<StoredImage> removeSurplus(Set<StoredImage> inUse) {
    long bytes =
        deleted.stream().flatMap(i -> image(i).stream()).mapToLong(StoredImage::bytes).sum();
    return deleted.size() > most || bytes > RESTORABLE ? removeDeleted(inUse) : Optional.empty();
  }

  /**
   * Takes the longest deleted image out for good.
   *
   * @param inUse stay
   */
  Optional<StoredImage> removeDeleted(Set<StoredImage> inUse) {
    Optional<StoredImage> longest =
        deleted.stream()
            .flatMap(i -> image(i).stream())
            .filter(i -> !inUse.contains(i))
            .findFirst();
    longest.ifPresent(
        gone -> {
          deleted.remove(gone.id());
          images.remove(gone.id());
        });
    return longest;
  }

  /** Nothing is left; what is on its way finds no room. */
  void clear() {
    arriving.clear();
    images.clear();
    deleted.clear();
    nextNumber = 0;
  }
}
