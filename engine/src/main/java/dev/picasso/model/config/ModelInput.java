package dev.picasso.model.config;

import dev.picasso.PicassoException;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Fit;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Preset;
import dev.picasso.image.ResizeFilter;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.config.PreprocessingSettings.Crop;
import dev.picasso.model.config.PreprocessingSettings.Resize;
import dev.picasso.model.pixels.ChannelOrder;
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelRange;
import dev.picasso.model.pixels.PixelSearch;
import dev.picasso.plugin.PluginCall;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How images get into a model: what the configuration says, completed from the model's input.
 *
 * @param assumed what neither of them tells and was assumed, a sentence each
 * @param guessedRange the numbers of black and white, as in "0 to 1", where they are a guess; empty
 *     where the model, or a person who was sure, tells them
 */
public record ModelInput(
    ImagePreprocessor preprocessor, List<String> assumed, Optional<String> guessedRange) {
  public ModelInput {
    assumed = List.copyOf(assumed);
  }

  /**
   * The way into a model's image input.
   *
   * @throws PicassoException if the model takes no images, or the settings do not fit it
   */
  public static ModelInput of(PreprocessingSettings settings, Model model) {
    InputSpec input =
        model
            .input()
            .orElseThrow(
                () ->
                    new PicassoException(
                        model.id()
                            + ": does not take images; 'picasso inspect' shows what it takes."));
    return of(settings, model, input);
  }

  /**
   * The way into one of a model's image inputs: as the settings say, else as its adapter does.
   *
   * @throws PicassoException if the settings do not fit it
   */
  public static ModelInput of(PreprocessingSettings settings, Model model, InputSpec input) {
    if (model.adapter().isPresent() && settings.equals(PreprocessingSettings.none())) {
      ModelAdapter adapter = model.adapter().get();
      String step = adapter.getClass().getSimpleName() + ".input()";
      return new ModelInput(
          PluginCall.ask(adapter, step, () -> adapter.input(input)), List.of(), Optional.empty());
    }
    return of(settings, model.id(), input, PixelSearch.of(model, input));
  }

  static ModelInput of(
      PreprocessingSettings settings, String name, InputSpec input, PixelEvidence evidence) {
    if (settings.custom().isPresent()) {
      return new ModelInput(settings.custom().get(), List.of(), Optional.empty());
    }
    int[] size = size(settings, name, input);
    Preprocessing filled =
        Preprocessing.of(size[0], size[1])
            .with(settings.preset().orElse(Preset.NONE))
            .with(colour(settings, name, input, evidence))
            .with(layout(settings, input))
            .with(fit(settings), settings.filter().orElse(ResizeFilter.BILINEAR))
            .withAntialias(settings.antialias().orElse(true));
    Preprocessing numbered = numbers(filled, settings, evidence);
    return new ModelInput(
        new Preprocessor(numbered),
        InputNotes.of(settings, evidence, input, numbered),
        InputNotes.guess(settings, evidence, numbered));
  }

  private static Preprocessing numbers(
      Preprocessing filled, PreprocessingSettings settings, PixelEvidence evidence) {
    if (!settings.saysRange()) {
      PixelRange range = evidence.range().orElse(PixelRange.UNIT);
      Preprocessing scaled = filled.scaled(range.scale(), range.offset());
      return evidence.mean().isEmpty()
          ? scaled
          : scaled.normalized(evidence.mean(), evidence.std());
    }
    return filled
        .scaled(settings.scale().orElse(filled.scale()), settings.offset().orElse(filled.offset()))
        .normalized(
            settings.mean().isEmpty() ? filled.mean() : settings.mean(),
            settings.std().isEmpty() ? filled.std() : settings.std());
  }

  /** Height and width: the model's, which what is said must agree with. */
  private static int[] size(PreprocessingSettings settings, String name, InputSpec input) {
    Optional<int[]> said = Optional.empty();
    if (settings.resize() instanceof Resize.To to) {
      said = Optional.of(new int[] {to.height(), to.width()});
    } else if (settings.crop() instanceof Crop.To to) {
      said = Optional.of(new int[] {to.height(), to.width()});
    }
    if (said.isPresent() && (said.get()[0] != input.height() || said.get()[1] != input.width())) {
      throw new PicassoException(
          "%s: the model takes images of %dx%d, the preprocessing makes them %dx%d."
              .formatted(name, input.height(), input.width(), said.get()[0], said.get()[1]));
    }
    return new int[] {input.height(), input.width()};
  }

  private static ColourMode colour(
      PreprocessingSettings settings, String name, InputSpec input, PixelEvidence evidence) {
    int channels = input.channels();
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new PicassoException(
          ("%s: the model takes %d channels; images have one, three or four. Make arrays of your"
                  + " data for 'picasso run', or write a class that makes the channels"
                  + " (preprocessing: {class: …}).")
              .formatted(name, channels));
    }
    ColourMode colour = settings.color().orElseGet(() -> usual(settings, channels, evidence));
    if (colour.channels() != channels) {
      throw new PicassoException(
          "%s: the model takes %d channels; color %s has %d."
              .formatted(
                  name, channels, colour.name().toLowerCase(Locale.ROOT), colour.channels()));
    }
    return colour;
  }

  private static ColourMode usual(
      PreprocessingSettings settings, int channels, PixelEvidence evidence) {
    if (channels == 1) {
      return ColourMode.GRAY;
    }
    Preset preset = settings.preset().orElse(Preset.NONE);
    boolean blueFirst =
        preset == Preset.NONE
            ? evidence.order().filter(ChannelOrder::blueFirst).isPresent()
            : preset == Preset.CAFFE;
    if (channels == 4) {
      return blueFirst ? ColourMode.BGRA : ColourMode.RGBA;
    }
    return blueFirst ? ColourMode.BGR : ColourMode.RGB;
  }

  private static Layout layout(PreprocessingSettings settings, InputSpec input) {
    Layout found = input.layout();
    boolean ambiguous = found == Layout.NHWC || found == Layout.NCHW;
    return ambiguous ? settings.layout().orElse(found) : found;
  }

  private static Fit fit(PreprocessingSettings settings) {
    if (settings.margin().isPresent()) {
      return new Fit.Letterbox(settings.margin().get());
    }
    if (settings.resize() instanceof Resize.ShorterSide shorter) {
      return new Fit.CentreCrop(shorter.pixels());
    }
    return settings.crop() instanceof Crop.None ? new Fit.Stretch() : new Fit.Cover();
  }
}
