package com.example.picasso;

import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Reference;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Display;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gradient times input, x ⊙ ∂S_c/∂x, summed over channels. Shrikumar et al. 2016. */
public final class GradientTimesInput implements Visualization<GradientTimesInput.Settings> {
  /** Which pixels are shown. */
  public enum Shown {
    BOTH,
    FOR,
    AGAINST
  }

  /** What can be set: the form, the REST schema and the options come from this record. */
  public record Settings(
      @Label(value = "Transparency", help = "How much of the picture shows through the map.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency,
      @Label(value = "Evidence", help = "Pixels that speak for the class, against it, or both.")
          Shown shown) {}

  @Override
  public String id() {
    return "gradient-times-input";
  }

  @Override
  public String title() {
    return "Gradient × input";
  }

  @Override
  public String description() {
    return "See which pixels speak for a class, and which against it.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Shrikumar et al. 2016, Not Just a Black Box", "https://arxiv.org/abs/1605.01713"));
  }

  @Override
  public Optional<String> template() {
    return Optional.of("gradient-times-input.peb");
  }

  @Override
  public Settings defaults() {
    return new Settings(0.25, Shown.BOTH);
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    List<HeatMap> maps = new ArrayList<>();
    for (Prediction p : predictions) {
      maps.add(map(context.explainer(), image.prepared().x(), p.index(), settings.shown()));
      steps.done((double) maps.size() / predictions.size());
    }
    Display display = Display.overlay(settings.transparency());
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      Prediction p = predictions.get(i);
      panels.add(
          new Panel(
              p.label(),
              p.probability(),
              maps.get(i),
              display.scale(maps, true),
              "how much the pixel speaks for the class (below zero: against it)",
              display));
    }
    return ImageResult.of(image.name(), predictions, panels);
  }

  /** x ⊙ ∂S_c/∂x of one image; x in the numbers that the model sees. */
  private static HeatMap map(Explainer explainer, Tensor x, int target, Shown shown) {
    Tensor gradient = explainer.gradient(x, List.of(target), Quantity.LOGITS, Gradients.PLAIN);
    float[] product = gradient.floats();
    float[] input = x.floats();
    for (int i = 0; i < product.length; i++) {
      product[i] *= input[i];
    }
    Tensor times = Tensor.of(product, gradient.shape().dims());
    HeatMap sum = ChannelReduction.SUM.maps(times, explainer.imageInput()).get(0);
    float[] values = sum.values();
    for (int i = 0; i < values.length; i++) {
      boolean hidden = shown == Shown.FOR ? values[i] < 0 : shown == Shown.AGAINST && values[i] > 0;
      values[i] = hidden ? 0 : values[i];
    }
    return HeatMap.of(sum.width(), sum.height(), values);
  }
}
