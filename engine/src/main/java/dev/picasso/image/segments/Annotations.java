package dev.picasso.image.segments;

import dev.picasso.image.ImageException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a file of annotations tells of one picture.
 *
 * @param file that tells it, for messages
 * @param width of the picture as the file has it, 0 where it is not told
 * @param things what is in the picture
 */
public record Annotations(String file, int width, int height, List<Thing> things) {
  /**
   * Something in the picture.
   *
   * @param category what it is; empty where that is not told
   */
  public record Thing(String category, Outline outline) {}

  public Annotations {
    things = List.copyOf(things);
  }

  /**
   * Where things are, all together.
   *
   * @param picture what messages call the picture
   * @param category only things that are called so, in any case of letters; empty takes all
   * @return empty if nothing of that category is annotated
   * @throws ImageException if this was made for a picture of another size, or makes no sense
   */
  public Optional<Mask> mask(
      String picture, int pictureWidth, int pictureHeight, Optional<String> category) {
    if (width > 0 && height > 0 && (width != pictureWidth || height != pictureHeight)) {
      throw new ImageException(
          "%s says that the picture has %d × %d pixels; %s has %d × %d."
              .formatted(file, width, height, picture, pictureWidth, pictureHeight));
    }
    List<Thing> wanted =
        things.stream()
            .filter(t -> category.map(c -> c.equalsIgnoreCase(t.category())).orElse(true))
            .toList();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    BitSet pixels = new BitSet();
    try {
      wanted.forEach(t -> t.outline().fill(pictureWidth, pictureHeight, pixels));
    } catch (ImageException e) {
      throw new ImageException("%s has %s, %s.".formatted(file, e.getMessage(), picture), e);
    }
    return Optional.of(Mask.of(pictureWidth, pictureHeight, pixels::get));
  }
}
