package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns targets into weights over the values of a model's graph: the one place that does. */
final class Seeds {
  private Seeds() {}

  /**
   * The weights of each row's target.
   *
   * @throws InapplicableException if a model cannot have such a target
   */
  static List<Seed> of(Explainer explainer, Images x, List<Target> targets) {
    if (targets.size() != x.size()) {
      throw new IllegalArgumentException(targets.size() + " targets for " + x.size() + " rows");
    }
    List<Seed> seeds = new ArrayList<>();
    for (Target target : targets) {
      seeds.add(of(explainer.model(), target));
    }
    return seeds;
  }

  /** The weights of a target that does not depend on what the model makes of an image. */
  static Seed of(Model model, Target target) {
    if (target instanceof Target.OfClass one) {
      return scores(model, Map.of(one.index(), 1.0));
    }
    if (target instanceof Target.Difference two) {
      return two.index() == two.against()
          ? scores(model, Map.of(two.index(), 0.0))
          : scores(model, Map.of(two.index(), 1.0, two.against(), -1.0));
    }
    if (target instanceof Target.Weighted several) {
      return scores(model, several.weights());
    }
    throw new InapplicableException("There is no such target yet: " + target + ".");
  }

  private static Seed scores(Model model, Map<Integer, Double> weights) {
    int count = model.scores().targets();
    float[] row = new float[count];
    weights.forEach(
        (index, weight) -> {
          if (index < 0 || index >= count) {
            throw new InapplicableException(
                model.title()
                    + " has no class "
                    + index
                    + "; it has "
                    + count
                    + ", counted from 0.");
          }
          row[index] = weight.floatValue();
        });
    return new Seed(model.scores().scores(), Tensor.of(row, 1, count));
  }

  /** The end of the seeds from one on that weigh the same value. */
  static int alike(List<Seed> seeds, int from) {
    int to = from + 1;
    while (to < seeds.size() && seeds.get(to).value().equals(seeds.get(from).value())) {
      to++;
    }
    return to;
  }
}
