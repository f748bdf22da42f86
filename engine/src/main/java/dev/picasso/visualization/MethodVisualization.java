package dev.picasso.visualization;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Scale;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.settings.RegionChoice;
import dev.picasso.visualization.DisplaySettings.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
   * @param region of a map of classes, where each class is explained
   * @param shown {@link DisplaySettings}
   */
  public record Settings(Record method, RegionChoice region, Record shown) {
    Attribution attribution() {
      return (Attribution) (Object) method;
    }

    DisplaySettings display() {
      return (DisplaySettings) (Object) shown;
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
    Scaling scaling = method.countsFromZero() ? Scaling.COMMON : Scaling.OWN;
    Record shown =
        method.frame() == Maps.Frame.INPUT
            ? new DisplaySettings.OfPixels(
                method.reduction(), scaling, Look.of(Blending.OVERLAY, 0))
            : new DisplaySettings.OfPlaces(scaling, Look.of(Blending.STRENGTH, .2));
    return new Settings((Record) (Object) method, RegionChoice.automatic(), shown);
  }

  @Override
  public void require(Model model, Settings settings) {
    AskedClasses.require(model, settings.region());
    settings.attribution().require(model, AskedClasses.like(model, settings.region()));
  }

  /** A pair needs a method that asks what the model says of it. */
  @Override
  public void require(Model model, Settings settings, Classes classes) {
    if (classes.isPair()) {
      classes.require(model);
      Target pair = AskedClasses.like(model, settings.region(), classes);
      settings.attribution().require(model, pair);
    }
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  /** The maps of one image. */
  static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    AskedClasses asked = AskedClasses.of(context, image, settings.region());
    List<Target> targets = asked.targets();
    Images rows = Images.of(image.prepared().x(), context.preprocessor()).each(targets.size());
    Maps maps =
        context
            .computed()
            .get(
                settings.attribution(),
                targets,
                image.prepared().x(),
                () ->
                    settings
                        .attribution()
                        .explain(context.explainer(), rows, targets, steps::done));
    InputSpec input = context.explainer().imageInput();
    DisplaySettings shown = settings.display();
    Display display = shown.look().display();
    List<HeatMap> heat = maps.heatMaps(input, shown.channels());
    settings.attribution().doubts(context.explainer()).forEach(context::warn);
    MapDoubts.tell(context, settings.attribution(), asked.labels(), maps, heat);
    boolean signed = maps.signed() && shown.channels() == ChannelReduction.SUM;
    Attribution method = settings.attribution();
    Function<List<HeatMap>, Scale> scales =
        method.countsFromZero()
            ? together -> MapDoubts.seen(context, method, display.scale(together, signed))
            : display::spanning;
    Scale common = scales.apply(heat);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < heat.size(); i++) {
      AskedClasses.One one = asked.asked().get(i);
      Scale scale = shown.scaling() == Scaling.OWN ? scales.apply(List.of(heat.get(i))) : common;
      String meaning =
          asked.meaning(maps.meaning())
              + (maps.signed() && !signed ? ", without its sign" : "")
              + maps.layer().map(layer -> ", layer " + layer.name()).orElse("")
              + one.score()
              + (maps.notes().isEmpty() ? "" : "; " + maps.notes().get(i))
              + maps.relativeErrors().map(MapDoubts.certainty(i)).orElse("");
      panels.add(
          new Panel(one.label(), one.number(), heat.get(i), scale, meaning, display)
              .numbering(one.numberOf()));
    }
    return ImageResult.of(image.name(), asked.classes(), panels);
  }
}
