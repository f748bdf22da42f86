package dev.picasso.image.segments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.picasso.image.ImageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Annotations in the format of COCO: polygons, run lengths (also compressed), else boxes. What
 * {@link CocoJson} writes is read too. A file is read as it comes, so that only what is needed of
 * it is held.
 */
public final class CocoFile {
  private static final long MOST_BYTES = 128L << 20;

  private static final int LONGEST_SIDE = 1_000_000;

  private final String file;
  private final OutlineJson shapes;
  private final Map<Long, Image> images = new LinkedHashMap<>();
  private final Map<Long, String> categories = new HashMap<>();
  private final List<Annotation> annotations = new ArrayList<>();

  private record Image(String name, int width, int height) {}

  private record Annotation(long image, long category, Outline outline) {}

  /**
   * What is known of a picture.
   *
   * @param picture the name of its file, maybe with folders
   */
  public record Annotated(String picture, Annotations annotations) {}

  private CocoFile(String file) {
    this.file = file;
    this.shapes = new OutlineJson(file);
  }

  /**
   * The pictures that a file tells of, those without annotations too.
   *
   * @throws ImageException if it cannot be read, is too large, or is nothing of the kind
   */
  public static List<Annotated> read(Path path) {
    return find(path)
        .orElseThrow(
            () ->
                new ImageException(
                    path.getFileName() + " is no JSON of COCO: it has no annotations."));
  }

  /**
   * The same; empty if it is some other JSON.
   *
   * @throws ImageException if it cannot be read, or is too large
   */
  public static Optional<List<Annotated>> find(Path path) {
    CocoFile coco = new CocoFile(String.valueOf(path.getFileName()));
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw coco.wrong(
            "has %d MB; files of at most %d MB are read; cut it into several"
                .formatted(Files.size(path) >> 20, MOST_BYTES >> 20));
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path));
          JsonParser json = new JsonFactory().createParser(in)) {
        return coco.readAll(json) ? Optional.of(coco.annotated()) : Optional.empty();
      }
    } catch (JsonProcessingException e) {
      throw coco.wrong("is no JSON of COCO (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw coco.wrong("cannot be read (" + e.getMessage() + ")");
    }
  }

  private ImageException wrong(String what) {
    return new ImageException(file + " " + what + ".");
  }

  /** Whether there are annotations. */
  private boolean readAll(JsonParser json) throws IOException {
    boolean found = false;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      boolean list = json.nextToken() == JsonToken.START_ARRAY;
      switch (list ? field : "") {
        case "images" -> each(json, field, this::image);
        case "categories" -> each(json, field, this::category);
        case "annotations" -> {
          each(json, field, this::annotation);
          found = true;
        }
        default -> json.skipChildren();
      }
    }
    return found;
  }

  private void each(JsonParser json, String field, Entry entry) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      entry.read(json);
    }
    requireEnd(json, field);
  }

  private void requireEnd(JsonParser json, String field) {
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw wrong("is no JSON of COCO: in " + field + " stands something that is no object");
    }
  }

  /** Reads an object whose first brace was read, to its last. */
  private interface Entry {
    void read(JsonParser json) throws IOException;
  }

  private void image(JsonParser json) throws IOException {
    long id = 0;
    String name = "";
    int width = 0;
    int height = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = whole(json, Long.MAX_VALUE);
        case "file_name" -> name = json.getValueAsString("");
        case "width" -> width = (int) whole(json, LONGEST_SIDE);
        case "height" -> height = (int) whole(json, LONGEST_SIDE);
        default -> json.skipChildren();
      }
    }
    if (images.put(id, new Image(name, width, height)) != null) {
      throw wrong("has two images with the id " + id);
    }
  }

  private void category(JsonParser json) throws IOException {
    long id = 0;
    String name = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = whole(json, Long.MAX_VALUE);
        case "name" -> name = json.getValueAsString("");
        default -> json.skipChildren();
      }
    }
    categories.put(id, name);
  }

  private void annotation(JsonParser json) throws IOException {
    long image = 0;
    long category = 0;
    List<Outline> outlines = new ArrayList<>();
    List<Outline> box = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "image_id" -> image = whole(json, Long.MAX_VALUE);
        case "category_id" -> category = whole(json, Long.MAX_VALUE);
        case "bbox" -> box.addAll(shapes.box(json));
        case "segmentation" -> outlines.addAll(shapes.segmentation(json));
        default -> json.skipChildren();
      }
    }
    List<Outline> finest = outlines.isEmpty() ? box : outlines;
    if (!finest.isEmpty()) {
      annotations.add(new Annotation(image, category, new Outline.Several(finest)));
    }
  }

  /** A whole number; ids are also written as texts. */
  private long whole(JsonParser json, long most) throws IOException {
    String text = json.getValueAsString("");
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number <= most && number == Math.rint(number)) {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
            ? json.getLongValue()
            : (long) number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers that are out of range.
    }
    throw wrong(
        "has '%s' for %s, which is no whole number that fits"
            .formatted(
                text.length() > 40 ? text.substring(0, 40) + "…" : text, json.currentName()));
  }

  private List<Annotated> annotated() {
    Map<Long, List<Annotations.Thing>> things = new HashMap<>();
    for (Annotation a : annotations) {
      String category = categories.getOrDefault(a.category(), "");
      things
          .computeIfAbsent(a.image(), id -> new ArrayList<>())
          .add(new Annotations.Thing(category, a.outline()));
    }
    List<Annotated> all = new ArrayList<>();
    images.forEach(
        (id, image) ->
            all.add(
                new Annotated(
                    image.name(),
                    new Annotations(
                        file, image.width(), image.height(), things.getOrDefault(id, List.of())))));
    return all;
  }
}
