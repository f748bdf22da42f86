package dev.picasso.image.decode;

import java.util.Optional;

/** Looks through the tags of a TIFF file's first picture. */
final class TiffSurvey {
  private static final int SAMPLES_PER_PIXEL = 0x0115;
  private static final int PLANAR = 0x011C;
  private static final int EXTRA_SAMPLES = 0x0152;

  private static final int UNSPECIFIED = 0;
  private static final int SEPARATE = 2;

  private TiffSurvey() {}

  static Survey of(byte[] file) {
    boolean data = Exif.tag(file, 0, file.length, EXTRA_SAMPLES) == UNSPECIFIED;
    boolean four = Exif.tag(file, 0, file.length, SAMPLES_PER_PIXEL) == 4;
    boolean planes = Exif.tag(file, 0, file.length, PLANAR) == SEPARATE;
    return new Survey(
        Exif.orientation(file, 0, file.length), Optional.empty(), data, data && four && planes);
  }
}
