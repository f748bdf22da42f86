package dev.picasso.visualization;

import dev.picasso.attribution.ChannelReduction;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Display;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;

/** How the maps of a method are drawn; none of it changes what is computed. */
sealed interface DisplaySettings {
  /** Whether several maps share a scale. */
  Scaling scaling();

  /** How the channels of a pixel become one number. */
  ChannelReduction channels();

  /** The rest. */
  Look look();

  /** For maps with a number for each channel of a pixel. */
  record OfPixels(
      @Label(value = "Channels", help = "How the colours of a pixel become one number.")
          ChannelReduction channels,
      @Label(
              value = "Scale",
              help = "One scale for all classes of an image, or for each class its own.")
          Scaling scaling,
      Look look)
      implements DisplaySettings {}

  /** For maps with one number a place. */
  record OfPlaces(
      @Label(
              value = "Scale",
              help = "One scale for all classes of an image, or for each class its own.")
          Scaling scaling,
      Look look)
      implements DisplaySettings {
    @Override
    public ChannelReduction channels() {
      return ChannelReduction.SUM;
    }
  }

  /** How a map and its picture are shown together. */
  record Look(
      @Label(value = "Picture", help = "How the map and the picture are shown together.")
          Blending blending,
      @Label(
              value = "Transparency",
              help = "How much of the picture shows through the map; 0 shows the map alone.")
          @Range(min = 0, max = 1)
          @Suggested({"0", "0.25", "0.5", "0.75"})
          double transparency,
      @Label(
              value = "Clipping",
              help = "The percentile at which the scale ends; 100 clips nothing.")
          @Range(min = 50, max = 100)
          @Suggested({"95", "99", "99.5", "100"})
          double percentile,
      @Label(
              value = "Smoothing",
              help = "The width of a Gaussian blur, as a share of the map's shorter side.")
          @Range(min = 0, max = .2)
          @Suggested({"0", "0.01", "0.03"})
          double smoothing,
      @Label(value = "Colours", help = "Diverging ones are for maps of both signs.")
          ColourMap colours,
      @Label(
              value = "Strong from",
              help = "Which share of the scale counts as strong, for masks and boxes.")
          @Range(min = .05, max = 1)
          @Suggested({"0.25", "0.5", "0.75"})
          double threshold) {
    private static final double CLIPPED = 99.5;

    /** What a map is shown with unless told otherwise. */
    static Look of(Blending blending, double transparency) {
      return new Look(blending, transparency, CLIPPED, 0, ColourMap.INFERNO, .5);
    }

    Display display() {
      return Display.defaults()
          .with(blending)
          .withOpacity(1 - transparency)
          .withPercentile(percentile)
          .withSmoothing(smoothing)
          .with(colours)
          .withThreshold(threshold);
    }
  }
}
