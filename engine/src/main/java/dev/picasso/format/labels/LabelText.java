package dev.picasso.format.labels;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Names of classes, in the order of the model's outputs, from a text: lines ({@link LabelLines}) or
 * JSON ({@link LabelJson}). Byte order marks are no part of a name.
 */
public final class LabelText {
  private LabelText() {}

  /**
   * The names in a file.
   *
   * @param file UTF-8, or UTF-16 with a byte order mark
   * @return empty if it holds no such list
   * @throws CharacterCodingException if it is no text
   */
  public static List<String> read(byte[] file) throws CharacterCodingException {
    return read(decoded(file));
  }

  /** The names in a text; empty if it holds no such list. */
  public static List<String> read(String text) {
    String plain = withoutMark(text).strip();
    return plain.startsWith("{") || plain.startsWith("[")
        ? LabelJson.read(plain)
        : LabelLines.read(plain);
  }

  /** What a value of a file's metadata lists: JSON, lines, or names with commas between them. */
  public static List<String> readValue(String value) {
    String plain = withoutMark(value).strip();
    boolean row = !plain.startsWith("{") && !plain.startsWith("[") && plain.lines().count() == 1;
    return row
        ? List.of(plain.split("\\s*[,;|]\\s*")).stream().filter(n -> !n.isEmpty()).toList()
        : read(plain);
  }

  private static String decoded(byte[] file) throws CharacterCodingException {
    Charset charset =
        startsWith(file, 0xFF, 0xFE)
            ? StandardCharsets.UTF_16LE
            : startsWith(file, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    return charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
  }

  private static boolean startsWith(byte[] file, int first, int second) {
    return file.length > 1 && (file[0] & 0xFF) == first && (file[1] & 0xFF) == second;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
