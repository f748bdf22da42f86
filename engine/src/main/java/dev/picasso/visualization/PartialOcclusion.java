package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.HiddenWindows;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import dev.picasso.image.Window;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Scale;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Partial occlusion of the most probable classes. Zeiler and Fergus 2013, arXiv 1311.2901. */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class PartialOcclusion implements Visualization<PartialOcclusion.Settings> {
  /** What covers a window. */
  public enum Fill {
    GREY(128),
    BLACK(0),
    WHITE(255);

    private final float level;

    Fill(float level) {
      this.level = level;
    }
  }

  /** What a map shows. */
  public enum Shows {
    /** The probability with the window hidden: bright where the class stays likely. */
    PROBABILITY,
    /** How far it drops: bright where the class needs what is hidden. */
    DROP
  }

  /** What can be set. */
  public record Settings(
      @Label(value = "Window", help = "Side of the hidden window, as a share of the picture's.")
          @Range(min = .01, max = .9)
          @Suggested({"0.5", "0.4", "0.3", "0.2", "0.1", "0.05"})
          double window,
      @Label(value = "Windows a side", help = "More windows make a finer map and take longer.")
          @Range(min = 2, max = 60)
          @Suggested({"2", "5", "10", "20", "30"})
          int perSide,
      @Label(value = "Fill", help = "What hides the window.") Fill fill,
      @Label(value = "Shows", help = "The probability with the window hidden, or how far it drops.")
          Shows shows) {}

  @Override
  public String id() {
    return "partial-occlusion";
  }

  @Override
  public String title() {
    return "Partial occlusion";
  }

  @Override
  public String description() {
    return "Hide parts of the picture and see when the class goes away.";
  }

  @Override
  public Family family() {
    return Family.PERTURBATION;
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zeiler and Fergus 2013, Visualizing and Understanding Convolutional Networks",
            "https://arxiv.org/abs/1311.2901"));
  }

  @Override
  public Settings defaults() {
    return new Settings(.2, 10, Fill.GREY, Shows.DROP);
  }

  @Override
  public Results run(Context context, Settings settings) {
    HiddenWindows occlusion =
        new HiddenWindows(settings.window(), settings.perSide(), settings.fill().level);
    return context.eachImage((image, steps) -> explain(context, settings, occlusion, image, steps));
  }

  private static ImageResult explain(
      Context context,
      Settings settings,
      HiddenWindows occlusion,
      ImageInput image,
      Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    Picture pixels = image.prepared().pixels();
    double windows = settings.perSide() * (double) settings.perSide();
    HiddenWindows.Measured measured =
        occlusion.explain(
            context.explainer(), context.preprocessor(), pixels, n -> steps.done(n / windows));
    List<HeatMap> maps = new ArrayList<>();
    for (Prediction p : predictions) {
      maps.add(map(p, measured.map(p.index()), settings));
      steps.done(1);
    }
    Display display = Display.overlay(0);
    boolean probabilities = context.explainer().model().scores().areProbabilities();
    String noun = probabilities ? "probability" : "value";
    Scale scale =
        settings.shows() == Shows.DROP
            ? display.scale(maps, true)
            : probabilities ? new Scale(ColourMap.INFERNO, 0, 1) : display.spanning(maps);
    String meaning =
        (settings.shows() == Shows.DROP ? "drop of the " : "") + noun + " with this window hidden";
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      Prediction p = predictions.get(i);
      panels.add(new Panel(p.label(), p.probability(), maps.get(i), scale, meaning, display));
    }
    return ImageResult.of(image.name(), predictions, panels)
        .withExample(example(pixels, occlusion, settings));
  }

  private static HeatMap map(Prediction prediction, HeatMap hidden, Settings settings) {
    if (settings.shows() == Shows.PROBABILITY) {
      return hidden;
    }
    float[] drop = hidden.values();
    for (int i = 0; i < drop.length; i++) {
      drop[i] = (float) prediction.probability() - drop[i];
    }
    return HeatMap.of(hidden.width(), hidden.height(), drop);
  }

  /** The picture with the second window of the second row covered and every centre marked. */
  private static Picture example(Picture pixels, HiddenWindows occlusion, Settings settings) {
    List<Window> windows = occlusion.windows(pixels.width(), pixels.height());
    int mark = Math.max(1, pixels.width() / 128);
    List<Window> marks =
        windows.stream()
            .map(
                w ->
                    new Window(
                        w.left() + w.width() / 2 - mark / 2,
                        w.top() + w.height() / 2 - mark / 2,
                        mark,
                        mark))
            .toList();
    return pixels
        .covered(windows.get(settings.perSide() + 1), settings.fill().level)
        .covered(marks, 255);
  }
}
