package dev.picasso.docs.methods;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.examples.Examples;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image and a class that methods are asked about.
 *
 * @param model that takes it
 * @param image as it takes it
 * @param target the class, by default the most probable
 */
record Trial(ReadyModel model, ImageInput image, int target) {
  static Trial of(ReadyModel model, Path image) {
    ImageInput input = Examples.image(model, image);
    int top = model.explainer().predict(input.prepared().x()).top(0, 1).get(0);
    return new Trial(model, input, top);
  }

  /** The name of the image's file. */
  String name() {
    return Examples.name(Path.of(image.name()));
  }

  String label() {
    return model.model().label(target);
  }

  /** What a method finds; empty where this model cannot have it. */
  Optional<Maps> maps(Attribution method) {
    Images one = Images.of(image.prepared().x(), model.input().preprocessor());
    try {
      return Optional.of(
          method.explain(model.explainer(), one, List.of(Target.ofClass(target)), Progress.NONE));
    } catch (InapplicableException e) {
      return Optional.empty();
    }
  }

  /** The map as it is drawn, in the pixels of the model's input. */
  Optional<HeatMap> map(Attribution method) {
    return maps(method).map(found -> fine(method, found));
  }

  /**
   * The same for measuring where a map lies: one that is positive everywhere, as of probabilities,
   * is counted from its lowest number, since what it says is where it is higher than elsewhere.
   */
  Optional<HeatMap> evidence(Attribution method) {
    return map(method).map(Trial::fromLowest);
  }

  /** The squares of a map's numbers, summed over channels: Arras et al. 2022's l2-norm-sq. */
  Optional<HeatMap> squares(Attribution method) {
    return maps(method)
        .map(
            found -> {
              float[] numbers = found.values().floats();
              float lowest = Float.POSITIVE_INFINITY;
              for (float number : numbers) {
                lowest = Math.min(lowest, number);
              }
              float base = Math.max(0, lowest);
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (numbers[i] - base) * (numbers[i] - base);
              }
              Maps squared =
                  Maps.unsigned(
                      Tensor.of(numbers, found.values().shape().dims()),
                      found.frame(),
                      found.meaning());
              Maps placed = found.layer().map(squared::at).orElse(squared);
              var input = model.explainer().imageInput();
              return placed
                  .heatMaps(input, ChannelReduction.SUM)
                  .get(0)
                  .resized(input.width(), input.height(), Interpolation.SMOOTH);
            });
  }

  private static HeatMap fromLowest(HeatMap map) {
    float[] values = map.values();
    float lowest = Float.POSITIVE_INFINITY;
    for (float value : values) {
      lowest = Math.min(lowest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= Math.max(0, lowest);
    }
    return HeatMap.of(map.width(), map.height(), values);
  }

  /** One number a pixel of the model's input. */
  HeatMap fine(Attribution method, Maps found) {
    var input = model.explainer().imageInput();
    HeatMap map = found.heatMaps(input, method.reduction()).get(0);
    return map.width() == input.width()
        ? map
        : map.resized(input.width(), input.height(), Interpolation.SMOOTH);
  }
}
