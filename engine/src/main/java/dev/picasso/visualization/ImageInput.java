package dev.picasso.visualization;

import dev.picasso.image.PixelSource;
import dev.picasso.image.PreparedImage;
import dev.picasso.image.draw.Drawing;

/**
 * An image to explain.
 *
 * @param name what pages and messages call it
 * @param original as its file has it, upright
 * @param prepared as the model takes it
 */
public record ImageInput(String name, PixelSource original, PreparedImage prepared) {
  /** Draws maps in the frame of the original. */
  public Drawing drawing() {
    return Drawing.of(original, prepared.frame());
  }
}
