package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.Window;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Partial occlusion: the probability of a class with a window of the picture covered, for a grid of
 * windows. Zeiler and Fergus 2013, arXiv 1311.2901, section 4.2.
 *
 * @param window side of the window as a share of the picture's side, above 0 and below 1
 * @param perSide windows along each side; their centres are equally spaced and the outermost touch
 *     the borders
 * @param fill the grey that covers, 0 to 255, before preprocessing
 */
public record HiddenWindows(double window, int perSide, float fill) {
  /**
   * Probabilities [targets, perSide · perSide] with each window covered, row by row of the grid.
   *
   * @param pixels the picture at the model's size
   * @param done is told the number of windows finished so far; it may throw to stop
   */
  public Measured explain(
      Explainer model, ImagePreprocessor preprocessor, Picture pixels, IntConsumer done) {
    List<Window> windows = windows(pixels.width(), pixels.height());
    float[][] probabilities = new float[model.model().scores().targets()][windows.size()];
    int[] count = {0};
    BiConsumer<List<Integer>, Map<String, Tensor>> told =
        (some, outputs) -> {
          Predictions predictions = model.predictions(outputs);
          for (int i = 0; i < some.size(); i++) {
            for (int target = 0; target < probabilities.length; target++) {
              probabilities[target][some.get(i)] = predictions.probability(i, target);
            }
          }
          count[0] += some.size();
          done.accept(count[0]);
        };
    if (isPicture(model.imageInput(), pixels)) {
      Tensor cover = preprocessor.normalize(List.of(covered(pixels, all(pixels))));
      Tensor image = preprocessor.normalize(List.of(pixels));
      HiddenRuns.of(model, Forward.SCORES, image, cover.floats(), windows.get(0), RegionUse.AUTO)
          .each(windows, told);
    } else {
      onPictures(model, preprocessor, pixels, windows, told);
    }
    return new Measured(pixels.width(), pixels.height(), windows, List.of(probabilities));
  }

  /** Whether a pixel of the picture is one of the input, and not, say, a channel of it. */
  private static boolean isPicture(InputSpec input, Picture pixels) {
    return input.width() == pixels.width() && input.height() == pixels.height();
  }

  private static Window all(Picture pixels) {
    return new Window(0, 0, pixels.width(), pixels.height());
  }

  private Picture covered(Picture pixels, Window window) {
    return pixels.covered(window, fill);
  }

  /** Where only the preprocessing knows how a picture becomes the input. */
  private void onPictures(
      Explainer model,
      ImagePreprocessor preprocessor,
      Picture pixels,
      List<Window> windows,
      BiConsumer<List<Integer>, Map<String, Tensor>> told) {
    int batch = model.batch(Forward.SCORES);
    for (int from = 0; from < windows.size(); from += batch) {
      List<Integer> some =
          IntStream.range(from, Math.min(windows.size(), from + batch)).boxed().toList();
      List<Picture> pictures = some.stream().map(i -> covered(pixels, windows.get(i))).toList();
      told.accept(some, model.run(Forward.SCORES, preprocessor.normalize(pictures), Map.of()));
    }
  }

  /** The windows of the grid, row by row, for a picture of that size. */
  public List<Window> windows(int width, int height) {
    int windowWidth = side(width);
    int windowHeight = side(height);
    List<Window> windows = new ArrayList<>();
    for (int row = 0; row < perSide; row++) {
      for (int column = 0; column < perSide; column++) {
        windows.add(
            new Window(
                start(column, width, windowWidth),
                start(row, height, windowHeight),
                windowWidth,
                windowHeight));
      }
    }
    return windows;
  }

  private int side(int length) {
    return (int) Math.max(1, Math.min(length, Math.round(window * length)));
  }

  /**
   * The first pixel of window i: centres run from half a window to half a window before the end.
   */
  private int start(int i, int length, int windowSide) {
    return perSide == 1
        ? (length - windowSide) / 2
        : (int) ((long) (length - windowSide) * i / (perSide - 1));
  }

  /**
   * What was measured.
   *
   * @param width of the picture that was covered, in pixels
   * @param windows where it was covered
   * @param probabilities for each target, one number for each window
   */
  public record Measured(int width, int height, List<Window> windows, List<float[]> probabilities) {
    /**
     * The probability of a target with a window over each pixel: the mean over all windows that
     * cover it; NaN where none does.
     */
    public HeatMap map(int target) {
      double[] sums = new double[width * height];
      int[] counts = new int[width * height];
      strips(target).forEach((band, strip) -> strip.addTo(sums, counts, band));
      float[] means = new float[sums.length];
      for (int i = 0; i < means.length; i++) {
        means[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
      }
      return HeatMap.of(width, height, means);
    }

    /** What windows side by side add up to along a row, so that each row is gone over once. */
    private Map<Band, Strip> strips(int target) {
      Map<Band, Strip> strips = new LinkedHashMap<>();
      for (int i = 0; i < windows.size(); i++) {
        Window w = windows.get(i);
        strips
            .computeIfAbsent(new Band(w.top(), w.height()), b -> new Strip(width))
            .add(w.left(), w.width(), probabilities.get(target)[i]);
      }
      return strips;
    }
  }

  /** The rows of windows that lie side by side. */
  private record Band(int top, int height) {}

  /** Sums and numbers of windows for the places of a row. */
  private static final class Strip {
    private final double[] sums;
    private final int[] counts;

    Strip(int width) {
      sums = new double[width];
      counts = new int[width];
    }

    void add(int left, int length, float value) {
      for (int x = left; x < left + length; x++) {
        sums[x] += value;
        counts[x]++;
      }
    }

    void addTo(double[] all, int[] numbers, Band band) {
      for (int y = band.top(); y < band.top() + band.height(); y++) {
        for (int x = 0; x < sums.length; x++) {
          all[y * sums.length + x] += sums[x];
          numbers[y * sums.length + x] += counts[x];
        }
      }
    }
  }
}
