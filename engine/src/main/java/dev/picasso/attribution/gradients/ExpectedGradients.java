package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Integrated gradients with the place on the way drawn at random: E[(x + ε − x′) ⊙ ∂S/∂x (x′ + α(x
 * + ε − x′))], α uniform, ε normal with a standard deviation of so much as fed, and a new baseline
 * x′ for each sample where baselines are random; in the shape of x, with its sign. Erion et al.
 * 2019, arXiv 1906.10670; with the noise it is what Lundberg and Lee 2017, arXiv 1705.07874, call
 * GradientSHAP.
 */
@AutoService(Attribution.class)
public record ExpectedGradients(
    @Label(value = "Samples", help = "More are nearer to the mean; the time grows with them.")
        @Range(min = 2, max = 100_000)
        @Suggested({"50", "200", "1000"})
        int samples,
    @Label(value = "Noise", help = "Standard deviation, in the numbers that the model is fed with.")
        @Range(min = 0, max = 1000)
        double noise,
    @Label(value = "Baseline", help = "The image in which nothing is seen, where the way begins.")
        Baseline baseline,
    @Label(value = "Seed", help = "The same seed gives the same samples.")
        @Range(min = 0, max = Integer.MAX_VALUE)
        int seed,
    @Label(value = "Stop when stable", help = StrongestTenth.HELP) boolean stable)
    implements Attribution {

  public ExpectedGradients() {
    this(50, .09, Baseline.ZERO, 0, false);
  }

  @Override
  public String id() {
    return "expected-gradients";
  }

  @Override
  public String title() {
    return "Expected gradients";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score on ways from empty images to this one, at"
        + " places drawn at random.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Erion et al. 2019, Improving performance of deep learning models with axiomatic"
                + " attribution priors and expected gradients",
            "https://arxiv.org/abs/1906.10670"));
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
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Sampling sampling =
        new Sampling(EnumSet.of(Moment.FIRST, Moment.SECOND), true, stable, reduction());
    return sampling.maps(
        model,
        x,
        targets,
        row -> new Drawn(this, model, x, row),
        (sums, row) -> Sampled.mean(sums, row, Moment.FIRST, Moment.SECOND),
        "part of the score that comes from the pixel",
        progress);
  }

  /** Places on ways from a baseline to the image with noise. */
  private static final class Drawn implements Points {
    private final ExpectedGradients settings;
    private final Explainer model;
    private final Images x;
    private final int row;
    private final float[] image;
    private final Random random;
    private float[] start;

    Drawn(ExpectedGradients settings, Explainer model, Images x, int row) {
      this.settings = settings;
      this.model = model;
      this.x = x;
      this.row = row;
      this.image = x.row(row).floats();
      this.random = new Random(settings.seed());
      this.start = settings.baseline().of(model, x, row, 0);
    }

    @Override
    public int count() {
      return settings.samples();
    }

    @Override
    public void write(int i, float[] point, float[] factor) {
      if (settings.baseline() == Baseline.RANDOM && i > 0) {
        start = settings.baseline().of(model, x, row, i);
      }
      double place = random.nextDouble();
      for (int k = 0; k < image.length; k++) {
        double way = image[k] + settings.noise() * random.nextGaussian() - start[k];
        factor[k] = (float) way;
        point[k] = (float) (start[k] + place * way);
      }
    }
  }
}
