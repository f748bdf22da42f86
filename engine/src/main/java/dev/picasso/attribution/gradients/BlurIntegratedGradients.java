package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Floats;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Border;
import dev.picasso.image.GaussianBlur;
import dev.picasso.image.Layout;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Integrated gradients on the way from the image blurred to the image: −∫ ∂S/∂x (x_σ) ⊙ ∂x_σ/∂σ dσ
 * over σ from 0 to the largest, x_σ being x as fed and blurred by a Gaussian, zeros beyond the
 * edges; in the shape of x, with its sign. Sums as the authors' code takes them: at the sharper end
 * of each step, with ∂x_σ/∂σ from a second blur that is wider by 0.01. For ever smaller steps the
 * numbers of a map would sum to S(x) − S(blurred). Xu et al. 2020, arXiv 2004.03383.
 */
@AutoService(Attribution.class)
public record BlurIntegratedGradients(
    @Label(value = "Steps", help = "More are nearer to the integral; the time grows with them.")
        @Range(min = 1, max = 10_000)
        @Suggested({"50", "100", "200"})
        int steps,
    @Label(value = "Widest blur", help = "Standard deviation in pixels, where the way begins.")
        @Range(min = .1, max = 1000)
        @Suggested({"20", "50"})
        double sigma)
    implements Attribution {
  private static final double STEP = .01;

  public BlurIntegratedGradients() {
    this(100, 50);
  }

  @Override
  public String id() {
    return "blur-ig";
  }

  @Override
  public String title() {
    return "Blur integrated gradients";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score while the image comes into focus.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Xu et al. 2020, Attribution in Scale and Space", "https://arxiv.org/abs/2004.03383"));
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
    Questions questions = Questions.of(model, x, targets);
    InputSpec input = Baseline.spatial(model);
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    float[] rises = new float[x.size()];
    EachImage.of(
        x,
        progress,
        (image, rows, share) -> {
          Tensor sharp = x.row(rows.get(0));
          Points blurs = new Blurs(sharp.floats(), input, steps, sigma);
          GradientSums sums =
              new GradientSums(
                  model, questions, sharp, rows, blurs, true, EnumSet.of(Moment.FIRST));
          sums.all(share);
          for (int row : rows) {
            maps.put(row, sums.of(row, Moment.FIRST));
            float[] scores = sums.scores(row);
            rises[row] = scores[0] - scores[steps];
          }
        });
    return Maps.signed(maps.tensor(), frame(), "part of the score that comes from the pixel")
        .summingTo(Tensor.of(rises, rises.length));
  }

  /** The image ever more blurred; the last one only tells its score. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Blurs(float[] image, InputSpec input, int steps, double sigma) implements Points {
    @Override
    public int count() {
      return steps + 1;
    }

    @Override
    public double weight(int i) {
      return i < steps ? -sigma / steps : 0;
    }

    @Override
    public void write(int i, float[] point, float[] factor) {
      double width = i * sigma / steps;
      GaussianBlur blur = new GaussianBlur(width, Border.ZERO);
      GaussianBlur wider = new GaussianBlur(width + STEP, Border.ZERO);
      int channels = input.channels();
      boolean first = input.layout() == Layout.NCHW;
      int pixels = input.height() * input.width();
      double[] plane = new double[pixels];
      double[] other = new double[pixels];
      for (int c = 0; c < channels; c++) {
        int start = first ? c * pixels : c;
        int stride = first ? 1 : channels;
        for (int k = 0; k < pixels; k++) {
          plane[k] = image[start + k * stride];
          other[k] = plane[k];
        }
        blur.blur(plane, input.height(), input.width());
        wider.blur(other, input.height(), input.width());
        for (int k = 0; k < pixels; k++) {
          point[start + k * stride] = (float) plane[k];
          factor[start + k * stride] = (float) ((other[k] - plane[k]) / STEP);
        }
      }
    }
  }
}
