package dev.picasso.image.draw;

/** How a map and its picture are shown together. */
public enum Blending {
  /** The map alone. */
  MAP,
  /** The map over the picture, everywhere as opaque. */
  OVERLAY,
  /** The map over the picture, the more opaque the stronger it is. */
  STRENGTH,
  /** The picture, and the map beside it. */
  SIDE_BY_SIDE,
  /** Lines of equal value over the picture. */
  CONTOUR,
  /** The picture where the map is strong, dark and grey elsewhere. */
  MASKED,
  /** Boxes around the parts where the map is strong, over the picture. */
  BOXES
}
