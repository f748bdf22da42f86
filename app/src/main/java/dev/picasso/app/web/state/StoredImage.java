package dev.picasso.app.web.state;

import dev.picasso.image.DecodedImage;
import dev.picasso.image.decode.ImageDecoder;
import java.nio.file.Path;

/**
 * An image that somebody uploaded, checked to be one.
 *
 * @param id made by us
 * @param number counted from 0 in its session
 * @param name what the person calls it; never a path
 * @param folder holds its files, which are named by us
 * @param width of the upright picture
 */
public record StoredImage(String id, int number, String name, Path folder, int width, int height) {
  StoredImage withNumber(int other) {
    return new StoredImage(id, other, name, folder, width, height);
  }

  /** The file as it was uploaded. */
  public Path file() {
    return folder.resolve(id + ".image");
  }

  /** A small PNG for lists. */
  Path thumb() {
    return folder.resolve(id + ".thumb.png");
  }

  /** A PNG for screens; made when first asked for. */
  Path view() {
    return folder.resolve(id + ".view.png");
  }

  /** The picture; a large one takes much memory, so do not keep it. */
  public DecodedImage decode(ImageDecoder decoder) {
    return decoder.decode(name, file());
  }
}
