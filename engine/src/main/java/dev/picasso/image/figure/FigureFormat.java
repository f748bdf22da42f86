package dev.picasso.image.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that figures are written as. */
public enum FigureFormat {
  /** Text and pictures for browsers and programs for drawing. */
  SVG("image/svg+xml"),
  /** For print and LaTeX. */
  PDF("application/pdf"),
  /** Pixels, for all else. */
  PNG("image/png");

  private final String mediaType;

  FigureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** How names of such files end, without the dot. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a file, by how its name ends. */
  public static Optional<FigureFormat> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(f -> lower.endsWith("." + f.ending())).findFirst();
  }

  /**
   * The bytes of a file.
   *
   * @param letters those that it was laid out with
   */
  public byte[] write(Figure figure, Letters letters, FigureStyle style) {
    return switch (this) {
      case SVG -> SvgFile.of(figure, letters);
      case PDF -> PdfFile.of(figure, letters);
      case PNG -> PngFile.of(figure, letters, style.dpi());
    };
  }
}
