package dev.picasso.attribution;

/** Whether only those parts of a model's layers are computed that change. */
public enum RegionUse {
  /** Where it pays. */
  AUTO,
  /** Where it pays, and for some of the images alone; the others are estimated. */
  APPROXIMATE,
  /** Never: the whole model runs for each image. */
  OFF
}
