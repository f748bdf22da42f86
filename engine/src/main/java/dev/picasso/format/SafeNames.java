package dev.picasso.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names under which files of strangers are stored. A name stays as it is as far as every file
 * system takes it, spaces and letters of any script included. The same name always becomes the
 * same, so that what a model's file calls another is found under the name that it was stored by.
 */
public final class SafeNames {
  private static final int LONGEST = 120; // bytes
  private static final int DEEPEST = 11;
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}/\\\\<>:\"|?*]");
  private static final Pattern ESCAPED = Pattern.compile("(?s).*%\\p{XDigit}{2}.*");

  /** What Windows does not take as a file name, whatever its ending. */
  private static final Set<String> RESERVED =
      Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "lpt1", "lpt2", "lpt3");

  private SafeNames() {}

  /** The name of one file, which leads nowhere, is not hidden and fits any folder. */
  public static String file(String given) {
    String whole = Normalizer.normalize(decoded(given), Normalizer.Form.NFC).strip();
    String plain = UNSAFE.matcher(whole).replaceAll("_");
    String shown = plain.replaceFirst("^\\.+", "_").replaceFirst("[. ]+$", "");
    String kept = last(encodable(shown)).strip();
    boolean bad = kept.isEmpty() || RESERVED.contains(stem(kept).toLowerCase(Locale.ROOT));
    return bad ? "file" + kept : kept;
  }

  /**
   * A path below a folder whose parts are safe as {@link #file} makes them, as in "my
   * model/variables/variables.index". It never leads up, nor deeper than ten folders.
   */
  public static String path(String given) {
    List<String> parts =
        Arrays.stream(given.split("[/\\\\]+"))
            .filter(part -> !part.isBlank() && !part.strip().matches("\\.+"))
            .map(SafeNames::file)
            .toList();
    return parts.isEmpty()
        ? file("")
        : String.join("/", parts.subList(Math.max(0, parts.size() - DEEPEST), parts.size()));
  }

  /** What some senders write as %20 and the like. */
  private static String decoded(String name) {
    if (!ESCAPED.matcher(name).matches()) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean escape =
          bytes[i] == '%'
              && i + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[i + 1])
              && HexFormat.isHexDigit(bytes[i + 2]);
      out.put(
          escape
              ? (byte)
                  (HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]))
              : bytes[i]);
      i += escape ? 2 : 0;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      return name; // a percent sign that means itself
    }
  }

  /** The end of a name, which has its ending in it, in as many bytes as file systems take. */
  private static String last(String name) {
    String kept = name.substring(Math.max(0, name.length() - LONGEST));
    boolean halved = !kept.isEmpty() && Character.isLowSurrogate(kept.charAt(0));
    kept = halved ? kept.substring(1) : kept;
    while (kept.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      kept = kept.substring(kept.offsetByCodePoints(0, 1));
    }
    return kept;
  }

  /** As in "_u00e9" for what the machine's file names cannot have, as in a bare POSIX locale. */
  private static String encodable(String name) {
    var encoder = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder();
    return encoder.canEncode(name)
        ? name
        : name.chars()
            .mapToObj(c -> c < 128 ? String.valueOf((char) c) : "_u%04x".formatted(c))
            .collect(Collectors.joining());
  }

  private static String stem(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
