package dev.picasso.image.decode;

import static dev.picasso.image.decode.ImageDecoderTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.ImageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenImagesTest {
  private static final String READS = " Picasso reads PNG, JPEG, GIF, BMP, TIFF and WebP.";

  static Stream<Arguments> broken() throws IOException {
    return Stream.of(
        Arguments.of("the file is empty (0 bytes).", new byte[0]),
        Arguments.of("this is a ZIP archive, not an image." + READS, zip()),
        Arguments.of(
            "this is a PDF document, which is not read. Make images of its pages, as with pdftoppm"
                + " -png cat.png page",
            ascii("%PDF-1.7")),
        Arguments.of("this is a text, not an image." + READS, ascii("hello")),
        Arguments.of(
            "this is a web page, which is not read. Download the image itself, not the page that"
                + " shows it.",
            ascii("\n<!DOCTYPE html><html>")),
        Arguments.of(
            "this is an SVG drawing, which is not read. It has no pixels; make some, as with"
                + " rsvg-convert -w 512 -o picture.png cat.png",
            ascii("<?xml version='1.0'?><svg>")),
        Arguments.of(
            "this is a HEIC photograph, which is not read. Convert it to JPEG: on macOS sips -s"
                + " format jpeg cat.png --out photo.jpg, elsewhere heif-convert cat.png photo.jpg",
            ascii("\0\0\0\30ftypheic")),
        Arguments.of("this is not an image." + READS, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
        Arguments.of(
            "the picture is 60000 × 60000 pixels (3600.0 megapixels); the limit is 50.0"
                + " megapixels.",
            pngHeader(60_000, 60_000)),
        Arguments.of(
            "the picture is 60000 × 60000 pixels (3600.0 megapixels); the limit is 50.0"
                + " megapixels.",
            bmpHeader(60_000, 60_000)),
        Arguments.of("this PNG file is broken: the file is cut off.", half("rgb16.png")),
        Arguments.of("this JPEG file is broken: the file is cut off.", half("rgb444.jpg")),
        Arguments.of("this JPEG file is broken: the file is cut off.", half("progressive.jpg")),
        Arguments.of(
            "this GIF file is broken: its contents make no sense, or its end is missing.",
            half("palette.gif")),
        Arguments.of("this BMP file is broken: the file is cut off.", half("rgb.bmp")),
        Arguments.of("this TIFF file is broken: the file is cut off.", half("rgb.tif")),
        Arguments.of("this WebP file is broken: the file is cut off.", half("lossy.webp")),
        Arguments.of("this PNG file is broken: the file is cut off.", half("rgb.png", 20)),
        Arguments.of(
            "this JPEG file is broken: it has more than 200 scans.", manyScans("rgb444.jpg")),
        Arguments.of(
            "this WebP file is broken: a frame in it is larger than the picture.", largeFrame()),
        Arguments.of(
            "the picture is 1 × 50000000 pixels; sides of at most 1000000 are read.",
            header(1, 50_000_000)),
        Arguments.of(
            "the picture is 40000000 × 1 pixels; sides of at most 1000000 are read.",
            header(40_000_000, 1)),
        Arguments.of(
            "the picture has samples of 32 bits or with fractions, whose white is not known. Save"
                + " it with 8 or 16 bits a channel.",
            resource("float.tif")));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenFileIsAnsweredWithOneSentence(String message, byte[] bytes) {
    assertThatThrownBy(() -> ImageDecoder.standard().decode("cat.png", bytes))
        .isInstanceOf(ImageException.class)
        .hasMessage("cat.png: " + message);
  }

  @Test
  void limitsAreTheCallers(@TempDir Path folder) throws IOException {
    ImageDecoder strict = new ImageDecoder(new ImageLimits(1 << 20, 1000), 255);
    assertThatThrownBy(() -> strict.decode("cat.png", resource("rgb.png")))
        .hasMessage(
            "cat.png: the picture is 48 × 32 pixels (0.0 megapixels); the limit is 0.0"
                + " megapixels.");
    Path large = Files.write(folder.resolve("large.png"), new byte[3 << 20]);
    assertThatThrownBy(() -> strict.decode(large))
        .hasMessage(large + ": the file has 3.0 MB; the limit for an image is 1.0 MB.");
    assertThatThrownBy(() -> strict.decode(folder.resolve("none.png")))
        .hasMessage(folder.resolve("none.png") + ": there is no such file.");
    assertThatThrownBy(() -> strict.decode(folder))
        .hasMessage(folder + ": this is a folder, not an image.");
  }

  @ParameterizedTest
  @MethodSource("dev.picasso.image.decode.ImageDecoderTest#files")
  void aFileCutInHalfIsNeverShown(String file) {
    byte[] bytes = resource(file);
    // In these two the first picture is whole.
    int length = file.equals("pages.tif") || file.equals("animated.gif") ? 4 : 2;
    byte[] half = Arrays.copyOf(bytes, bytes.length / length);
    assertThatThrownBy(() -> ImageDecoder.standard().decode(file, half))
        .isInstanceOf(ImageException.class);
  }

  @Property(tries = 400)
  void damagedFilesAreReadOrRefusedButNeverCrash(
      @ForAll("fileNames") String file, @ForAll Random random) {
    // Without a low limit some damaged headers would ask for seconds of work.
    ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 20, 1_000_000), 255);
    byte[] bytes = resource(file);
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(i == 0 ? Math.min(100, bytes.length) : bytes.length)] =
          (byte) random.nextInt(256);
    }
    try {
      assertThat(decoder.decode(file, bytes).width()).isPositive();
    } catch (ImageException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    }
  }

  @Provide
  Arbitrary<String> fileNames() {
    return Arbitraries.of(ImageDecoderTest.files().toList());
  }

  /** A sound beginning that promises a picture of that size. */
  private static byte[] header(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17).put(ascii("IHDR")).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(chunk.array());
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
        .putInt(13)
        .put(chunk.array())
        .putInt((int) sum.getValue())
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] half(String file) {
    return half(file, resource(file).length / 2);
  }

  private static byte[] half(String file, int bytes) {
    return Arrays.copyOf(resource(file), bytes);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("cat.png"));
      zip.write(resource("rgb.png"));
    }
    return out.toByteArray();
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(57);
    png.putLong(0x89504E470D0A1A0AL);
    byte[] header =
        ByteBuffer.allocate(17)
            .put(ascii("IHDR"))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    for (byte[] chunk : new byte[][] {header, ascii("IDAT"), ascii("IEND")}) {
      CRC32 crc = new CRC32();
      crc.update(chunk);
      png.putInt(chunk.length - 4).put(chunk).putInt((int) crc.getValue());
    }
    return png.array();
  }

  private static byte[] bmpHeader(int width, int height) {
    byte[] bmp = resource("rgb.bmp");
    ByteBuffer.wrap(bmp)
        .putInt(18, Integer.reverseBytes(width))
        .putInt(22, Integer.reverseBytes(height));
    return bmp;
  }

  private static byte[] manyScans(String file) {
    byte[] jpeg = resource(file);
    int scan = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00DA");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, scan);
    for (int i = 0; i < 201; i++) {
      out.write(jpeg, scan, jpeg.length - 2 - scan);
    }
    out.write(jpeg, jpeg.length - 2, 2);
    return out.toByteArray();
  }

  private static byte[] largeFrame() {
    byte[] webp = resource("lossy_alpha.webp");
    int frame = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8 ");
    webp[frame + 8 + 7] = 0x3F; // the high byte of the width
    return webp;
  }
}
