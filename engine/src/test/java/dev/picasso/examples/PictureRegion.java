package dev.picasso.examples;

import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Picture;
import dev.picasso.image.decode.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Where something is seen in a sample picture of the tanks.
 *
 * @param inside which share of each pixel shows it, from 0 to 1, in the networks' frame
 */
public record PictureRegion(HeatMap inside) {
  /** What the program that drew the samples marked, as channels of red, green and blue. */
  public enum Thing {
    TANK(0),
    SKY(2);

    private final int channel;

    Thing(int channel) {
      this.channel = channel;
    }
  }

  /**
   * Reads the picture of regions that belongs to a sample.
   *
   * @param image the name of the sample's file
   * @param side of the networks' input, in pixels
   */
  public static PictureRegion of(String image, Thing thing, int side) throws IOException {
    try (InputStream in = PictureRegion.class.getResourceAsStream("tanks/" + image)) {
      if (in == null) {
        throw new AssertionError("the test resources have no regions of " + image);
      }
      Picture shown = Picture.of(ImageDecoder.standard().decode(image, in.readAllBytes()));
      float[] shares = new float[shown.width() * shown.height()];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = shown.sample(i % shown.width(), i / shown.width(), thing.channel) / 255;
      }
      HeatMap fine = HeatMap.of(shown.width(), shown.height(), shares);
      return new PictureRegion(fine.resized(side, side, Interpolation.SMOOTH));
    }
  }

  /** All pixels that have one of this region within a number of pixels, sidewards or upwards. */
  PictureRegion widened(int by) {
    int width = inside.width();
    int height = inside.height();
    float[] wide = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (inside.at(x, y) > .5) {
          for (int row = Math.max(0, y - by); row < Math.min(height, y + by + 1); row++) {
            int start = row * width;
            Arrays.fill(wide, start + Math.max(0, x - by), start + Math.min(width, x + by + 1), 1f);
          }
        }
      }
    }
    return new PictureRegion(HeatMap.of(width, height, wide));
  }

  /** Which share of the picture it is. */
  public double area() {
    float[] ones = new float[inside.width() * inside.height()];
    Arrays.fill(ones, 1);
    return share(HeatMap.of(inside.width(), inside.height(), ones));
  }

  /** Which share of the positive part of a map lies in it; NaN for a map that has none. */
  public double share(HeatMap map) {
    double here = 0;
    double everywhere = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        double value = Math.max(0, map.at(x, y));
        here += value * inside.at(x, y);
        everywhere += value;
      }
    }
    return here / everywhere;
  }

  /** Whether the largest value of a map is in it. */
  public boolean holdsThePeakOf(HeatMap map) {
    int peakX = 0;
    int peakY = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        if (map.at(x, y) > map.at(peakX, peakY)) {
          peakX = x;
          peakY = y;
        }
      }
    }
    return inside.at(peakX, peakY) > .5;
  }
}
