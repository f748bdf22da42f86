package dev.picasso.image.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The image formats that Picasso reads, each with the bytes that its files begin with. */
public enum ImageFormat {
  PNG(ChunkSurveys::png, "89504e470d0a1a0a"),
  JPEG(JpegSurvey::of, "ffd8ff"),
  GIF(file -> Survey.sound(Orientation.UPRIGHT), "474946383761", "474946383961"),
  BMP(file -> Survey.sound(Orientation.UPRIGHT), "424d"),
  TIFF(
      file -> Survey.sound(Exif.orientation(file, 0, file.length)),
      "49492a00",
      "4d4d002a",
      "49492b00",
      "4d4d002b"),
  WEBP(ChunkSurveys::webp, "52494646........57454250");

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> beginnings;

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final Function<byte[], Survey> survey;

  /**
   * @param beginnings in hexadecimal; two dots stand for any byte
   */
  ImageFormat(Function<byte[], Survey> survey, String... beginnings) {
    this.survey = survey;
    this.beginnings = List.of(beginnings);
  }

  /** The format of a file by its content. */
  public static Optional<ImageFormat> of(byte[] file) {
    return Arrays.stream(values())
        .filter(f -> f.beginnings.stream().anyMatch(b -> Signature.matches(b, file)))
        .findFirst();
  }

  /** As in "PNG, JPEG and BMP". */
  public static String accepted() {
    String all = Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " and" + all.substring(last + 1);
  }

  Survey survey(byte[] file) {
    return survey.apply(file);
  }
}
