package dev.picasso.attribution;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Layout;
import dev.picasso.image.Window;
import dev.picasso.model.InputSpec;
import dev.picasso.region.Places;
import dev.picasso.region.Span;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An image with windows of it hidden, as the model is fed with it: whole images, or the parts
 * around the windows alone.
 */
final class HiddenParts {
  private final InputSpec input;
  private final Shape shape;
  private final float[] image;
  private final float[] cover;

  /**
   * Of one image.
   *
   * @param image [1, …] as fed
   * @param cover what hidden pixels hold instead, in the image's shape
   */
  HiddenParts(InputSpec input, Tensor image, float[] cover) {
    this(input, image.shape(), image.floats(), cover.clone());
  }

  private HiddenParts(InputSpec input, Shape shape, float[] image, float[] cover) {
    this.input = input;
    this.shape = shape;
    this.image = image;
    this.cover = cover;
  }

  /** The same image with another cover. */
  HiddenParts covering(float[] other) {
    return new HiddenParts(input, shape, image, other.clone());
  }

  /** The image with each of the windows hidden, [windows, …]. */
  Tensor images(List<Window> windows) {
    ByteBuffer bytes = Tensor.allocate(4L * windows.size() * image.length);
    FloatBuffer out = bytes.asFloatBuffer();
    float[] row = image.clone();
    for (Window window : windows) {
      copy(cover, window, row);
      out.put(row);
      copy(image, window, row);
    }
    return Tensor.of(DataType.FLOAT, shape.with(0, windows.size()), bytes);
  }

  private void copy(float[] from, Window window, float[] to) {
    for (int c = 0; c < input.channels(); c++) {
      for (int y = window.top(); y < window.top() + window.height(); y++) {
        for (int x = window.left(); x < window.left() + window.width(); x++) {
          int at = at(c, y, x);
          to[at] = from[at];
        }
      }
    }
  }

  private int at(int channel, int y, int x) {
    return channel * input.channelStride() + (y * input.width() + x) * input.pixelStride();
  }

  /**
   * The parts of it that places hold, in the input's layout: hidden where the place says so, as
   * they are beside it.
   */
  Tensor parts(Places places) {
    List<Places.Place> held = places.held();
    int height = held.get(0).rows().length();
    int width = held.get(0).columns().length();
    boolean first = input.layout() == Layout.NCHW;
    Shape parts =
        first
            ? Shape.of(held.size(), input.channels(), height, width)
            : Shape.of(held.size(), height, width, input.channels());
    ByteBuffer bytes = Tensor.allocate(4L * parts.size());
    FloatBuffer out = bytes.asFloatBuffer();
    float[] part = new float[input.channels() * height * width];
    for (int i = 0; i < held.size(); i++) {
      write(held.get(i), places.all().get(i), first, part);
      out.put(part);
    }
    return Tensor.of(DataType.FLOAT, parts, bytes);
  }

  private void write(Places.Place held, Places.Place hidden, boolean channelsFirst, float[] part) {
    int width = held.columns().length();
    int pixels = held.rows().length() * width;
    for (int c = 0; c < input.channels(); c++) {
      int to = channelsFirst ? c * pixels : c;
      int step = channelsFirst ? 1 : input.channels();
      for (int y = held.rows().from(); y < held.rows().to(); y++) {
        boolean row = hidden.rows().holds(y);
        for (int x = held.columns().from(); x < held.columns().to(); x++, to += step) {
          int at = at(c, y, x);
          part[to] = row && hidden.columns().holds(x) ? cover[at] : image[at];
        }
      }
    }
  }

  /** Windows as places of the input. */
  static List<Places.Place> places(List<Window> windows) {
    List<Places.Place> places = new ArrayList<>();
    for (Window w : windows) {
      places.add(
          new Places.Place(
              new Span(w.top(), w.top() + w.height()), new Span(w.left(), w.left() + w.width())));
    }
    return places;
  }
}
