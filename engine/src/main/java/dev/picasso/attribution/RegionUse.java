package dev.picasso.attribution;

/** Whether only those parts of a model's layers are computed that change. */
public enum RegionUse {
  /** Where it pays. */
  AUTO,
  /** Never: the whole model runs for each image. */
  OFF
}
