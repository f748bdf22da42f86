package dev.picasso.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.image.ImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where images lie and come from, and what is given for one. */
class ImageFolderTest {
  @TempDir Path folder;

  private static byte[] png() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  @Test
  void foldersInsideAreReadInOrderAndTheRestIsTold() throws IOException {
    byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
    put("b.png", png());
    put("a/z.JPG", text); // called an image: its fault is told when it is read
    put("a/deep/er/no-ending", png());
    put("notes.txt", text);
    put("a/photo.heic", HexFormat.of().parseHex("000000186674797068656963"));
    put("zeros", new byte[9]);
    put("more.csv", text);
    put(".hidden/x.png", png());
    put("a/Thumbs.db", text);
    Files.createSymbolicLink(folder.resolve("a/circle"), folder);
    Files.createSymbolicLink(folder.resolve("linked.png"), folder.resolve("b.png"));
    Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("gone"));
    ImageFolder.Listing listing = ImageFolder.read(folder);
    assertThat(
            listing.images().stream().map(f -> folder.relativize(f).toString().replace('\\', '/')))
        .containsExactly("a/deep/er/no-ending", "a/z.JPG", "b.png", "linked.png");
    assertThat(listing.leftOut(folder))
        .hasValue(
            "4 files in "
                + folder
                + " are no images that are read: a/photo.heic (a HEIC photograph), more.csv (a"
                + " text), notes.txt (a text) and others.");
  }

  @Test
  void aFolderOfImagesAloneLeavesNothingToTell() throws IOException {
    put("b.png", png());
    assertThat(ImageFolder.read(folder).leftOut(folder)).isEmpty();
  }

  @Test
  void foldersAreReadToADepth() throws IOException {
    put("d/".repeat(15) + "in.png", png());
    put("d/".repeat(16) + "out.png", png());
    assertThat(ImageFolder.read(folder).images())
        .singleElement()
        .satisfies(f -> assertThat(f).hasFileName("in.png"));
  }

  @Test
  void aStreamIsReadUpToTheLimit() {
    ImageDecoder decoder = new ImageDecoder(new ImageLimits(1000, 1000), 255);
    assertThat(decoder.decode("-", new ByteArrayInputStream(png())).width()).isEqualTo(3);
    assertThatThrownBy(() -> decoder.decode("-", new ByteArrayInputStream(new byte[5000])))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("the limit for an image is");
    assertThatThrownBy(() -> decoder.decode("-", new ByteArrayInputStream(new byte[0])))
        .hasMessage("-: the file is empty (0 bytes).");
  }

  private static byte[] hex(String hexadecimal) {
    return HexFormat.of().parseHex(hexadecimal);
  }

  private static byte[] at(int place, String words) {
    byte[] bytes = new byte[600];
    byte[] mark = words.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(mark, 0, bytes, place, mark.length);
    return bytes;
  }

  /** A TIFF of whole-number tags and their values. */
  private static byte[] tiff(ByteOrder order, int... tags) {
    ByteBuffer file = ByteBuffer.allocate(200).order(order);
    file.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949));
    file.putShort((short) 42).putInt(8).putShort((short) (tags.length / 2));
    for (int i = 0; i < tags.length; i += 2) {
      file.putShort((short) tags[i]).putShort((short) 4).putInt(1).putInt(tags[i + 1]);
    }
    return file.array();
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("a HEIC photograph", "heif-convert \"x y\" photo.jpg", at(4, "ftypheic")),
        Arguments.of("a HEIC photograph", "heif-convert", at(4, "ftypmif1")),
        Arguments.of("an AVIF picture", "PNG or JPEG, as with avifdec", at(4, "ftypavif")),
        Arguments.of("an AVIF picture", "avifdec", at(4, "ftypmif1\0\0\0\0mif1avif")),
        Arguments.of("a JPEG XL picture", "djxl", hex("ff0a0000")),
        Arguments.of("a JPEG XL picture", "djxl", hex("0000000c4a584c200d0a")),
        Arguments.of("a JPEG 2000 picture", "opj_decompress", hex("ff4fff510000")),
        Arguments.of("a JPEG 2000 picture", "opj_decompress", hex("0000000c6a5020200d0a")),
        Arguments.of("an SVG drawing", "rsvg-convert", at(0, "<?xml?><svg xmlns=")),
        Arguments.of("a Photoshop file", "PNG", at(0, "8BPS")),
        Arguments.of("a raw photograph", "RawTherapee", tiff(ByteOrder.LITTLE_ENDIAN, 0xC612, 1)),
        Arguments.of("a raw photograph", "JPEG", tiff(ByteOrder.BIG_ENDIAN, 0xFE, 1, 0x14A, 99)),
        Arguments.of("a raw photograph", "JPEG", hex("49492a00100000004352020000000000")),
        Arguments.of("a raw photograph (CR3)", "JPEG", at(4, "ftypcrx ")),
        Arguments.of("a raw photograph (RAF)", "JPEG", at(0, "FUJIFILMCCD-RAW 0201")),
        Arguments.of("a DICOM file", "dcmj2pnm", at(128, "DICM")),
        Arguments.of("a NIfTI volume", "med2image", at(344, "n+1\0")),
        Arguments.of("a PDF document", "pdftoppm", at(0, "%PDF-1.4")),
        Arguments.of("a film", "ffmpeg", at(4, "ftypisom")),
        Arguments.of("a film", "ffmpeg", at(4, "ftypqt  ")),
        Arguments.of("a film", "ffmpeg", hex("1a45dfa3")),
        Arguments.of("a film", "ffmpeg", at(0, "RIFF....AVI LIST")),
        Arguments.of("a PNM picture", "magick", at(0, "P6\n3 2\n255\n")),
        Arguments.of("an OpenEXR picture", "magick", hex("762f310102")),
        Arguments.of(
            "a pointer of Git LFS", "git lfs pull", at(0, "version https://git-lfs.github.com")),
        Arguments.of("a web page", "the image itself", at(0, "<!DOCTYPE html><html>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void whatIsNotReadIsNamedWithWhatMakesAnImageOfIt(String what, String remedy, byte[] file) {
    assertThatThrownBy(() -> ImageDecoder.standard().decode("a/x y", file))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("a/x y: this is " + what)
        .hasMessageContaining("which is not read. ")
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IMG_1.heic | IMG_1.heic",
        "my photo (2).heic | \"my photo (2).heic\"",
        "$(x);it's.heic | '$(x);it'\\''s.heic'"
      })
  void aCommandTakesAnyNameAsOneWord(String name, String word) {
    assertThatThrownBy(() -> ImageDecoder.standard().decode(name, at(4, "ftypheic")))
        .hasMessageEndingWith("heif-convert " + word + " photo.jpg");
  }

  @Test
  void otherTiffsAreNoRawPhotographs() {
    assertThat(OtherFormat.raw(tiff(ByteOrder.LITTLE_ENDIAN, 0xFE, 0, 0x100, 9))).isEmpty();
    assertThat(OtherFormat.raw(tiff(ByteOrder.BIG_ENDIAN, 0x14A, 9))).isEmpty();
    assertThat(OtherFormat.raw(hex("49492a00ffffffff"))).isEmpty();
    assertThat(OtherFormat.raw(hex("49492a00"))).isEmpty();
  }
}
