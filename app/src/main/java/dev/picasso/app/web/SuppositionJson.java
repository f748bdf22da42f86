package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.app.web.state.Supposition;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.ImageException;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.image.segments.Outline;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is supposed, as requests say it. Sizes are checked before anything is allocated.
 *
 * @param images finds an image by its id, or says that there is none
 */
record SuppositionJson(Function<String, StoredImage> images) {
  /** What a request may have. */
  static final List<String> NAMES = List.of("image", "box", "mask", "paste", "fill");

  /** Of a mask: finer ones than any model's input say no more. */
  private static final int LONGEST_SIDE = 2048;

  private static final int MOST_COUNTS = 100_000;

  /**
   * Reads it.
   *
   * @throws HttpProblem if it is incomplete, says two things at once, or is too large
   */
  Supposition read(ObjectNode body) {
    boolean masked = body.hasNonNull("mask");
    boolean boxed = body.hasNonNull("box");
    if (masked == boxed) {
      throw HttpProblem.wrong(
          "What is changed? Send \"box\", as in \"20,30,100,80\", or \"mask\"; one of them.");
    }
    if (body.hasNonNull("paste")) {
      if (!boxed || body.hasNonNull("fill")) {
        throw HttpProblem.wrong(
            "\"paste\" puts a piece of another image into a \"box\"; it has no \"mask\" and no"
                + " \"fill\".");
      }
      return pasted(Boxes.parse(text(body, "box")), body.path("paste"));
    }
    String fill = body.hasNonNull("fill") ? text(body, "fill") : "grey";
    WhatIf.requireFill(fill);
    return masked
        ? new Supposition.Painted(mask(body.path("mask")), fill)
        : new Supposition.Hidden(Boxes.parse(text(body, "box")), fill);
  }

  /** A text, or a number as one. */
  private static String text(ObjectNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isValueNode()) {
      throw HttpProblem.wrong("\"" + name + "\" must be a text.");
    }
    return value.asText();
  }

  private Supposition pasted(Window box, JsonNode paste) {
    if (!(paste instanceof ObjectNode from)) {
      throw HttpProblem.wrong(
          "\"paste\" must be an object, as in {\"image\": \"…\", \"box\": \"20,30,100,80\"}.");
    }
    Json.requireNames(from, List.of("image", "box"));
    Optional<Window> piece =
        from.hasNonNull("box") ? Optional.of(Boxes.parse(text(from, "box"))) : Optional.empty();
    return new Supposition.Pasted(box, images.apply(Json.id(from, "image")), piece);
  }

  /** Run lengths as COCO has them: down the columns, out and in by turns. */
  private static Mask mask(JsonNode mask) {
    JsonNode size = mask.path("size");
    JsonNode counts = mask.path("counts");
    if (size.size() != 2 || !isSide(size.path(0)) || !isSide(size.path(1))) {
      throw HttpProblem.wrong(
          "\"mask\" needs a \"size\", rows and columns, both between 1 and " + LONGEST_SIDE + ".");
    }
    if (!counts.isArray() || counts.size() > MOST_COUNTS) {
      throw HttpProblem.wrong(
          "\"mask\" needs \"counts\", a list of at most %d numbers: how many pixels are out, then in,"
                  .formatted(MOST_COUNTS)
              + " then out, and so on, down the columns.");
    }
    long[] runs = new long[counts.size()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = counts.path(i).isInt() ? counts.path(i).asLong() : -1;
      if (runs[i] < 0) {
        throw HttpProblem.wrong("\"counts\" of \"mask\" must be whole numbers, not negative.");
      }
    }
    int rows = size.path(0).asInt();
    int columns = size.path(1).asInt();
    BitSet in = new BitSet(rows * columns);
    try {
      new Outline.Runs(runs, rows, columns).fill(columns, rows, in);
    } catch (ImageException e) {
      throw HttpProblem.wrong(
          "\"mask\" has %s: %d × %d pixels.".formatted(e.getMessage(), columns, rows));
    }
    return Mask.of(columns, rows, in::get);
  }

  private static boolean isSide(JsonNode number) {
    return number.isInt() && number.asInt() >= 1 && number.asInt() <= LONGEST_SIDE;
  }
}
