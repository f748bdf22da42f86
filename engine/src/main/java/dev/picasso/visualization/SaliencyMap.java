package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Saliency;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Scale;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Saliency maps of the most probable classes. Simonyan et al. 2013, arXiv 1312.6034. */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class SaliencyMap implements Visualization<SaliencyMap.Settings> {
  private static final int NAMED = 5;

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency,
      @Label(
              value = "Gradient",
              help = "Guided backpropagation follows positive evidence only and looks sharper.")
          Gradients gradient,
      @Label(value = "Channels", help = "How the colours of a pixel become one number.")
          ChannelReduction channels,
      @Label(
              value = "Scale",
              help = "One scale for all classes of an image, or for each class its own.")
          Scaling scaling) {}

  /** Which maps share a scale of colours. */
  public enum Scaling {
    /** All of one image, so that they can be compared. */
    COMMON,
    /** None: each runs from zero to its own largest value. */
    OWN
  }

  @Override
  public String id() {
    return "saliency";
  }

  @Override
  public String title() {
    return "Saliency map";
  }

  @Override
  public String description() {
    return "See which pixels would change a class's score the most if they changed a little.";
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Simonyan et al. 2013, Deep Inside Convolutional Networks",
            "https://arxiv.org/abs/1312.6034"));
  }

  @Override
  public Settings defaults() {
    return new Settings(0, Gradients.PLAIN, ChannelReduction.MAX_OF_ABSOLUTE, Scaling.COMMON);
  }

  @Override
  public Results run(Context context, Settings settings) {
    Saliency saliency = new Saliency(settings.gradient(), settings.channels());
    return context.eachImage((image, steps) -> explain(context, settings, saliency, image, steps));
  }

  private static ImageResult explain(
      Context context,
      Settings settings,
      Saliency saliency,
      ImageInput image,
      Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    List<Integer> targets = predictions.stream().map(Prediction::index).toList();
    List<HeatMap> maps =
        saliency.explain(
            context.explainer(),
            image.prepared().x(),
            targets,
            n -> steps.done((double) n / targets.size()));
    warn(context, settings, predictions, maps);
    Scale common = scale(maps, settings);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      HeatMap map = maps.get(i);
      Scale scale = settings.scaling() == Scaling.OWN ? scale(List.of(map), settings) : common;
      panels.add(panel(predictions.get(i), map, scale, settings));
    }
    return ImageResult.of(image.name(), predictions, panels);
  }

  /** What the maps do not show, although they look as if they did. */
  private static void warn(
      Context context, Settings settings, List<Prediction> predictions, List<HeatMap> maps) {
    List<String> flat = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      float[] values = maps.get(i).values();
      if (all(values, v -> v == 0)) {
        flat.add(predictions.get(i).label());
      } else if (!all(values, Float::isFinite)) {
        broken.add(predictions.get(i).label());
      }
    }
    if (!flat.isEmpty()) {
      context.warn(
          "The gradient is zero everywhere ("
              + named(flat)
              + "): no small change of a pixel changes the score, as behind rectifiers that are"
              + " never on. Partial occlusion may show more.");
    }
    if (!broken.isEmpty()) {
      context.warn(
          "The gradient is no number (NaN or infinity) at some pixels or at all ("
              + named(broken)
              + "); nothing is drawn there.");
    }
    if (settings.gradient() == Gradients.GUIDED && !context.explainer().hasRectifiers()) {
      context.warn(
          "The model has no rectifiers (ReLU), which guided backpropagation is about: the maps are"
              + " those of the plain gradient.");
    }
  }

  private static boolean all(float[] values, Predicate<Float> holds) {
    for (float value : values) {
      if (!holds.test(value)) {
        return false;
      }
    }
    return true;
  }

  /** The first few. */
  private static String named(List<String> labels) {
    return labels.size() <= NAMED
        ? String.join(", ", labels)
        : String.join(", ", labels.subList(0, NAMED)) + " and " + (labels.size() - NAMED) + " more";
  }

  private static Scale scale(List<HeatMap> maps, Settings settings) {
    return isSigned(settings) ? Panel.aroundZero(maps) : Panel.fromZero(maps);
  }

  private static boolean isSigned(Settings settings) {
    return settings.channels() == ChannelReduction.SUM;
  }

  private static Panel panel(Prediction prediction, HeatMap map, Scale scale, Settings settings) {
    return new Panel(
        prediction.label(),
        prediction.probability(),
        map,
        scale,
        isSigned(settings)
            ? "change of the score for a small change of the pixel"
            : "change of the score for a small change of the pixel, without its sign",
        settings.transparency());
  }
}
