package dev.picasso.image.segments;

import dev.picasso.image.Picture;

/** A way to cut a picture into regions of much the same colour. The same picture, the same cuts. */
public sealed interface Segmentation permits Felzenszwalb, Slic, Quickshift {
  /** The regions of a picture; a fourth channel takes no part. */
  Segments segment(Picture picture);
}
