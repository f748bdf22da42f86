package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.StrongestTenth;
import dev.picasso.attribution.Target;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gradient averaged over images with noise: E[∂S/∂x (x + ε)], ε normal with σ = noise · (max x
 * − min x) of each image as fed, nothing clipped; in the shape of x. Smilkov et al. 2017, arXiv
 * 1706.03825; the squares and the variance as in Adebayo et al. 2018, arXiv 1810.03292. Rows that
 * show one image see the same noise.
 */
@AutoService(Attribution.class)
public record SmoothGrad(
    @Label(value = "Samples", help = "More are smoother; the time grows with them.")
        @Range(min = 2, max = 10_000)
        @Suggested({"25", "50", "100", "400"})
        int samples,
    @Label(
            value = "Noise",
            help = "Standard deviation, as a share of the distance from darkest to lightest.")
        @Range(min = 0, max = 2)
        @Suggested({"0.05", "0.1", "0.15", "0.2"})
        double noise,
    @Label(value = "Form", help = "What is averaged: the gradient, its size or its square.")
        Form form,
    @Label(value = "Seed", help = "The same seed gives the same noise.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(value = "Stop when stable", help = StrongestTenth.HELP) boolean stable)
    implements Attribution {

  /** What is averaged. */
  public enum Form {
    /** The mean of g, with its sign. */
    SIGNED,
    /** The mean of |g|. */
    ABSOLUTE,
    /** The mean of g². */
    SQUARED,
    /** The variance of g, over the samples themselves (divided by their number). */
    VARIANCE
  }

  public SmoothGrad() {
    this(50, .15, Form.SIGNED, 0, false);
  }

  @Override
  public String id() {
    return "smoothgrad";
  }

  @Override
  public String title() {
    return "SmoothGrad";
  }

  @Override
  public String description() {
    return "See which pixels matter for the score also when every pixel is a little off: a saliency"
        + " map with less noise.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Smilkov et al. 2017, SmoothGrad", "https://arxiv.org/abs/1706.03825"));
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.INPUT;
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.MAX_OF_ABSOLUTE;
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Sampling sampling = new Sampling(moments(), false, stable, reduction());
    Maps found =
        sampling.maps(
            model,
            x,
            targets,
            row -> new Noisy(x.row(row).floats(), samples, noise, seed),
            this::sampled,
            meaning(),
            progress);
    return form == Form.SIGNED ? found : found.unsigned();
  }

  private String meaning() {
    return switch (form) {
      case SIGNED -> "change of the score for a small change of the pixel, averaged over noise";
      case ABSOLUTE ->
          "size of the score's change for a small change of the pixel, averaged over" + " noise";
      case SQUARED ->
          "square of the score's change for a small change of the pixel, averaged over" + " noise";
      case VARIANCE ->
          "how much the score's change for a small change of the pixel varies with"
              + " noise, as a variance";
    };
  }

  private Set<Moment> moments() {
    return switch (form) {
      case SIGNED -> Set.of(Moment.FIRST, Moment.SECOND);
      case ABSOLUTE -> Set.of(Moment.ABSOLUTE, Moment.SECOND);
      case SQUARED -> Set.of(Moment.SECOND, Moment.FOURTH);
      case VARIANCE -> Set.of(Moment.FIRST, Moment.SECOND, Moment.THIRD, Moment.FOURTH);
    };
  }

  private Sampled sampled(GradientSums sums, int row) {
    return switch (form) {
      case SIGNED -> Sampled.mean(sums, row, Moment.FIRST, Moment.SECOND);
      case ABSOLUTE -> Sampled.mean(sums, row, Moment.ABSOLUTE, Moment.SECOND);
      case SQUARED -> Sampled.mean(sums, row, Moment.SECOND, Moment.FOURTH);
      case VARIANCE -> Sampled.variance(sums, row);
    };
  }

  /** The image with noise, anew for each point. */
  private static final class Noisy implements Points {
    private final float[] image;
    private final int count;
    private final double sigma;
    private final NormalNumbers normal;

    Noisy(float[] image, int count, double noise, int seed) {
      this.image = image;
      this.count = count;
      this.sigma = noise * Extent.of(image).width();
      this.normal = new NormalNumbers(seed);
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void write(int i, float[] point, float[] factor) {
      for (int k = 0; k < image.length; k++) {
        point[k] = (float) (image[k] + sigma * normal.next());
      }
    }
  }
}
