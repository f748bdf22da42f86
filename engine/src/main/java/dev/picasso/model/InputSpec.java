package dev.picasso.model;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.image.Layout;
import java.util.Optional;

/**
 * What a model takes as an image.
 *
 * @param name of the graph's input
 * @param type of its elements; float32 pixels are cast to it
 * @param shape in the layout of the model file
 * @param height pixels
 * @param width pixels
 * @param channels 1 for grey, 3 for colour, rarely more
 */
public record InputSpec(
    String name, DataType type, Shape shape, Layout layout, int height, int width, int channels) {

  /**
   * Reads the layout off the use of an input where it tells, such as a convolution that has its
   * channels at axis 1; else off the shape. Empty for what is no image, such as a volume or a
   * sequence.
   */
  public static Optional<InputSpec> of(Graph graph, Value input) {
    int channels = input.rank() == 4 ? ChannelAxis.of(graph, input).orElse(0) : 0;
    Shape shape = input.shape();
    return switch (channels) {
      case 1 -> Optional.of(spec(input, Layout.NCHW, shape.dim(2), shape.dim(3), shape.dim(1)));
      case 3 -> Optional.of(spec(input, Layout.NHWC, shape.dim(1), shape.dim(2), shape.dim(3)));
      default -> of(input);
    };
  }

  /**
   * Reads the layout off a shape: three, one or four channels stand first or last, a last axis
   * winning where both could be. Empty for what is no image, such as a volume or a sequence.
   */
  public static Optional<InputSpec> of(Value input) {
    Shape shape = input.shape();
    return switch (shape.rank()) {
      case 4 -> images(input);
      case 3 -> Optional.of(spec(input, Layout.NHW, shape.dim(1), shape.dim(2), 1));
      case 2 -> flat(input);
      default -> Optional.empty();
    };
  }

  private static Optional<InputSpec> images(Value input) {
    Shape shape = input.shape();
    boolean last = isChannels(shape.dim(3));
    boolean first = isChannels(shape.dim(1));
    if (last || !first) {
      return Optional.of(spec(input, Layout.NHWC, shape.dim(1), shape.dim(2), shape.dim(3)));
    }
    return Optional.of(spec(input, Layout.NCHW, shape.dim(2), shape.dim(3), shape.dim(1)));
  }

  private static boolean isChannels(long n) {
    return n == 1 || n == 3 || n == 4;
  }

  /** A square of grey, or of three colours. */
  private static Optional<InputSpec> flat(Value input) {
    long n = input.shape().dim(1);
    long grey = Math.round(Math.sqrt((double) n));
    if (grey * grey == n) {
      return Optional.of(spec(input, Layout.FLAT, grey, grey, 1));
    }
    long colour = Math.round(Math.sqrt(n / 3.0));
    return colour * colour * 3 == n
        ? Optional.of(spec(input, Layout.FLAT, colour, colour, 3))
        : Optional.empty();
  }

  private static InputSpec spec(
      Value input, Layout layout, long height, long width, long channels) {
    return new InputSpec(
        input.name(),
        input.type(),
        input.shape(),
        layout,
        Math.toIntExact(height),
        Math.toIntExact(width),
        Math.toIntExact(channels));
  }

  /** How far apart two channels of one pixel lie in an image's numbers. */
  public int channelStride() {
    return layout == Layout.NCHW ? height * width : 1;
  }

  /** How far apart two neighbouring pixels lie. */
  public int pixelStride() {
    return layout == Layout.NCHW ? 1 : channels;
  }

  /** Whether the model takes only as many images at once as its file says. */
  public Optional<Integer> fixedBatch() {
    return shape.dim(0) >= 0 ? Optional.of((int) shape.dim(0)) : Optional.empty();
  }
}
