package dev.picasso.belief;

import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * What a model says of many altered forms of one image. They are made and forgotten a batch at a
 * time, so that memory does not grow with their number.
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
   * @param form makes each, as the model is fed with it; asked once for each, in order
   * @return as many numbers
   */
  static float[] numbers(
      Subject subject, Quantity of, int count, IntFunction<float[]> form, Progress progress) {
    float[] numbers = new float[count];
    int batch = Math.max(1, Math.min(count, subject.batch()));
    Shape shape = subject.x().row(0).shape();
    for (int from = 0; from < count; from += batch) {
      int some = Math.min(batch, count - from);
      ByteBuffer bytes = Tensor.allocate(4L * some * shape.withBatch(1).size());
      for (int i = 0; i < some; i++) {
        subject.explainer().check();
        float[] values = form.apply(from + i);
        bytes.asFloatBuffer().put(i * values.length, values);
        progress.done((from + i) / (double) count);
      }
      Tensor forms = Tensor.of(DataType.FLOAT, shape.with(0, some), bytes);
      float[] found =
          of == Quantity.PROBABILITIES ? subject.probabilities(forms) : subject.scores(forms);
      System.arraycopy(found, 0, numbers, from, some);
      progress.done((from + some) / (double) count);
    }
    return numbers;
  }
}
