package dev.picasso.image;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Carries out what a {@link Preprocessing} declares. */
public record Preprocessor(Preprocessing settings) implements ImagePreprocessor {

  @Override
  public Fitted fit(PixelSource image) {
    boolean four = settings.colour().channels() == 4;
    if (four && !image.hasFourth()) {
      throw new ImageException(
          image.name()
              + ": the model takes four channels; this image has three, red, green and blue. Give a"
              + " PNG with transparency, or a TIFF of four channels.");
    }
    PixelSource source = settings.colour() == ColourMode.GRAY ? new GreySource(image) : image;
    int width = settings.width();
    int height = settings.height();
    Placement placement = settings.fit().place(image.width(), image.height(), width, height);
    Resampler resampler = new Resampler(settings.filter(), settings.antialias(), four ? 4 : 3);
    return new Fitted(
        resampler.resize(source, placement, width, height, settings.fit().margin()),
        placement.frame(image, width, height));
  }

  @Override
  public Tensor normalize(List<Picture> pixels) {
    int channels = settings.colour().channels();
    int imageSize = settings.height() * settings.width() * channels;
    ByteBuffer bytes = Tensor.allocate(4L * imageSize * pixels.size());
    FloatBuffer x = bytes.asFloatBuffer();
    for (int n = 0; n < pixels.size(); n++) {
      Picture picture = pixels.get(n);
      requireSize(picture);
      for (int c = 0; c < channels; c++) {
        write(picture, c, x, n * imageSize);
      }
    }
    return Tensor.of(DataType.FLOAT, shape(pixels.size()), bytes);
  }

  private void write(Picture picture, int channel, FloatBuffer x, int start) {
    int pixelStride = settings.layout().pixelStride(settings.colour().channels());
    int at = start + channel * settings.layout().channelStride(settings.height(), settings.width());
    double factor = settings.factor(channel);
    double shift = settings.shift(channel);
    for (int i = 0; i < settings.height() * settings.width(); i++) {
      x.put(at + i * pixelStride, (float) (sample(picture, i, channel) * factor + shift));
    }
  }

  private float sample(Picture picture, int pixel, int channel) {
    return settings.colour() == ColourMode.GRAY
        ? ColourMode.grey(
            picture.sample(pixel, 0), picture.sample(pixel, 1), picture.sample(pixel, 2))
        : picture.sample(pixel, settings.colour().source(channel));
  }

  @Override
  public Picture denormalize(Tensor x, int row) {
    int channels = settings.colour().channels();
    int pixels = settings.height() * settings.width();
    if (x.type() != DataType.FLOAT || x.size() < (row + 1L) * pixels * channels) {
      throw new IllegalArgumentException(
          "row " + row + " of " + x + " is no picture of shape " + shape(1));
    }
    FloatBuffer values = x.floatBuffer();
    int kept = channels == 4 ? 4 : 3;
    float[] samples = new float[kept * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < channels; c++) {
        int at = row * pixels * channels + i * settings.layout().pixelStride(channels);
        at += c * settings.layout().channelStride(settings.height(), settings.width());
        double sample = (values.get(at) - settings.shift(c)) / settings.factor(c);
        float shown = (float) Math.min(Math.max(sample, 0), 255);
        if (settings.colour() == ColourMode.GRAY) {
          Arrays.fill(samples, 3 * i, 3 * i + 3, shown);
        } else {
          samples[kept * i + settings.colour().source(c)] = shown;
        }
      }
    }
    return Picture.of(settings.width(), settings.height(), kept, samples, false);
  }

  private Shape shape(long n) {
    return settings
        .layout()
        .shape(n, settings.colour().channels(), settings.height(), settings.width());
  }

  private void requireSize(Picture picture) {
    if (picture.width() != settings.width() || picture.height() != settings.height()) {
      throw new IllegalArgumentException(
          "the model takes pictures of %d × %d pixels, not %d × %d"
              .formatted(settings.width(), settings.height(), picture.width(), picture.height()));
    }
    if (settings.colour().channels() == 4 && !picture.hasFourth()) {
      throw new IllegalArgumentException("the model takes pictures of four channels");
    }
  }
}
