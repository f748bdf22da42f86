package dev.picasso.app.web.state;

import dev.picasso.image.Picture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The pictures of which pieces were taken last, small enough to be kept. For one thread at a time.
 */
final class OtherPictures {
  /** At most 1024 × 1024 floats of three channels each. */
  private static final int KEPT = 4;

  private final Function<StoredImage, Picture> reader;
  private final Map<String, Picture> known = new LinkedHashMap<>(16, .75f, true);

  /**
   * @param reader makes a picture of an image, as small as it is to be kept
   */
  OtherPictures(Function<StoredImage, Picture> reader) {
    this.reader = reader;
  }

  Picture of(StoredImage image) {
    Picture picture = known.computeIfAbsent(image.id(), id -> reader.apply(image));
    while (known.size() > KEPT) {
      known.remove(known.keySet().iterator().next());
    }
    return picture;
  }
}
