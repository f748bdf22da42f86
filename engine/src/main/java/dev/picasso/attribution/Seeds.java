package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.ClassMap;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
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
    Map<Integer, ClassMap> predicted = new HashMap<>();
    List<Seed> seeds = new ArrayList<>();
    for (int row = 0; row < x.size(); row++) {
      Target target = targets.get(row);
      if (isWherePredicted(target)) {
        Tensor image = x.row(row);
        ClassMap classes =
            predicted.computeIfAbsent(x.image(row), i -> PredictedClasses.of(explainer, image));
        seeds.add(wherePredicted(explainer.model(), target, classes));
      } else {
        seeds.add(of(explainer.model(), target));
      }
    }
    return seeds;
  }

  private static boolean isWherePredicted(Target target) {
    return (target instanceof Target.Region one && one.area() instanceof Target.Area.Predicted)
        || (target instanceof Target.RegionDifference two
            && two.area() instanceof Target.Area.Predicted);
  }

  private static Seed wherePredicted(Model model, Target target, ClassMap classes) {
    if (target instanceof Target.RegionDifference two) {
      Seed one = Regions.seed(model, two.index(), classes);
      return Regions.lead(model, one, two.index(), two.against());
    }
    if (target instanceof Target.Region one) {
      return Regions.seed(model, one.index(), classes);
    }
    throw new IllegalArgumentException("the area does not depend on the image");
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
    if (target instanceof Target.Channel channel) {
      return LayerSeeds.channel(model, channel);
    }
    if (target instanceof Target.Neuron neuron) {
      return LayerSeeds.neuron(model, neuron);
    }
    if (isWherePredicted(target)) {
      throw new InapplicableException(
          "Where a class is predicted follows from the image; choose a box or a point for what is"
              + " to hold for all images.");
    }
    if (target instanceof Target.Region region) {
      return Regions.seed(model, region);
    }
    if (target instanceof Target.RegionDifference two) {
      Seed one = Regions.seed(model, new Target.Region(two.index(), two.area()));
      return Regions.lead(model, one, two.index(), two.against());
    }
    throw new IllegalArgumentException("there are no other kinds of targets");
  }

  private static Seed scores(Model model, Map<Integer, Double> weights) {
    int count = model.scores().targets();
    float[] row = new float[count];
    weights.forEach((index, weight) -> row[known(model, index)] = weight.floatValue());
    return new Seed(model.scores().scores(), Tensor.of(row, 1, count));
  }

  /**
   * A class that the model has.
   *
   * @throws InapplicableException if it has not
   */
  static int known(Model model, int index) {
    int count = model.scores().targets();
    if (index < 0 || index >= count) {
      throw new InapplicableException(
          "%s has no class %d; it has %d, counted from 0.".formatted(model.title(), index, count));
    }
    return index;
  }
}
