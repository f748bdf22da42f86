package dev.picasso.attribution.gradients;

import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Floats;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.StrongestTenth;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Maps that are estimated from gradients at random points.
 *
 * @param moments what is summed up
 * @param factored whether the points come with factors
 * @param stable whether to end early, each row for itself, by {@link StrongestTenth}
 * @param reduction how the channels of a pixel become the number by which it is strong
 */
record Sampling(Set<Moment> moments, boolean factored, boolean stable, ChannelReduction reduction) {
  /** Samples before the first look at how stable they are. */
  private static final int FIRST = 10;

  /** What the sums of a row say. */
  @FunctionalInterface
  interface Estimate {
    Sampled of(GradientSums sums, int row);
  }

  /**
   * Samples for each row of the images.
   *
   * @param points of a row, always the same for rows of one image
   * @return signed, with standard errors
   */
  Maps maps(
      Explainer model,
      Images x,
      List<Target> targets,
      IntFunction<Points> points,
      Estimate estimate,
      String meaning,
      Progress progress) {
    Questions questions = Questions.of(model, x, targets);
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    Floats errors = Floats.of(x.row(0).shape(), x.size());
    String[] notes = new String[x.size()];
    EachImage.of(
        x,
        progress,
        (image, rows, share) -> {
          Tensor like = x.row(rows.get(0));
          Points drawn = points.apply(rows.get(0));
          GradientSums sums =
              new GradientSums(model, questions, like, rows, drawn, factored, moments);
          if (stable) {
            untilStable(model, like, rows, sums, drawn.count(), estimate, share);
          } else {
            sums.all(share);
          }
          for (int row : rows) {
            Sampled sampled = estimate.of(sums, row);
            maps.put(row, sampled.means());
            errors.put(row, sampled.errors());
            notes[row] = sums.done(row) + " samples";
          }
        });
    Maps found = Maps.signed(maps.tensor(), Maps.Frame.INPUT, meaning).within(errors.tensor());
    return stable ? found.noting(Arrays.asList(notes)) : found;
  }

  private void untilStable(
      Explainer model,
      Tensor like,
      List<Integer> rows,
      GradientSums sums,
      int count,
      Estimate estimate,
      Progress progress) {
    List<StrongestTenth> tenths = rows.stream().map(row -> new StrongestTenth(FIRST)).toList();
    int before = 0;
    for (int look = FIRST; look < count && !sums.open().isEmpty(); look *= 2) {
      sums.upTo(look, progress.part((double) before / count, (double) look / count));
      for (int row : sums.open()) {
        StrongestTenth tenth = tenths.get(rows.indexOf(row));
        if (tenth.isStable(pixels(model, like, estimate.of(sums, row).means()))) {
          sums.close(row);
        }
      }
      before = look;
    }
    sums.all(progress.part((double) before / count, 1));
  }

  /** One number a pixel; of what is no image the numbers themselves. */
  private float[] pixels(Explainer model, Tensor like, double[] numbers) {
    Floats map = Floats.of(like.shape(), 1);
    map.put(0, numbers);
    return model
        .model()
        .input()
        .map(input -> reduction.maps(map.tensor(), input).get(0).values())
        .orElseGet(() -> map.tensor().floats());
  }
}
