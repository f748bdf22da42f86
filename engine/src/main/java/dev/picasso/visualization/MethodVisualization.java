package dev.picasso.visualization;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Scale;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribution method as a person picks it: explains the most probable classes of each image.
 * What can be set is what the method has, and how its maps are shown.
 */
record MethodVisualization(Attribution method)
    implements Visualization<MethodVisualization.Settings> {

  /**
   * What can be set.
   *
   * @param method the method itself, a record whose components are its settings
   * @param shown a {@link OfPixels} or {@link OfPlaces}
   */
  public record Settings(Record method, Record shown) {
    Attribution attribution() {
      return (Attribution) (Object) method;
    }

    Shown display() {
      return (Shown) (Object) shown;
    }
  }

  /** How maps are drawn. */
  sealed interface Shown {
    double transparency();

    Scaling scaling();

    ChannelReduction channels();
  }

  /** How maps with a number for each channel of a pixel are drawn. */
  public record OfPixels(
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency,
      @Label(value = "Channels", help = "How the colours of a pixel become one number.")
          ChannelReduction channels,
      @Label(
              value = "Scale",
              help = "One scale for all classes of an image, or for each class its own.")
          Scaling scaling)
      implements Shown {}

  /** How maps with one number a place are drawn. */
  public record OfPlaces(
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency,
      @Label(
              value = "Scale",
              help = "One scale for all classes of an image, or for each class its own.")
          Scaling scaling)
      implements Shown {
    @Override
    public ChannelReduction channels() {
      return ChannelReduction.SUM;
    }
  }

  @Override
  public String id() {
    return method.id();
  }

  @Override
  public String title() {
    return method.title();
  }

  @Override
  public String description() {
    return method.description();
  }

  @Override
  public Family family() {
    return method.family();
  }

  @Override
  public Optional<Reference> reference() {
    return method.reference();
  }

  @Override
  public Settings defaults() {
    Record shown =
        method.frame() == Maps.Frame.INPUT
            ? new OfPixels(0, method.reduction(), Scaling.COMMON)
            : new OfPlaces(.5, Scaling.COMMON);
    return new Settings((Record) (Object) method, shown);
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    List<Target> targets = predictions.stream().map(p -> Target.ofClass(p.index())).toList();
    Images rows = Images.of(image.prepared().x(), context.preprocessor()).each(predictions.size());
    Maps maps = settings.attribution().explain(context.explainer(), rows, targets, steps::done);
    InputSpec input = context.explainer().imageInput();
    Shown shown = settings.display();
    List<HeatMap> heat = maps.heatMaps(input, shown.channels());
    settings.attribution().doubts(context.explainer()).forEach(context::warn);
    MapDoubts.tell(context, predictions, maps, heat);
    boolean signed = maps.signed() && shown.channels() == ChannelReduction.SUM;
    Scale common = scale(heat, signed);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < heat.size(); i++) {
      Prediction p = predictions.get(i);
      Scale scale = shown.scaling() == Scaling.OWN ? scale(List.of(heat.get(i)), signed) : common;
      String meaning = maps.meaning() + (maps.signed() && !signed ? ", without its sign" : "");
      panels.add(
          new Panel(p.label(), p.probability(), heat.get(i), scale, meaning, shown.transparency()));
    }
    return ImageResult.of(image.name(), predictions, panels);
  }

  private static Scale scale(List<HeatMap> maps, boolean signed) {
    return signed ? Panel.aroundZero(maps) : Panel.fromZero(maps);
  }
}
