package dev.picasso.belief;

import dev.picasso.attribution.Ahead;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.graph.DataType;
import java.util.function.IntFunction;

/**
 * What a model says of many altered forms of one image. They are made and forgotten a batch at a
 * time, the next one while one is asked about, so that memory does not grow with their number.
 */
final class Altered {
  private Altered() {}

  /** The first of some images, as the model is fed with it. */
  static float[] numbers(Images x) {
    return x.row(0).as(DataType.FLOAT).floats();
  }

  /**
   * Asks for the class's number in each form.
   *
   * @param count of forms
   * @param form makes each, as the model is fed with it; asked once for each, in order, by another
   *     thread
   * @return as many numbers
   */
  static float[] numbers(
      Subject subject, Quantity of, int count, IntFunction<float[]> form, Progress progress) {
    float[] numbers = new float[count];
    int batch = Math.max(1, subject.batch());
    Ahead.Writer writer =
        (number, row) -> {
          subject.explainer().check();
          row.put(0, form.apply(number));
        };
    try (var forms = Ahead.rows(subject.x().row(0).shape(), count, batch, writer)) {
      while (forms.hasNext()) {
        Ahead.Rows some = forms.next();
        float[] found =
            of == Quantity.PROBABILITIES
                ? subject.probabilities(some.tensor())
                : subject.scores(some.tensor());
        System.arraycopy(found, 0, numbers, some.from(), found.length);
        progress.done((some.from() + found.length) / (double) count);
      }
    }
    return numbers;
  }
}
