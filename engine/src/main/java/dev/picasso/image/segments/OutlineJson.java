package dev.picasso.image.segments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.picasso.image.ImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outlines in JSON of COCO, read as they come. Parsers stand at the first token of a value, and
 * then at its last.
 *
 * @param file for messages
 */
record OutlineJson(String file) {
  /** Numbers in one outline. */
  private static final int MOST_NUMBERS = 1 << 20;

  private static final int LONGEST_SIDE = 1_000_000;

  /** Polygons or run lengths; none where there is something else. */
  List<Outline> segmentation(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      return polygons(json);
    }
    return json.currentToken() == JsonToken.START_OBJECT ? List.of(runs(json)) : List.of();
  }

  /** A box: left, top, width, height; none where there is something else. */
  List<Outline> box(JsonParser json) throws IOException {
    double[] box = numbers(json, 4);
    return box.length != 4
        ? List.of()
        : List.of(new Outline.Box(box[0], box[1], box[0] + box[2], box[1] + box[3]));
  }

  /** A list of polygons; what has fewer than three corners encloses nothing. */
  private List<Outline> polygons(JsonParser json) throws IOException {
    List<Outline> polygons = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_ARRAY) {
      double[] corners = numbers(json, MOST_NUMBERS);
      if (corners.length >= 6) {
        polygons.add(new Outline.Polygon(corners));
      }
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw wrong("has a segmentation that is no list of polygons");
    }
    return polygons;
  }

  private Outline runs(JsonParser json) throws IOException {
    double[] size = {};
    long[] counts = {};
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("size")) {
        size = numbers(json, 2);
      } else if (field.equals("counts")) {
        counts =
            value == JsonToken.VALUE_STRING
                ? compressed(json.getText())
                : Arrays.stream(numbers(json, MOST_NUMBERS)).mapToLong(n -> (long) n).toArray();
      } else {
        json.skipChildren();
      }
    }
    boolean sensible = Arrays.stream(size).allMatch(s -> s >= 1 && s <= LONGEST_SIDE);
    if (size.length != 2 || !sensible || Arrays.stream(counts).anyMatch(c -> c < 0)) {
      throw wrong("has run lengths without a size, or with negative counts");
    }
    return new Outline.Runs(counts, (int) size[0], (int) size[1]);
  }

  private long[] compressed(String text) {
    try {
      return CompressedRuns.decode(text);
    } catch (ImageException e) {
      throw wrong("has " + e.getMessage());
    }
  }

  /** A list of numbers whose first bracket was read; empty for what is no list. */
  private double[] numbers(JsonParser json, int most) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return new double[0];
    }
    double[] numbers = new double[8];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null || !json.currentToken().isNumeric()) {
        throw wrong("has something that is no number in an outline");
      }
      if (n == most) {
        throw wrong("has an outline of more than " + most + " numbers");
      }
      if (n == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * n);
      }
      double number = json.getDoubleValue();
      if (Double.isInfinite(number)) {
        throw wrong("has a number in an outline that is too large");
      }
      numbers[n++] = number;
    }
    return Arrays.copyOf(numbers, n);
  }

  private ImageException wrong(String what) {
    return new ImageException(file + " " + what + ".");
  }
}
