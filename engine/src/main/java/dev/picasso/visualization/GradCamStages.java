package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.cam.GradCam;
import dev.picasso.attribution.cam.HiResCam;
import dev.picasso.attribution.cam.LayerCam;
import dev.picasso.image.HeatMap;
import dev.picasso.image.RankCorrelation;
import dev.picasso.image.draw.Display;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.Range;
import dev.picasso.settings.RegionChoice;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Class activation maps of the most probable class at all stages of a network side by side, with a
 * warning where stages disagree: a rank correlation below 0.3 with the last one.
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class GradCamStages implements Visualization<GradCamStages.Settings> {
  private static final double DISAGREE = .3;

  /** How the channels of a stage are weighted. */
  public enum Method {
    GRAD_CAM,
    LAYER_CAM,
    HIRES_CAM;

    private Attribution at(Layer layer) {
      LayerChoice choice = LayerChoice.of(layer.name());
      return switch (this) {
        case GRAD_CAM -> new GradCam(choice, true);
        case LAYER_CAM -> new LayerCam(choice);
        case HIRES_CAM -> new HiResCam(choice);
      };
    }
  }

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Method",
              help = "How channels are weighted; LayerCAM is meant for early ones.")
          Method method,
      RegionChoice region,
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency) {}

  @Override
  public String id() {
    return "grad-cam-stages";
  }

  @Override
  public String title() {
    return "Grad-CAM, stage by stage";
  }

  @Override
  public String description() {
    return "See at which depth of the network which regions speak for the most probable class, and"
        + " whether the stages agree.";
  }

  @Override
  public Family family() {
    return Family.ACTIVATION_MAP;
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Jiang et al. 2021, LayerCAM", "https://doi.org/10.1109/TIP.2021.3089943"));
  }

  @Override
  public Settings defaults() {
    return new Settings(Method.LAYER_CAM, RegionChoice.automatic(), .5);
  }

  @Override
  public void require(Model model, Settings settings) {
    AskedClasses.require(model, settings.region());
    List<Layer> stages = model.layers().stages();
    if (stages.isEmpty()) {
      throw new InapplicableException(
          model.title()
              + " has no layer with several positions that its scores depend on, so that there are"
              + " no stages.");
    }
    Target like = AskedClasses.like(model, settings.region());
    settings.method().at(stages.get(0)).require(model, like);
  }

  @Override
  public void require(Model model, Settings settings, Classes classes) {
    if (classes.isPair()) {
      require(model, settings);
      classes.require(model);
      Target pair = AskedClasses.like(model, settings.region(), classes);
      settings.method().at(model.layers().stages().get(0)).require(model, pair);
    }
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Layer> stages = context.explainer().model().layers().stages();
    AskedClasses asked = AskedClasses.of(context, image, settings.region());
    AskedClasses.One first = asked.asked().get(0);
    Images x = Images.of(image.prepared().x(), context.preprocessor());
    Display display = Display.overlay(settings.transparency());
    Progress progress = steps::done;
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Maps maps =
          settings
              .method()
              .at(stages.get(i))
              .explain(
                  context.explainer(),
                  x,
                  asked.targets().subList(0, 1),
                  progress.part((double) i / stages.size(), (i + 1.) / stages.size()));
      HeatMap map = maps.heatMaps(context.explainer().imageInput(), ChannelReduction.SUM).get(0);
      panels.add(
          new Panel(
                  stages.get(i).name() + ", " + stages.get(i).grid().words(),
                  first.number(),
                  map,
                  display.scale(List.of(map), false),
                  asked.meaning(maps.meaning() + ", for " + first.label()) + first.score(),
                  display)
              .numbering(first.numberOf()));
    }
    doubts(context, first.label(), panels);
    return ImageResult.of(image.name(), asked.classes(), panels);
  }

  private static void doubts(Context context, String first, List<Panel> panels) {
    Panel last = panels.get(panels.size() - 1);
    List<String> apart = new ArrayList<>();
    for (Panel panel : panels.subList(0, panels.size() - 1)) {
      double agreement = RankCorrelation.of(panel.map(), last.map());
      if (agreement < DISAGREE) {
        apart.add(String.format(Locale.ROOT, "%s (%.2f)", panel.label(), agreement));
      }
    }
    if (!apart.isEmpty()) {
      context.warn(
          "Stages disagree about where "
              + first
              + " is seen: "
              + String.join("; ", apart)
              + (apart.size() == 1 ? " has" : " have")
              + " a rank correlation below 0.3 with the last, "
              + last.label()
              + ". Early stages see edges and textures; believe the late ones more.");
    }
  }
}
