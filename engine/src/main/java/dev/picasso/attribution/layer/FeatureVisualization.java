package dev.picasso.attribution.layer;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A picture that drives a class, a channel or a neuron as far as steps of gradient ascent take it.
 * Olah et al. 2017, Feature Visualization, distill.pub: the picture is a sum of waves that weigh as
 * in photographs, its colours are decorrelated as those of ImageNet, a sigmoid keeps it between
 * black and white, and before each step it is moved, scaled and turned a little at random, so that
 * it means something from wherever it is seen.
 *
 * @param steps of ascent
 * @param rate of Adam
 * @param transform whether the picture is moved, scaled and turned
 * @param seed of all that is random; the same seed makes the same picture
 */
public record FeatureVisualization(int steps, double rate, boolean transform, int seed) {
  /** As published. */
  public static final FeatureVisualization USUAL = new FeatureVisualization(256, .05, true, 0);

  private static final double SPREAD = .01;

  /**
   * The square root of the covariance of red, green and blue in ImageNet's photographs, scaled to a
   * longest column of one: what decorrelated colours are multiplied by.
   */
  private static final float[][] COLOURS = {
    {.5628f, .1948f, .0433f}, {.5844f, 0, -.1082f}, {.5844f, -.1948f, .0649f}
  };

  /**
   * What was made.
   *
   * @param before the number that is driven, for the picture before the first step
   * @param after the same for the picture that came out
   */
  public record Made(Picture picture, double before, double after) {}

  /**
   * Makes a picture.
   *
   * @param x any image of the model's, of which only the shape counts
   * @throws InapplicableException if the model takes no colours or grey, or has no gradient
   */
  public Made of(
      Explainer explainer,
      ImagePreprocessor preprocessor,
      Images x,
      Target target,
      Progress progress) {
    InputSpec input = explainer.imageInput();
    PixelSlopes slopes = PixelSlopes.of(input, preprocessor);
    Questions question = Questions.of(explainer, x, List.of(target));
    Spectrum spectrum = new Spectrum(input.height(), input.width());
    Random random = new Random(seed);
    List<float[]> waves = new ArrayList<>();
    List<Ascent> ascents = new ArrayList<>();
    for (int c = 0; c < COLOURS.length; c++) {
      float[] plane = new float[input.height() * input.width()];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) (SPREAD * random.nextGaussian());
      }
      waves.add(plane);
      ascents.add(new Ascent(rate, plane.length));
    }
    double before = number(question, slopes, painted(waves, spectrum));
    for (int step = 0; step < steps; step++) {
      explainer.check();
      List<float[]> painted = painted(waves, spectrum);
      List<float[]> byPixel = byPixel(question, slopes, painted, turn(random, input));
      List<float[]> byWave = throughColours(painted, byPixel);
      for (int c = 0; c < COLOURS.length; c++) {
        ascents.get(c).step(waves.get(c), spectrum.gradient(byWave.get(c)));
      }
      progress.done((step + 1.) / steps);
    }
    List<float[]> painted = painted(waves, spectrum);
    Tensor fed = slopes.fed(painted);
    return new Made(preprocessor.denormalize(fed, 0), before, number(question, slopes, painted));
  }

  private Turn turn(Random random, InputSpec input) {
    return transform
        ? Turn.random(random, input.height(), input.width())
        : new Turn(input.height(), input.width(), 1, 0, 0, 0);
  }

  private static double number(Questions question, PixelSlopes slopes, List<float[]> painted) {
    return question.numbers(List.of(0), slopes.fed(painted), Quantity.LOGITS)[0][0];
  }

  private static List<float[]> byPixel(
      Questions question, PixelSlopes slopes, List<float[]> painted, Turn turn) {
    List<float[]> turned = painted.stream().map(turn::of).toList();
    Tensor gradient = question.gradients(0, slopes.fed(turned));
    return slopes.gradients(gradient.as(DataType.FLOAT).floats()).stream().map(turn::back).toList();
  }

  /** Red, green and blue from 0 to 1. */
  private static List<float[]> painted(List<float[]> waves, Spectrum spectrum) {
    List<float[]> planes = waves.stream().map(spectrum::picture).toList();
    List<float[]> colours = new ArrayList<>();
    for (float[] mix : COLOURS) {
      float[] colour = new float[planes.get(0).length];
      for (int i = 0; i < colour.length; i++) {
        double sum = 0;
        for (int c = 0; c < mix.length; c++) {
          sum += mix[c] * planes.get(c)[i];
        }
        colour[i] = (float) (1 / (1 + Math.exp(-sum)));
      }
      colours.add(colour);
    }
    return colours;
  }

  /** Back through the sigmoid and the mixing of colours. */
  private static List<float[]> throughColours(List<float[]> painted, List<float[]> byPixel) {
    List<float[]> planes = new ArrayList<>();
    for (int c = 0; c < COLOURS.length; c++) {
      float[] plane = new float[painted.get(0).length];
      for (int i = 0; i < plane.length; i++) {
        for (int colour = 0; colour < COLOURS.length; colour++) {
          float p = painted.get(colour)[i];
          plane[i] += COLOURS[colour][c] * p * (1 - p) * byPixel.get(colour)[i];
        }
      }
      planes.add(plane);
    }
    return planes;
  }
}
