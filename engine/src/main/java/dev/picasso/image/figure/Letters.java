package dev.picasso.image.figure;

import dev.picasso.PathNames;
import dev.picasso.PicassoException;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The letters of figures: how wide texts are, and their outlines. They are Liberation Sans, which
 * comes with PDFBox and is as wide as Helvetica and Arial, so that a figure looks alike on machines
 * without fonts. Not to be shared between threads.
 */
public final class Letters implements AutoCloseable {
  /** What a viewer of SVG may take, all of the same widths. */
  static final String FAMILY = "'Liberation Sans', Arial, Helvetica, sans-serif";

  private static final String BUNDLED =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final String CUT = "…";
  private static final Pattern BREAK =
      Pattern.compile("(?<=\\s)(?=\\S)|(?<=[\\p{L}\\p{N}][-_/])(?=\\S)");
  private static final int UNKNOWN = '?';

  /** How files of outlines begin that PDF can embed in part. */
  private static final int TRUE_TYPE = 0x00010000;

  private static final long LARGEST = 64L << 20;

  private final byte[] file;
  private final TrueTypeFont font;
  private final CmapLookup glyphs;
  private final String family;

  private Letters(byte[] file, boolean bundled) throws IOException {
    this.file = file;
    this.font = new TTFParser().parse(new RandomAccessReadBuffer(file));
    this.glyphs = font.getUnicodeCmapLookup();
    this.family = bundled ? FAMILY : "'" + named(font) + "', sans-serif";
    font.getGlyph(); // a font without outlines is none for us
  }

  private static String named(TrueTypeFont font) throws IOException {
    String name = font.getNaming() == null ? "" : font.getNaming().getFontFamily();
    return name == null ? "" : name.replaceAll("[^\\p{L}\\p{N} _-]", "");
  }

  /** The usual ones. */
  public static Letters bundled() {
    try (InputStream in = Letters.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("PDFBox has no " + BUNDLED);
      }
      return new Letters(in.readAllBytes(), true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Those of a TrueType file, for scripts that the usual ones do not have.
   *
   * @throws PicassoException if it is none
   */
  public static Letters of(Path font) {
    try {
      if (Files.size(font) > LARGEST) {
        throw new PicassoException(font + ": is too large for a font.");
      }
      byte[] file = Files.readAllBytes(font);
      if (file.length < Integer.BYTES || ByteBuffer.wrap(file).getInt() != TRUE_TYPE) {
        throw new IOException("it begins otherwise");
      }
      return new Letters(file, false);
    } catch (PicassoException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new PicassoException(font + ": is not read as a font; name a TrueType file (.ttf).", e);
    }
  }

  /** The file, for those who embed it. */
  byte[] file() {
    return file.clone();
  }

  /** What SVG calls them. */
  String family() {
    return family;
  }

  /** The width of a text in millimetres. */
  double width(String text, double points) {
    try {
      double units = 0;
      for (int c : shown(text).codePoints().toArray()) {
        units += font.getAdvanceWidth(glyphs.getGlyphId(c));
      }
      return units / font.getUnitsPerEm() * points * Figure.POINT;
    } catch (IOException e) {
      throw new IllegalStateException(e); // the file is in memory
    }
  }

  /** A text with what there are no letters for replaced by question marks. */
  String shown(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().map(c -> has(c) ? c : UNKNOWN).forEach(out::appendCodePoint);
    return out.toString();
  }

  private boolean has(int c) {
    return glyphs.getGlyphId(c) > 0;
  }

  /** The characters of a figure that there are no letters for. */
  public Set<String> missing(Figure figure) {
    return figure.texts().stream()
        .flatMapToInt(String::codePoints)
        .filter(c -> !has(c))
        .mapToObj(Character::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The outlines of a text, its base line beginning at zero, for letters of that height. */
  Path2D outlines(String text, double height) {
    try {
      GeneralPath all = new GeneralPath();
      double scale = height / font.getUnitsPerEm();
      double at = 0;
      for (int c : shown(text).codePoints().toArray()) {
        int id = glyphs.getGlyphId(c);
        GlyphData glyph = font.getGlyph().getGlyph(id);
        if (glyph != null) {
          AffineTransform place = AffineTransform.getTranslateInstance(at * scale, 0);
          place.scale(scale, -scale);
          all.append(place.createTransformedShape(glyph.getPath()), false);
        }
        at += font.getAdvanceWidth(id);
      }
      return all;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As much of a text as has place. */
  String fitting(String text, double points, double width) {
    if (width(text, points) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + CUT, points) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + CUT;
  }

  /**
   * A text in lines, broken between words and behind hyphens; where it has its own ends of lines,
   * there too. Of names in folders the first ones are left out where there is no place for all;
   * what is still too long is cut.
   *
   * @param most lines; the last one is cut where there would be more
   */
  List<String> lines(String text, double points, double width, int most) {
    String shown = text;
    while (!isFitting(shown, points, width, most)) {
      String shorter = PathNames.withoutFirst(shown);
      if (shorter.equals(shown)) {
        break;
      }
      shown = shorter;
    }
    List<String> lines = broken(shown, points, width);
    if (lines.size() > most) {
      String rest = String.join(" ", lines.subList(most - 1, lines.size()));
      lines = new ArrayList<>(lines.subList(0, most - 1));
      lines.add(rest);
    }
    return lines.stream().map(line -> fitting(line, points, width)).toList();
  }

  /** Whether a text has place in so many lines, and nothing of it is cut. */
  boolean isFitting(String text, double points, double width, int most) {
    List<String> lines = broken(text, points, width);
    return lines.size() <= most && lines.stream().allMatch(line -> width(line, points) <= width);
  }

  private List<String> broken(String text, double points, double width) {
    List<String> lines = new ArrayList<>();
    for (String part : text.isEmpty() ? List.of("") : text.lines().toList()) {
      StringBuilder line = new StringBuilder();
      for (String word : BREAK.split(part.strip(), -1)) {
        if (!line.isEmpty() && width(line + word.stripTrailing(), points) > width) {
          lines.add(line.toString().stripTrailing());
          line.setLength(0);
        }
        line.append(word);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** A text in lines that has place whatever its words: those wider than a line are broken. */
  List<String> paragraph(String text, double points, double width, int most) {
    StringBuilder broken = new StringBuilder();
    double word = 0;
    for (int c : text.codePoints().toArray()) {
      String one = Character.toString(c);
      word = Character.isWhitespace(c) ? 0 : word + width(one, points);
      if (word > width) {
        broken.append('\n');
        word = width(one, points);
      }
      broken.append(one);
    }
    return lines(broken.toString(), points, width, most);
  }

  @Override
  public void close() {
    try {
      font.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
