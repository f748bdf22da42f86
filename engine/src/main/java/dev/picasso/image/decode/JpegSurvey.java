package dev.picasso.image.decode;

/** Walks the segments of a JPEG file: a marker FF xx, a length, contents; after a scan its data. */
final class JpegSurvey {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APP1 = 0xE1;

  /**
   * Each scan of a progressive file passes over all pixels. Encoders write about ten; a file made
   * to keep a decoder busy holds many thousands.
   */
  private static final int MOST_SCANS = 200;

  private JpegSurvey() {}

  static Survey of(byte[] file) {
    Orientation orientation = Orientation.UPRIGHT;
    int scans = 0;
    int at = 2;
    while (at + 1 < file.length) {
      int marker = file[at + 1] & 0xFF;
      if ((file[at] & 0xFF) != 0xFF || isData(marker)) {
        at++; // within the data of a scan
      } else if (marker == END_OF_IMAGE) {
        return Survey.sound(orientation);
      } else if (at + 3 >= file.length) {
        break;
      } else {
        int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
        if (marker == APP1 && Exif.startsWithPrefix(file, at + 4, Math.min(end, file.length))) {
          orientation = Exif.orientation(file, at + 4, Math.min(end, file.length));
        }
        if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
          return Survey.faulty("it has more than " + MOST_SCANS + " scans");
        }
        at = end;
      }
    }
    return Survey.faulty(Survey.CUT_OFF);
  }

  /** Fill bytes, stuffed zeros and restart markers stand within data and have no length. */
  private static boolean isData(int marker) {
    return marker == 0xFF || marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }
}
