package dev.picasso.image.segments;

import dev.picasso.image.ImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Boxes in the format of Pascal VOC, an XML file for each picture. Its pixels count from 1, and
 * xmax and ymax are the last ones inside. Document types and entities are refused, so that a file
 * reaches nothing outside itself.
 */
public final class PascalXml {
  private static final long MOST_BYTES = 4L << 20;
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_SIDE = 1_000_000;

  private PascalXml() {}

  /**
   * What a file tells of its picture.
   *
   * @throws ImageException if it cannot be read, is too large, or is nothing of the kind
   */
  public static Annotations read(Path path) {
    String file = String.valueOf(path.getFileName());
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw wrong(file, "has more than " + (MOST_BYTES >> 20) + " MB, too much for boxes");
      }
      return read(file, Files.readAllBytes(path));
    } catch (IOException e) {
      throw wrong(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static Annotations read(String file, byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("it asks for another file");
        });
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        return read(file, xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      throw wrong(file, "is no XML of Pascal VOC (" + reason + ")");
    }
  }

  private static Annotations read(String file, XMLStreamReader xml) throws XMLStreamException {
    Deque<String> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    Map<String, String> size = new HashMap<>();
    Map<String, String> object = new HashMap<>();
    List<Annotations.Thing> things = new ArrayList<>();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw wrong(file, "has a document type or entities, which are not read; remove them");
        case XMLStreamConstants.START_ELEMENT -> {
          path.addLast(xml.getLocalName());
          text.setLength(0);
          if (path.size() > DEEPEST || !path.getFirst().equals("annotation")) {
            throw wrong(file, "is no XML of Pascal VOC: it is no <annotation>");
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() + xml.getTextLength() <= LONGEST_TEXT) {
            text.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          switch (String.join("/", path)) {
            case "annotation/size/width", "annotation/size/height" ->
                size.put(path.getLast(), text.toString().strip());
            case "annotation/object/name",
                "annotation/object/bndbox/xmin",
                "annotation/object/bndbox/ymin",
                "annotation/object/bndbox/xmax",
                "annotation/object/bndbox/ymax" ->
                object.put(path.getLast(), text.toString().strip());
            case "annotation/object" -> {
              things.add(thing(file, object));
              object.clear();
            }
            default -> {
              // Nothing that tells where something is.
            }
          }
          path.removeLast();
          text.setLength(0);
        }
        default -> {
          // Comments and the like.
        }
      }
    }
    return new Annotations(file, side(file, size, "width"), side(file, size, "height"), things);
  }

  private static Annotations.Thing thing(String file, Map<String, String> object) {
    return new Annotations.Thing(
        object.getOrDefault("name", ""),
        new Outline.Box(
            number(file, object, "xmin") - 1,
            number(file, object, "ymin") - 1,
            number(file, object, "xmax"),
            number(file, object, "ymax")));
  }

  private static int side(String file, Map<String, String> size, String name) {
    double side = size.containsKey(name) ? number(file, size, name) : 0;
    if (side < 0 || side > LONGEST_SIDE || side != Math.rint(side)) {
      throw wrong(file, "says that the picture's %s is %s".formatted(name, size.get(name)));
    }
    return (int) side;
  }

  private static double number(String file, Map<String, String> texts, String name) {
    String text = texts.getOrDefault(name, "");
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong(
        file,
        text.isEmpty()
            ? "has an object without " + name
            : "has '%s' for %s, which is no number"
                .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text, name));
  }

  private static ImageException wrong(String file, String what) {
    return new ImageException(file + " " + what + ".");
  }
}
