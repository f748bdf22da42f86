package dev.picasso.visualization;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.ChosenLayer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.LayerValues;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.layer.FeatureVisualization;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Prediction;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import dev.picasso.settings.Range;
import dev.picasso.settings.SettingException;
import dev.picasso.settings.Suggested;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures that drive a class, a channel or a neuron as far as gradient ascent takes them. Olah et
 * al. 2017, Feature Visualization.
 */
@AutoService(Visualization.class)
@SuppressWarnings("rawtypes") // a service is named without its settings type
public final class FeaturePictures implements Visualization<FeaturePictures.Settings> {
  /** What is driven. */
  public enum Drives {
    /** The scores of the most probable classes. */
    CLASSES,
    /** The mean of a channel. */
    CHANNEL,
    /** A channel at one position. */
    NEURON
  }

  /** What can be set. */
  public record Settings(
      @Label(
              value = "Drives",
              help = "The most probable classes, or a channel or neuron of a layer.")
          Drives drives,
      @Label(value = "Classes", help = "For how many of the most probable classes.")
          @Range(min = 1, max = 5)
          int classes,
      @Label(value = "Layer", help = "Of the channel or neuron; auto is the last with positions.")
          LayerChoice layer,
      @Label(value = "Channel", help = "Its number; -1 takes the most active one in the picture.")
          @Range(min = -1, max = 100_000)
          int channel,
      @Label(value = "Row", help = "Of the neuron, from the top; -1 is the middle.")
          @Range(min = -1, max = 10_000)
          int row,
      @Label(value = "Column", help = "Of the neuron, from the left; -1 is the middle.")
          @Range(min = -1, max = 10_000)
          int column,
      @Label(value = "Steps", help = "Of gradient ascent; more make it clearer and take longer.")
          @Range(min = 1, max = 512)
          @Suggested({"256", "512"})
          int steps,
      @Label(
              value = "Transform",
              help = "Move, scale and turn the picture a little before each step.")
          boolean transform,
      @Label(value = "Seed", help = "Another one makes another picture.")
          @Range(min = 0, max = 1_000_000)
          int seed) {}

  @Override
  public String id() {
    return "feature-visualization";
  }

  @Override
  public String title() {
    return "Feature visualization";
  }

  @Override
  public String description() {
    return "See what the model would like to see: a picture made from noise that drives a class, or"
        + " a channel of a layer, as far as possible.";
  }

  @Override
  public Family family() {
    return Family.LAYER;
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Olah et al. 2017, Feature Visualization",
            "https://distill.pub/2017/feature-visualization/"));
  }

  @Override
  public Settings defaults() {
    return new Settings(Drives.CLASSES, 1, LayerChoice.automatic(), -1, -1, -1, 256, true, 0);
  }

  @Override
  public Results run(Context context, Settings settings) {
    return context.eachImage((image, steps) -> explain(context, settings, image, steps));
  }

  /** What is driven, and what its picture is called. */
  private record Wish(String label, Target target) {}

  private static ImageResult explain(
      Context context, Settings settings, ImageInput image, Context.Steps steps) {
    List<Prediction> predictions = context.predict(image);
    Images x = Images.of(image.prepared().x(), context.preprocessor());
    List<Wish> wishes =
        settings.drives() == Drives.CLASSES
            ? predictions.stream()
                .limit(settings.classes())
                .map(p -> new Wish(p.label(), Target.ofClass(p.index())))
                .toList()
            : List.of(ofLayer(context, settings, x));
    FeatureVisualization method =
        new FeatureVisualization(
            settings.steps(),
            FeatureVisualization.USUAL.rate(),
            settings.transform(),
            settings.seed());
    Progress progress = steps::done;
    List<Illustration> parts = new ArrayList<>();
    for (int i = 0; i < wishes.size(); i++) {
      Wish wish = wishes.get(i);
      FeatureVisualization.Made made =
          method.of(
              context.explainer(),
              context.preprocessor(),
              x,
              wish.target(),
              progress.part((double) i / wishes.size(), (i + 1.) / wishes.size()));
      parts.add(new Illustration(wish.label(), made.picture(), meaning(settings, made)));
    }
    return ImageResult.of(image.name(), predictions, parts);
  }

  private static String meaning(Settings settings, FeatureVisualization.Made made) {
    return String.format(
        Locale.ROOT,
        "a picture made from noise that drives the %s from %.3g to %.3g",
        settings.drives() == Drives.CLASSES ? "score" : "activation",
        made.before(),
        made.after());
  }

  private static Wish ofLayer(Context context, Settings settings, Images x) {
    Layer layer = ChosenLayer.spatial(context.explainer().model(), settings.layer());
    int channel = settings.channel() < 0 ? strongest(context, layer, x) : settings.channel();
    if (settings.drives() == Drives.CHANNEL) {
      return new Wish(
          layer.name() + ", channel " + channel, new Target.Channel(layer.name(), channel));
    }
    int row = settings.row() < 0 ? layer.grid().height() / 2 : settings.row();
    int column = settings.column() < 0 ? layer.grid().width() / 2 : settings.column();
    return new Wish(
        "%s, channel %d at row %d, column %d".formatted(layer.name(), channel, row, column),
        new Target.Neuron(layer.name(), channel, row, column));
  }

  @Override
  public void require(Model model, Settings settings) {
    if (settings.drives() == Drives.CLASSES) {
      return;
    }
    Layer layer = ChosenLayer.spatial(model, settings.layer());
    require("channel", settings.channel(), layer.channels(), layer);
    if (settings.drives() == Drives.NEURON) {
      require("row", settings.row(), layer.grid().height(), layer);
      require("column", settings.column(), layer.grid().width(), layer);
    }
  }

  private static void require(String setting, int given, int count, Layer layer) {
    if (given >= count) {
      throw SettingException.of(
          setting,
          "%s is %d; the layer %s has %d, counted from 0."
              .formatted(setting, given, layer.name(), count));
    }
  }

  private static int strongest(Context context, Layer layer, Images x) {
    LayerValues values = new LayerValues(layer, List.of());
    Tensor channels = values.channels(context.explainer().run(values, x.tensor(), Map.of()));
    int count = Math.toIntExact(channels.shape().dim(1));
    float[] all = channels.floats();
    int places = all.length / count;
    int most = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      double sum = 0;
      for (int i = k * places; i < (k + 1) * places; i++) {
        sum += all[i];
      }
      if (sum > highest) {
        highest = sum;
        most = k;
      }
    }
    return most;
  }
}
