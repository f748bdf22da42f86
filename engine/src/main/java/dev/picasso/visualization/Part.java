package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A piece of one image's results, in a column of its own: a map ({@link Panel}), a {@link Curve}, a
 * {@link Table}, a picture ({@link Illustration}) or words ({@link Verdict}). It says what JSON
 * tells of it and which files hold it; command line, page, REST answers and archives go by that.
 */
public sealed interface Part permits Panel, Curve, Table, Illustration, Verdict {
  /** What heads its column, as in the class that it is about. */
  String label();

  /** What it is, in a word that JSON and templates have: {@code map}, {@code curve}, … */
  String kind();

  /**
   * What JSON says of it beside its label, kind and files: texts, numbers, lists of those. A number
   * that is none (NaN or infinity) becomes null there.
   */
  Map<String, Object> facts();

  /** The files that hold it; none where JSON says all. */
  List<Content> files(Drawing drawing);

  /**
   * A file of a part.
   *
   * @param bytes makes them; called once
   */
  record Content(FileRole role, Supplier<byte[]> bytes) {}
}
