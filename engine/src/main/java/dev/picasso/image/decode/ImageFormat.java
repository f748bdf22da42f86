package dev.picasso.image.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The image formats that Picasso reads, each with the bytes that its files begin with. */
public enum ImageFormat {
  PNG("PNG", PngSurvey::of, "89504e470d0a1a0a"),
  JPEG("JPEG", JpegSurvey::of, "ffd8ff"),
  GIF("GIF", file -> Survey.sound(Orientation.UPRIGHT), "474946383761", "474946383961"),
  BMP("BMP", file -> Survey.sound(Orientation.UPRIGHT), "424d"),
  TIFF("TIFF", TiffSurvey::of, "49492a00", "4d4d002a", "49492b00", "4d4d002b"),
  WEBP("WebP", WebpSurvey::of, "52494646........57454250");

  private final String name;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> beginnings;

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final Function<byte[], Survey> survey;

  /**
   * @param beginnings in hexadecimal; two dots stand for any byte
   */
  ImageFormat(String name, Function<byte[], Survey> survey, String... beginnings) {
    this.name = name;
    this.survey = survey;
    this.beginnings = List.of(beginnings);
  }

  /** The format of a file by its content. */
  public static Optional<ImageFormat> of(byte[] file) {
    return Arrays.stream(values())
        .filter(f -> f.beginnings.stream().anyMatch(b -> Signature.matches(b, file)))
        .findFirst();
  }

  /** As in "PNG, JPEG and WebP". */
  public static String accepted() {
    String all =
        Arrays.stream(values()).map(ImageFormat::toString).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " and" + all.substring(last + 1);
  }

  Survey survey(byte[] file) {
    return survey.apply(file);
  }

  /** The name that people know. */
  @Override
  public String toString() {
    return name;
  }
}
