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
import dev.picasso.model.config.PreprocessingSettings.Crop;
import dev.picasso.model.config.PreprocessingSettings.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How images get into a model: what the configuration says, completed from the model's input.
 *
 * @param assumed what neither of them tells and was assumed, a sentence each
 */
public record ModelInput(ImagePreprocessor preprocessor, List<String> assumed) {
  public ModelInput {
    assumed = List.copyOf(assumed);
  }

  /**
   * The way into a model.
   *
   * @throws PicassoException if the model takes no images, or the settings do not fit it
   */
  public static ModelInput of(PreprocessingSettings settings, Model model) {
    String name = model.id();
    InputSpec input =
        model
            .input()
            .orElseThrow(
                () ->
                    new PicassoException(
                        name + ": does not take images; 'picasso inspect' shows what it takes."));
    return of(settings, name, input, PixelRange.of(model.imported(), input.name()));
  }

  static ModelInput of(
      PreprocessingSettings settings, String name, InputSpec input, PixelRange range) {
    if (settings.custom().isPresent()) {
      return new ModelInput(settings.custom().get(), List.of());
    }
    List<String> assumed = new ArrayList<>();
    Preset preset = settings.preset().orElse(Preset.NONE);
    int[] size = size(settings, name, input);
    Preprocessing filled =
        Preprocessing.of(size[0], size[1])
            .with(preset)
            .with(colour(settings, name, input))
            .with(layout(settings, input))
            .with(fit(settings), settings.filter().orElse(ResizeFilter.BILINEAR))
            .withAntialias(settings.antialias().orElse(true));
    return new ModelInput(new Preprocessor(numbers(filled, settings, range, assumed)), assumed);
  }

  private static Preprocessing numbers(
      Preprocessing filled,
      PreprocessingSettings settings,
      PixelRange range,
      List<String> assumed) {
    double scale = settings.scale().orElse(filled.scale());
    double offset = settings.offset().orElse(filled.offset());
    if (!settings.saysRange() && range == PixelRange.SIGNED_BYTES) {
      scale = 1;
      offset = -128;
      assumed.add("The model takes signed bytes: it is given -128 to 127.");
    } else if (!settings.saysRange()) {
      boolean scalesItself = range == PixelRange.BYTES;
      scale = scalesItself ? 1 : 1 / 255.;
      assumed.add(
          scalesItself
              ? "The model scales pixels itself: it is given 0 to 255."
              : "Nothing tells the range of the pixels: they are scaled to 0..1. If the model was"
                  + " trained otherwise, say so in picasso.yaml, as in preprocessing: {preset:"
                  + " tf}.");
    }
    return filled
        .scaled(scale, offset)
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

  private static ColourMode colour(PreprocessingSettings settings, String name, InputSpec input) {
    ColourMode usual =
        settings.preset().filter(p -> p == Preset.CAFFE).isPresent()
            ? ColourMode.BGR
            : ColourMode.RGB;
    ColourMode colour = settings.color().orElse(input.channels() == 1 ? ColourMode.GRAY : usual);
    if (colour.channels() != input.channels()) {
      throw new PicassoException(
          "%s: the model takes %d channels; %s has %d."
              .formatted(
                  name,
                  input.channels(),
                  settings.color().isPresent()
                      ? "color " + colour.name().toLowerCase(Locale.ROOT)
                      : "an image",
                  colour.channels()));
    }
    return colour;
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
