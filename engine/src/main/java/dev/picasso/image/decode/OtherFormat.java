package dev.picasso.image.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file is that is no image that is read, as far as its first bytes tell.
 *
 * @param what as in "a HEIC photograph"
 * @param remedy what makes an image of it, where anything does; FILE stands for its name
 */
public record OtherFormat(String what, Optional<String> remedy) {
  private static final int BEGINNING = 1024;
  private static final Pattern SPACED = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} (),._+-]*");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._+-]*");
  private static final OtherFormat TEXT = new OtherFormat("a text", Optional.empty());

  private static final String HEIC =
      "Convert it to JPEG: on macOS sips -s format jpeg FILE --out photo.jpg, elsewhere"
          + " heif-convert FILE photo.jpg";

  private static final String AVIF = "Save it as PNG or JPEG, as with avifdec FILE picture.png";

  private static final String FILM =
      "Make images of it, as with ffmpeg -i FILE -vf fps=1 frame-%04d.png";

  private static final String RAW =
      "Develop it with the camera's program, RawTherapee or darktable, and save a JPEG or TIFF.";

  private static final String DICOM =
      "Save its slices as PNG, as with dcmj2pnm --write-png FILE slice.png (DCMTK), with the window"
          + " of grey that the model was trained on.";

  private static final String CONVERT = "Convert it to PNG, as with magick FILE picture.png";

  /** Bytes that stand at a place. */
  private record Known(int at, String bytes, OtherFormat format) {}

  private static final List<Known> KNOWN =
      List.of(
          known(4, "6674797061766966", "an AVIF picture", AVIF),
          known(4, "6674797061766973", "an AVIF film", AVIF),
          known(4, "6674797063727820", "a raw photograph (CR3)", RAW),
          known(4, "66747970686569", "a HEIC photograph", HEIC),
          known(4, "66747970686576", "a HEIC photograph", HEIC),
          known(4, "667479706d696631........61766966", "an AVIF picture", AVIF),
          known(4, "667479706d696631................61766966", "an AVIF picture", AVIF),
          known(4, "667479706d696631", "a HEIC photograph", HEIC),
          known(4, "667479706d736631", "a HEIC photograph", HEIC),
          known(4, "66747970", "a film", FILM),
          known(4, "6d6f6f76", "a film", FILM),
          known(0, "1a45dfa3", "a film", FILM),
          known(0, "52494646........41564920", "a film", FILM),
          known(0, "000001ba", "a film", FILM),
          known(0, "000001b3", "a film", FILM),
          known(0, "464c5601", "a film", FILM),
          known(0, "3026b2758e66cf11", "a film", FILM),
          known(0, "4f676753", "a film or sound", FILM),
          known(
              0,
              "0000000c6a502020",
              "a JPEG 2000 picture",
              "Convert it to PNG, as with opj_decompress -i FILE -o picture.png"),
          known(
              0,
              "ff4fff51",
              "a JPEG 2000 picture",
              "Convert it to PNG, as with opj_decompress -i FILE -o picture.png"),
          known(
              0,
              "0000000c4a584c20",
              "a JPEG XL picture",
              "Convert it to PNG, as with djxl FILE picture.png"),
          known(0, "ff0a", "a JPEG XL picture", "Convert it to PNG, as with djxl FILE picture.png"),
          known(0, "38425053", "a Photoshop file", "Save it as PNG or JPEG."),
          known(0, "67696d702078636620", "a file of GIMP", "Export it as PNG or JPEG."),
          known(128, "4449434d", "a DICOM file", DICOM),
          known(0, "0800050055", "a DICOM file", DICOM),
          known(
              344,
              "6e2b3100",
              "a NIfTI volume",
              "Save its slices as PNG, as with med2image -i FILE -o slice.png"),
          known(0, "49495500", "a raw photograph (RW2)", RAW),
          known(0, "4949524f", "a raw photograph (ORF)", RAW),
          known(0, "49495253", "a raw photograph (ORF)", RAW),
          known(0, "4d4d4f52", "a raw photograph (ORF)", RAW),
          known(0, "46554a4946494c4d4343442d524157", "a raw photograph (RAF)", RAW),
          known(0, "464f5662", "a raw photograph (X3F)", RAW),
          known(0, "762f3101", "an OpenEXR picture", CONVERT),
          known(0, "233f52414449414e4345", "a Radiance picture", CONVERT),
          known(0, "44445320", "a DDS texture", CONVERT),
          known(0, "716f6966", "a QOI picture", CONVERT),
          known(
              0,
              "53494d504c4520203d",
              "a FITS picture",
              "Scale its values and save it as PNG, as with astropy and Pillow."),
          known(0, "00000100", "an icon", CONVERT),
          known(0, "69636e73", "an icon", CONVERT),
          known(0, "25215053", "a PostScript drawing", CONVERT),
          known(0, "d7cdc69a", "a Windows metafile", CONVERT),
          known(
              0,
              "25504446",
              "a PDF document",
              "Make images of its pages, as with pdftoppm -png FILE page"),
          known(0, "504b0304", "a ZIP archive"),
          known(0, "1f8b", "a gzip archive"),
          known(0, "377abcaf271c", "a 7z archive"),
          known(0, "526172211a07", "a RAR archive"),
          known(0, "894844460d0a1a0a", "an HDF5 file, perhaps a Keras model"),
          known(4, "54464c33", "a TensorFlow Lite model"),
          known(0, "934e554d5059", "a NumPy array"),
          known(0, "08..12", "a file that may be an ONNX model"),
          known(0, "7f454c46", "a program"),
          known(0, "4d5a", "a program"));

  private static Known known(int at, String bytes, String what, String... remedy) {
    return new Known(at, bytes, new OtherFormat(what, List.of(remedy).stream().findFirst()));
  }

  /** What the file is; empty if nothing tells. Images that are read are not looked for. */
  public static Optional<OtherFormat> of(byte[] file) {
    return KNOWN.stream()
        .filter(k -> Signature.matches(k.bytes(), file, k.at()))
        .findFirst()
        .map(Known::format)
        .or(
            () ->
                text(
                    new String(
                        file, 0, Math.min(file.length, BEGINNING), StandardCharsets.ISO_8859_1)));
  }

  /** Whether it is a text of no kind that is known. */
  public boolean isText() {
    return equals(TEXT);
  }

  /** A raw photograph in the frame of a TIFF, of which a reader would show the small preview. */
  static Optional<OtherFormat> raw(byte[] file) {
    return RawTiff.is(file)
        ? Optional.of(new OtherFormat("a raw photograph", Optional.of(RAW)))
        : Optional.empty();
  }

  private static Optional<OtherFormat> text(String start) {
    String text = start.strip().toLowerCase(Locale.ROOT);
    boolean printable =
        !start.isEmpty() && start.chars().allMatch(c -> c >= 32 || c == 9 || c == 10 || c == 13);
    if (text.contains("<svg")) {
      return Optional.of(
          new OtherFormat(
              "an SVG drawing",
              Optional.of(
                  "It has no pixels; make some, as with rsvg-convert -w 512 -o picture.png FILE")));
    }
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of(
          new OtherFormat(
              "a pointer of Git LFS, not the image itself",
              Optional.of("Get the image in its repository with git lfs pull")));
    }
    if (text.matches("(?s)p[1-7]\\s+[#\\d].*")) {
      return Optional.of(new OtherFormat("a PNM picture (PPM, PGM, PBM)", Optional.of(CONVERT)));
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return Optional.of(
          new OtherFormat(
              "a web page", Optional.of("Download the image itself, not the page that shows it.")));
    }
    return printable ? Optional.of(TEXT) : Optional.empty();
  }

  /** A name as a command line takes it, whatever is in it. */
  private static String word(String name) {
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    return SPACED.matcher(name).matches()
        ? "\"" + name + "\"" // as Windows has it, too
        : "'" + name.replace("'", "'\\''") + "'";
  }

  /** As in "photo.heic: this is a HEIC photograph, which is not read. Convert it to JPEG: …". */
  static String problem(String name, byte[] file) {
    Optional<OtherFormat> other = raw(file).or(() -> of(file));
    Optional<String> remedy = other.flatMap(OtherFormat::remedy);
    if (remedy.isPresent()) {
      String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      return name
          + ": this is "
          + other.get().what()
          + ", which is not read. "
          + remedy.get().replace("FILE", word(last));
    }
    return "%s: this is %snot an image. Picasso reads %s."
        .formatted(name, other.map(o -> o.what() + ", ").orElse(""), ImageFormat.accepted());
  }
}
