package dev.picasso.format.layout;

/**
 * A whole number that is known while the graph is built, such as the length of an axis.
 *
 * @param number the number itself, or how many there are for each image
 * @param perImage whether it is to be multiplied with the number of images in a batch
 */
public record Size(long number, boolean perImage) {
  /** A plain number. */
  public static Size of(long number) {
    return new Size(number, false);
  }

  /** What a dimension of a shape means: −k is k for each image. */
  public static Size ofDimension(long dim) {
    return dim < 0 ? new Size(-dim, true) : of(dim);
  }

  @Override
  public String toString() {
    return perImage ? (number == 1 ? "N" : number + "N") : Long.toString(number);
  }
}
