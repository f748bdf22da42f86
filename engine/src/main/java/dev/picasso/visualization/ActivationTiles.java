package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.layer.Activation;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.Region;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Scale;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The channels of a layer that are most active in a picture, whichever sign they have, each a tile
 * with its number. Yosinski et al. 2015, arXiv 1506.06579.
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class ActivationTiles implements Visualization<ActivationTiles.Settings> {
  /** What can be set. */
  public record Settings(
      @Label(value = "Layer", help = "Which layer is shown; auto is the last with positions.")
          LayerChoice layer,
      @Label(value = "Channels", help = "How many channels are shown, the strongest first.")
          @Range(min = 1, max = 256)
          @Suggested({"6", "12", "24", "48"})
          int channels,
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency) {}

  @Override
  public String id() {
    return new Activation().id();
  }

  @Override
  public String title() {
    return new Activation().title();
  }

  @Override
  public String description() {
    return new Activation().description();
  }

  @Override
  public Family family() {
    return Family.LAYER;
  }

  @Override
  public Optional<Reference> reference() {
    return new Activation().reference();
  }

  @Override
  public Settings defaults() {
    return new Settings(LayerChoice.automatic(), 12, .25);
  }

  @Override
  public void require(Model model, Settings settings) {
    Optional<Layer> unused = new Activation(settings.layer()).layer(model);
  }

  @Override
  public void require(Model model, Settings settings, Classes classes) {
    if (classes.isPair()) {
      Target pair = new Target.Difference(classes.ofPair(), classes.against());
      new Activation(settings.layer()).require(model, pair);
    }
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    Progress progress = steps::done;
    Maps maps =
        new Activation(settings.layer())
            .explain(
                context.explainer(),
                Images.of(image.prepared().x(), context.preprocessor()),
                List.of(Target.ofClass(0)),
                progress.part(0, .9));
    Tensor values = maps.values();
    InputSpec input = context.explainer().imageInput();
    Region covered = maps.layer().map(l -> l.covered(input)).orElse(Region.of(1, 1));
    List<? extends Part> parts =
        values.shape().rank() == 4
            ? tiles(values, covered, settings)
            : List.of(table(values, settings));
    return ImageResult.of(image.name(), predictions, parts);
  }

  private static List<Panel> tiles(Tensor values, Region covered, Settings settings) {
    int channels = Math.toIntExact(values.shape().dim(1));
    int height = Math.toIntExact(values.shape().dim(2));
    int width = Math.toIntExact(values.shape().dim(3));
    float[] all = values.floats();
    double[] means = new double[channels];
    double[] strengths = new double[channels];
    for (int i = 0; i < all.length; i++) {
      means[i / (height * width)] += (double) all[i] / (height * width);
      strengths[i / (height * width)] += Math.abs((double) all[i]) / (height * width);
    }
    List<Integer> shown = strongest(strengths, settings.channels());
    List<HeatMap> maps =
        shown.stream()
            .map(k -> Arrays.copyOfRange(all, k * height * width, (k + 1) * height * width))
            .map(channel -> HeatMap.of(width, height, channel).over(covered))
            .toList();
    boolean signed = maps.stream().anyMatch(ActivationTiles::hasNegative);
    Display display = Display.overlay(settings.transparency());
    Scale scale = display.scale(maps, signed);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      int k = shown.get(i);
      panels.add(
          new Panel(
              "channel " + k,
              means[k],
              maps.get(i),
              scale,
              "activation; the number is its mean over the positions",
              display));
    }
    return panels;
  }

  /** A layer without positions, as numbers. */
  private static Table table(Tensor values, Settings settings) {
    float[] all = values.floats();
    double[] numbers = new double[all.length];
    Arrays.setAll(numbers, i -> all[i]);
    List<List<String>> rows =
        strongest(Arrays.stream(numbers).map(Math::abs).toArray(), settings.channels()).stream()
            .map(k -> List.of("" + k, String.format(Locale.ROOT, "%.4g", numbers[k])))
            .toList();
    return new Table(
        "Strongest of " + all.length,
        List.of("unit", "activation"),
        rows,
        "the layer has no positions of the picture, so that its numbers are all there is");
  }

  private static boolean hasNegative(HeatMap map) {
    for (float value : map.values()) {
      if (value < 0) {
        return true;
      }
    }
    return false;
  }

  /** The largest first; what is no number comes last. */
  private static List<Integer> strongest(double[] numbers, int count) {
    return IntStream.range(0, numbers.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                k -> Double.isNaN(numbers[k]) ? Double.POSITIVE_INFINITY : -numbers[k]))
        .limit(count)
        .toList();
  }
}
