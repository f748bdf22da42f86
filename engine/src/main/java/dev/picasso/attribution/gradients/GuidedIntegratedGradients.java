package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Floats;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.List;
import java.util.Optional;

/**
 * Integrated gradients on a way that is chosen while it is gone: each step moves the numbers with
 * the smallest gradient, which keeps out of steep places that have nothing to do with the image. No
 * number is further than 0.02 of the way from where the straight way would have it. In the shape of
 * x, with its sign; a map sums to S(x) − S(x′), but for what the steps miss. Kapishnikov et al.
 * 2021, arXiv 2106.09788, with the steps of the authors' code.
 */
@AutoService(Attribution.class)
public record GuidedIntegratedGradients(
    @Label(value = "Steps", help = "More are nearer to the integral; the time grows with them.")
        @Range(min = 1, max = 10_000)
        @Suggested({"50", "200"})
        int steps,
    @Label(value = "Fraction", help = "The share of the numbers that one move may change.")
        @Range(min = .001, max = 1)
        @Suggested({"0.1", "0.25", "0.5"})
        double fraction,
    @Label(value = "Baseline", help = "The image in which nothing is seen, where the way begins.")
        Baseline baseline)
    implements Attribution {

  public GuidedIntegratedGradients() {
    this(200, .25, Baseline.ZERO);
  }

  @Override
  public String id() {
    return "guided-ig";
  }

  @Override
  public String title() {
    return "Guided integrated gradients";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score, on a way from an empty image that keeps"
        + " clear of noise.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Kapishnikov et al. 2021, Guided Integrated Gradients",
            "https://arxiv.org/abs/2106.09788"));
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
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    float[] rises = new float[x.size()];
    int draws = baseline.count();
    for (int row = 0; row < x.size(); row++) {
      Tensor image = x.row(row);
      double[] map = new double[maps.each()];
      for (int draw = 0; draw < draws; draw++) {
        float[] start = baseline.of(model, x, row, draw);
        Progress share = part(progress, row * draws + draw, x.size() * draws);
        double[] along = along(questions, row, image, start, share);
        for (int k = 0; k < map.length; k++) {
          map[k] += along[k] / draws;
        }
        Tensor both = Batches.joined(List.of(Tensor.of(start, image.shape().dims()), image));
        float[] scores = questions.numbers(List.of(row), both, Quantity.LOGITS)[0];
        rises[row] += (scores[1] - scores[0]) / draws;
      }
      maps.put(row, map);
    }
    return Maps.signed(maps.tensor(), frame(), "part of the score that comes from the pixel")
        .summingTo(Tensor.of(rises, rises.length));
  }

  private static Progress part(Progress progress, int i, int of) {
    return progress.part((double) i / of, (i + 1.) / of);
  }

  private double[] along(
      Questions questions, int row, Tensor image, float[] start, Progress progress) {
    GuidedPath path = new GuidedPath(image.floats(), start, fraction);
    for (int step = 0; step < steps; step++) {
      Tensor here = Tensor.of(path.place(), image.shape().dims());
      path.step(questions.gradients(row, here).floats(), step, steps);
      progress.done((step + 1.) / steps);
    }
    return path.gathered();
  }
}
