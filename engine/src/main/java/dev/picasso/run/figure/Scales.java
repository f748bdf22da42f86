package dev.picasso.run.figure;

/** Which maps of a figure share a scale. Only maps of the same meaning ever do. */
public enum Scales {
  /** As the results were made. */
  MADE,
  /** Those in a row. */
  ROW,
  /** All. */
  TABLE,
  /** None. */
  OWN
}
