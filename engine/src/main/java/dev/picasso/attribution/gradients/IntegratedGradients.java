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
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.settings.Field;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * (x − x′) ⊙ ∫ ∂S/∂x (x′ + α(x − x′)) dα over α from 0 to 1, in the shape of x, with its sign. The
 * numbers of a map sum to S(x) − S(x′), but for what the steps miss. Sundararajan et al. 2017,
 * arXiv 1703.01365.
 *
 * @param steps so many of the rule; where none are given 50, and if these miss the sum by more than
 *     {@link Shortfall} lets pass, as many as it takes ({@link StraightWay#byNeed})
 */
@AutoService(Attribution.class)
public record IntegratedGradients(
    @Label(
            value = "Steps",
            help =
                "More are nearer to the integral; the time grows with them. auto: 50, and more"
                    + " where these miss the sum by over half a percent.")
        @Range(min = 1, max = 10_000)
        @Suggested({Field.AUTOMATIC, "20", "50", "200"})
        OptionalInt steps,
    @Label(value = "Rule", help = "How the steps are placed on the way, and what each counts.")
        Quadrature rule,
    @Label(value = "Baseline", help = "The image in which nothing is seen, where the way begins.")
        Baseline baseline)
    implements Attribution {

  public IntegratedGradients() {
    this(OptionalInt.empty(), Quadrature.TRAPEZOID, Baseline.ZERO);
  }

  /** With so many steps, whether they are enough or not. */
  public IntegratedGradients(int steps, Quadrature rule, Baseline baseline) {
    this(OptionalInt.of(steps), rule, baseline);
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
        WholePath.of(
            model.model(),
            target,
            rule.of(steps.orElse(StraightWay.FIRST)),
            baseline.fixed(model, like)));
  }

  @Override
  public Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    Questions questions = Questions.of(model, x, targets);
    Floats maps = Floats.of(x.row(0).shape(), x.size());
    float[] rises = new float[x.size()];
    String[] notes = new String[x.size()];
    EachImage.of(
        x,
        progress,
        (image, rows, share) -> {
          Integrals integrals = new Integrals(rows.size(), maps.each());
          int draws = baseline.count();
          for (int draw = 0; draw < draws; draw++) {
            Progress part = share.part((double) draw / draws, (draw + 1.) / draws);
            float[] start = baseline.of(model, x, rows.get(0), draw);
            StraightWay way = StraightWay.of(model, questions, rows, x.row(rows.get(0)), start);
            integrals.add(
                steps.isPresent() ? way.by(rule, steps.getAsInt(), part) : way.byNeed(rule, part));
          }
          for (int i = 0; i < rows.size(); i++) {
            maps.put(rows.get(i), integrals.mean(i));
            rises[rows.get(i)] = (float) integrals.rise(i);
            notes[rows.get(i)] = integrals.note(i);
          }
        });
    Maps found =
        Maps.signed(maps.tensor(), frame(), "part of the score that comes from the pixel")
            .summingTo(Tensor.of(rises, rises.length));
    return steps.isPresent() ? found : found.noting(List.of(notes));
  }
}
