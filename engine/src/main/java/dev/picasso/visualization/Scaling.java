package dev.picasso.visualization;

/** Which maps share a scale of colours. */
public enum Scaling {
  /** All of one image, so that they can be compared. */
  COMMON,
  /** None: each runs from zero to its own largest value. */
  OWN
}
