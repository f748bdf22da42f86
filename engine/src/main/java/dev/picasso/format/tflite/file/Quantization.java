package dev.picasso.format.tflite.file;

import java.util.List;

/**
 * What the integers of a tensor stand for: {@code scale · (integer − zero point)}.
 *
 * @param scales one for all elements, or one for each place along an axis
 * @param zeroPoints as many
 * @param axis along which there are several
 */
public record Quantization(List<Float> scales, List<Long> zeroPoints, int axis) {
  public Quantization {
    scales = List.copyOf(scales);
    zeroPoints = List.copyOf(zeroPoints);
    if (scales.isEmpty() || scales.size() != zeroPoints.size()) {
      throw new IllegalArgumentException(
          scales.size() + " scales and " + zeroPoints.size() + " zero points");
    }
  }

  /** Whether all elements share one scale. */
  public boolean isUniform() {
    return scales.size() == 1;
  }

  /** The only scale, or the first. */
  public double scale() {
    return scales.get(0);
  }

  /** The only zero point, or the first. */
  public long zeroPoint() {
    return zeroPoints.get(0);
  }

  /** What an integer stands for, by the first scale. */
  public double real(long integer) {
    return scale() * (integer - zeroPoint());
  }
}
