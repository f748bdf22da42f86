package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;

/**
 * A part of a stored tensor, as TensorFlow writes it: the lengths of all axes, then for each axis
 * "start,length" or "-" for all of it, as in "10 4 0,5:-".
 */
final class Slices {
  private Slices() {}

  static Tensor of(Tensor whole, String text) {
    if (text.isBlank()) {
      return whole;
    }
    String[] words = text.strip().split(" ", -1);
    String[] ranges = words[words.length - 1].split(":", -1);
    Tensor part = whole;
    if (ranges.length != whole.shape().rank()) {
      throw wrong(text, whole.shape());
    }
    for (int axis = 0; axis < ranges.length; axis++) {
      if (!ranges[axis].equals("-")) {
        part = along(part, axis, ranges[axis], text);
      }
    }
    return part;
  }

  private static Tensor along(Tensor whole, int axis, String range, String text) {
    if (!range.matches("[0-9]{1,9},[0-9]{1,9}")) {
      throw wrong(text, whole.shape());
    }
    long start = Long.parseLong(range.substring(0, range.indexOf(',')));
    long length = Long.parseLong(range.substring(range.indexOf(',') + 1));
    Shape shape = whole.shape();
    if (start + length > shape.dim(axis)) {
      throw wrong(text, shape);
    }
    Shape result = shape.with(axis, length);
    long inner = whole.type().bytes();
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dim(i);
    }
    ByteBuffer from = whole.bytes();
    ByteBuffer to = Tensor.allocate(result.size() * whole.type().bytes());
    long rows = shape.dim(axis) * inner == 0 ? 0 : from.remaining() / (shape.dim(axis) * inner);
    for (long row = 0; row < rows; row++) {
      int at = (int) ((row * shape.dim(axis) + start) * inner);
      to.put(from.slice(at, (int) (length * inner)));
    }
    return Tensor.of(whole.type(), result, to.flip());
  }

  private static Unsupported wrong(String text, Shape shape) {
    return new Unsupported("is the part " + text + " of " + shape + ", which there is not.");
  }
}
