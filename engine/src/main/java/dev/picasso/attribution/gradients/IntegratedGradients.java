package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.nio.FloatBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * (x − x′) ⊙ ∫ ∂S/∂x (x′ + α(x − x′)) dα over α from 0 to 1, in the shape of x, with its sign. The
 * numbers of a map sum to S(x) − S(x′), but for what the steps miss. Sundararajan et al. 2017,
 * arXiv 1703.01365.
 */
@AutoService(Attribution.class)
public record IntegratedGradients(
    @Label(value = "Steps", help = "More are nearer to the integral; the time grows with them.")
        @Range(min = 1, max = 10_000)
        @Suggested({"20", "50", "200"})
        int steps,
    @Label(value = "Rule", help = "How the steps are placed on the way, and what each counts.")
        Quadrature rule,
    @Label(value = "Baseline", help = "The image in which nothing is seen, where the way begins.")
        Baseline baseline)
    implements Attribution {

  public IntegratedGradients() {
    this(50, Quadrature.TRAPEZOID, Baseline.ZERO);
  }

  @Override
  public String id() {
    return "integrated-gradients";
  }

  @Override
  public String title() {
    return "Integrated gradients";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score on the way from an empty image to this one;"
        + " the pixels' numbers sum to what the score rises by.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Sundararajan et al. 2017, Axiomatic Attribution for Deep Networks",
            "https://arxiv.org/abs/1703.01365"));
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
  public Optional<Graph> graph(Explainer model, Images like, Target target) {
    return Optional.of(
        WholePath.of(model.model(), target, rule.of(steps), baseline.fixed(model, like)));
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Questions questions = Questions.of(model, x, targets);
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    float[] rises = new float[x.size()];
    EachImage.of(
        x,
        progress,
        (image, rows, share) -> {
          Tensor end = x.row(rows.get(0));
          double[][] sums = new double[rows.size()][maps.each()];
          int draws = baseline.count();
          for (int draw = 0; draw < draws; draw++) {
            Line line =
                new Line(end.floats(), baseline.of(model, x, rows.get(0), draw), rule.of(steps));
            GradientSums along =
                new GradientSums(
                    model, questions, end, rows, line, false, EnumSet.of(Moment.FIRST));
            along.all(share.part((double) draw / draws, (draw + 1.) / draws));
            for (int i = 0; i < sums.length; i++) {
              int row = rows.get(i);
              line.add(along.of(row, Moment.FIRST), 1. / draws, sums[i]);
              rises[row] += (float) (line.rise(along.scores(row)) / draws);
            }
          }
          for (int i = 0; i < sums.length; i++) {
            maps.put(rows.get(i), sums[i]);
          }
        });
    return Maps.signed(maps.tensor(), frame(), "part of the score that comes from the pixel")
        .summingTo(Tensor.of(rises, rises.length));
  }

  /**
   * Points on the straight way, those of the rule and then both ends, which only tell their scores.
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Line(float[] image, float[] baseline, Quadrature.Rule rule) implements Points {
    @Override
    public int count() {
      return rule.points().length + 2;
    }

    private double place(int i) {
      int inner = rule.points().length;
      return i < inner ? rule.points()[i] : i - inner;
    }

    @Override
    public double weight(int i) {
      return i < rule.points().length ? rule.weights()[i] : 0;
    }

    @Override
    public void write(int i, FloatBuffer point, FloatBuffer factor) {
      double place = place(i);
      for (int k = 0; k < image.length; k++) {
        point.put(k, (float) (baseline[k] + place * (image[k] - baseline[k])));
      }
    }

    /** Adds a share of the integral of these gradients. */
    void add(double[] gradients, double share, double[] to) {
      for (int k = 0; k < to.length; k++) {
        to[k] += share * gradients[k] * ((double) image[k] - baseline[k]);
      }
    }

    double rise(float[] scores) {
      return (double) scores[scores.length - 1] - scores[scores.length - 2];
    }
  }
}
