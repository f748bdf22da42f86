package dev.picasso.model.pixels;

/** The numbers that a model takes for pixels, from black to white. */
public enum PixelRange {
  /** 0 to 1. */
  UNIT(0, 1, 1 / 255.),
  /** −1 to 1. */
  SIGNED(-1, 1, 1 / 127.5),
  /** 0 to 255, as they stand in the image's file. */
  BYTES(0, 255, 1),
  /** −128 to 127, as integers of eight bits with a sign. */
  SIGNED_BYTES(-128, 127, 1);

  private final double black;
  private final double white;
  private final double scale;

  PixelRange(double black, double white, double scale) {
    this.black = black;
    this.white = white;
    this.scale = scale;
  }

  /** What stands for black. */
  public double black() {
    return black;
  }

  /** What stands for white. */
  public double white() {
    return white;
  }

  double width() {
    return white - black;
  }

  /** What a sample from 0 to 255 is multiplied with. */
  public double scale() {
    return scale;
  }

  /** What is added then. */
  public double offset() {
    return black;
  }

  /** As in "0 to 255". */
  @Override
  public String toString() {
    return (int) black + " to " + (int) white;
  }
}
