package dev.picasso.image.figure;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a figure as SVG 1.1: words as text of the width that it was laid out with, pictures as PNG
 * within it, nothing from elsewhere.
 */
final class SvgFile {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  private final XMLStreamWriter out;
  private final Letters letters;

  private SvgFile(XMLStreamWriter out, Letters letters) {
    this.out = out;
    this.letters = letters;
  }

  /** The bytes of a file. */
  static byte[] of(Figure figure, Letters letters) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new SvgFile(out, letters).write(figure);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // memory does not fail
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(Figure figure) throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    out.writeCharacters("\n");
    out.writeStartElement("svg");
    out.writeDefaultNamespace(SVG);
    out.writeNamespace("xlink", XLINK);
    out.writeAttribute("width", number(figure.width()) + "mm");
    out.writeAttribute("height", number(figure.height()) + "mm");
    out.writeAttribute("viewBox", "0 0 " + number(figure.width()) + " " + number(figure.height()));
    out.writeAttribute("font-family", letters.family());
    out.writeAttribute("role", "img");
    element("title", figure.title());
    out.writeEmptyElement("rect");
    out.writeAttribute("width", "100%");
    out.writeAttribute("height", "100%");
    out.writeAttribute("fill", "#fff");
    for (Figure.Mark mark : figure.marks()) {
      out.writeCharacters("\n");
      if (mark instanceof Figure.Words words) {
        write(words);
      } else if (mark instanceof Figure.Image image) {
        write(image);
      }
    }
    out.writeCharacters("\n");
    out.writeEndElement();
    out.writeEndDocument();
  }

  private void element(String name, String text) throws XMLStreamException {
    out.writeCharacters("\n");
    out.writeStartElement(name);
    out.writeCharacters(clean(text));
    out.writeEndElement();
    out.writeCharacters("\n");
  }

  private void write(Figure.Words words) throws XMLStreamException {
    out.writeStartElement("text");
    out.writeAttribute("x", number(words.x()));
    out.writeAttribute("y", number(words.y()));
    out.writeAttribute("font-size", number(words.points() * Figure.POINT));
    if (words.align() != Figure.Align.START) {
      out.writeAttribute("text-anchor", words.align().name().toLowerCase(Locale.ROOT));
    }
    if (words.turned()) {
      out.writeAttribute(
          "transform", "rotate(-90 " + number(words.x()) + " " + number(words.y()) + ")");
    }
    if (letters.shown(words.text()).equals(words.text())) {
      // Other letters than those that it was laid out with are as wide, and nothing overlaps.
      out.writeAttribute("textLength", number(letters.width(words.text(), words.points())));
      out.writeAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    out.writeCharacters(clean(words.text()));
    out.writeEndElement();
  }

  private void write(Figure.Image image) throws XMLStreamException {
    out.writeEmptyElement("image");
    out.writeAttribute("x", number(image.x()));
    out.writeAttribute("y", number(image.y()));
    out.writeAttribute("width", number(image.width()));
    out.writeAttribute("height", number(image.height()));
    out.writeAttribute("preserveAspectRatio", "none");
    if (image.crisp()) {
      out.writeAttribute("image-rendering", "pixelated");
    }
    // Programs for drawing know the older name only.
    out.writeAttribute(
        XLINK,
        "href",
        "data:image/png;base64," + Base64.getEncoder().encodeToString(image.picture().png()));
  }

  /** Characters that XML has no way to write are left out. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= ' ' && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
