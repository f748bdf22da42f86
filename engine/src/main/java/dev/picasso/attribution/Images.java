package dev.picasso.attribution;

import dev.picasso.PicassoException;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Fill;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows that are explained: images as the model is fed with them, in the layout of its file. An
 * image that is asked about several targets has several rows, but is held once.
 */
public final class Images {
  private final Tensor distinct;
  private final List<Integer> rows;
  private final Optional<ImagePreprocessor> preprocessor;

  private Images(Tensor distinct, List<Integer> rows, Optional<ImagePreprocessor> preprocessor) {
    this.distinct = distinct;
    this.rows = List.copyOf(rows);
    this.preprocessor = preprocessor;
  }

  /** Arrays of which it is not known how pictures become such; a row for each. */
  public static Images of(Tensor x) {
    return new Images(x, IntStream.range(0, count(x)).boxed().toList(), Optional.empty());
  }

  /** Images that a preprocessor made; a row for each. */
  public static Images of(Tensor x, ImagePreprocessor preprocessor) {
    return new Images(x, IntStream.range(0, count(x)).boxed().toList(), Optional.of(preprocessor));
  }

  private static int count(Tensor x) {
    return Math.toIntExact(x.shape().dim(0));
  }

  /** The same images, with a number of rows one after another for each row of this. */
  public Images each(int times) {
    List<Integer> all =
        rows.stream().flatMap(row -> Collections.nCopies(times, row).stream()).toList();
    return new Images(distinct, all, preprocessor);
  }

  /** Other images, in the place of these, with the same rows. */
  public Images with(Tensor others) {
    return new Images(others, rows, preprocessor);
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  /** The images, each once: [N, …]. */
  public Tensor distinct() {
    return distinct;
  }

  /** Which of the images a row shows. */
  public int image(int row) {
    return rows.get(row);
  }

  /** The rows that show an image. */
  public List<Integer> rowsOf(int image) {
    return IntStream.range(0, rows.size()).filter(r -> rows.get(r) == image).boxed().toList();
  }

  /** One row, [1, …]. */
  public Tensor row(int row) {
    return Batches.rows(distinct, rows.get(row), rows.get(row) + 1);
  }

  /** All rows, [size, …]. */
  public Tensor tensor() {
    return tensor(0, size());
  }

  /** Some rows, [to − from, …]; without a copy where they are different images in their order. */
  public Tensor tensor(int from, int to) {
    int first = rows.get(from);
    boolean inOrder = IntStream.range(from, to).allMatch(r -> rows.get(r) == first + r - from);
    if (inOrder) {
      return Batches.rows(distinct, first, first + to - from);
    }
    List<Tensor> parts = new ArrayList<>();
    IntStream.range(from, to).forEach(r -> parts.add(row(r)));
    return Batches.joined(parts);
  }

  /** How pictures become such arrays, where that is known. */
  public Optional<ImagePreprocessor> preprocessor() {
    return preprocessor;
  }

  /**
   * A picture of one grey as the model is fed with it, [1, …]; the fourth channel of a picture that
   * has one is of that grey too.
   *
   * @param level 0 for black to 255 for white
   * @throws PicassoException if it is not known how pictures become arrays
   */
  public Tensor grey(InputSpec input, float level) {
    ImagePreprocessor known =
        preprocessor.orElseThrow(
            () ->
                new PicassoException(
                    "It is not known how pictures become this model's input, so that there is no"
                        + " black, grey or white; choose zero instead."));
    Picture any = known.denormalize(distinct, 0);
    return known.normalize(List.of(new Fill.Grey(level).cover(any)));
  }
}
