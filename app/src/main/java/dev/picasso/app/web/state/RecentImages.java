package dev.picasso.app.web.state;

import dev.picasso.image.DecodedImage;
import dev.picasso.run.ImageSource.Read;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures that were decoded last. People look at one in many ways, and to decode a photograph
 * takes longer than a small network needs for a map. The memory for it is bounded; what was used
 * longest ago goes first.
 */
final class RecentImages {
  /** Bytes of pictures: about ten photographs as large as a screen. */
  private static final long MOST = 48L << 20;

  private final long most;
  private final Map<String, Read> pictures = new LinkedHashMap<>(16, .75f, true);
  private long bytes;

  RecentImages() {
    this(Math.min(MOST, Runtime.getRuntime().maxMemory() / 16));
  }

  RecentImages(long most) {
    this.most = most;
  }

  /**
   * A picture if it is still here.
   *
   * @param id of the image; ids are given once
   */
  synchronized Optional<Read> find(String id) {
    return Optional.ofNullable(pictures.get(id));
  }

  /** Keeps a picture for a while, unless it is so large that hardly another would fit beside it. */
  synchronized void keep(String id, Read read) {
    if (read.image().bytes() > most / 2) {
      return;
    }
    forget(id);
    pictures.put(id, read);
    bytes += read.image().bytes();
    while (bytes > most) {
      forget(pictures.keySet().iterator().next());
    }
  }

  /** Lets go of a picture, as of one that was deleted. */
  synchronized void forget(String id) {
    bytes -=
        Optional.ofNullable(pictures.remove(id))
            .map(Read::image)
            .map(DecodedImage::bytes)
            .orElse(0L);
  }
}
