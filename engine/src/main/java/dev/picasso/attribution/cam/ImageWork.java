package dev.picasso.attribution.cam;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.LayerValues;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Work on image after image, shared by the rows that show the same one. */
final class ImageWork {
  private final Explainer explainer;
  private final Questions questions;
  private final Layer layer;

  private ImageWork(Explainer explainer, Questions questions, Layer layer) {
    this.explainer = explainer;
    this.questions = questions;
    this.layer = layer;
  }

  /**
   * One image.
   *
   * @param x as fed, [1, …]
   * @param rows that ask about it
   * @param channels of the layer, [1, K, h, w]
   * @param raw the layer's value as it lies in the graph, [1, …]
   * @param outputs of the model for it, for {@link Questions#read}
   */
  record One(
      Tensor x, List<Integer> rows, Tensor channels, Tensor raw, Map<String, Tensor> outputs) {
    int count() {
      return Math.toIntExact(channels.shape().dim(1));
    }

    int height() {
      return Math.toIntExact(channels.shape().dim(2));
    }

    int width() {
      return Math.toIntExact(channels.shape().dim(3));
    }
  }

  /** Makes a map [h · w] for each row of an image, in the order of its rows. */
  @FunctionalInterface
  interface Maker {
    List<float[]> maps(ImageWork work, One image, Progress progress);
  }

  /** The maps of all rows, [N, h, w]. */
  static Tensor maps(
      Explainer explainer,
      Images x,
      List<Target> targets,
      Layer layer,
      Progress progress,
      Maker maker) {
    ImageWork work = new ImageWork(explainer, Questions.of(explainer, x, targets), layer);
    float[][] all = new float[x.size()][];
    int images = Math.toIntExact(x.distinct().shape().dim(0));
    for (int i = 0; i < images; i++) {
      List<Integer> rows = x.rowsOf(i);
      if (!rows.isEmpty()) {
        One one = work.look(x.row(rows.get(0)), rows);
        Progress part = progress.part((double) i / images, (i + 1.) / images);
        List<float[]> maps = maker.maps(work, one, part);
        for (int r = 0; r < rows.size(); r++) {
          all[rows.get(r)] = maps.get(r);
        }
      }
      progress.done((i + 1.) / images);
    }
    return stacked(all, layer);
  }

  private One look(Tensor x, List<Integer> rows) {
    LayerValues values = new LayerValues(layer, questions.values(rows));
    Map<String, Tensor> outputs = explainer.run(values, x, Map.of());
    return new One(x, rows, values.channels(outputs), values.raw(outputs), outputs);
  }

  Questions questions() {
    return questions;
  }

  Explainer explainer() {
    return explainer;
  }

  Layer layer() {
    return layer;
  }

  /**
   * Σ_k w_k A^k, and only what is above zero of it.
   *
   * @return [h · w]
   */
  static float[] rectifiedSum(double[] weights, Tensor channels) {
    float[] a = channels.floats();
    int places = a.length / weights.length;
    double[] sum = new double[places];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < places; i++) {
        sum[i] += weights[k] * a[k * places + i];
      }
    }
    float[] map = new float[places];
    for (int i = 0; i < places; i++) {
      map[i] = sum[i] < 0 ? 0 : (float) sum[i]; // NaN stays
    }
    return map;
  }

  private static Tensor stacked(float[][] maps, Layer layer) {
    int height = layer.grid().height();
    int width = layer.grid().width();
    List<Tensor> rows = new ArrayList<>();
    for (float[] map : maps) {
      rows.add(Tensor.of(Optional.ofNullable(map).orElseThrow(), 1, height, width));
    }
    return Batches.joined(rows);
  }
}
