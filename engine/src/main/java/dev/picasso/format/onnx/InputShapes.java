package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.picasso.format.ModelException;
import dev.picasso.format.SelfDescription.ImageSize;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Type and shape of a model's inputs, where the file leaves sizes open: an open first axis is the
 * batch; other sizes are as told, and heights and widths that nobody tells, nor the file's
 * metadata, are 224.
 */
final class InputShapes {
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final int USUAL_SIDE = 224;

  /** Numbers of one input of an image; 6,000 pixels a side in three colours are fewer. */
  private static final long LARGEST = 1 << 27;

  private final String file;
  private final Map<String, Shape> told;
  private final Optional<ImageSize> described;
  private final Notes notes;

  /**
   * Shapes of a file's inputs.
   *
   * @param told by a person, by input
   * @param described what the file says of itself
   */
  InputShapes(String file, Map<String, Shape> told, Optional<ImageSize> described, Notes notes) {
    this.file = file;
    this.told = told;
    this.described = described;
    this.notes = notes;
  }

  /**
   * Checks what was told.
   *
   * @throws ModelException if a shape was told for an input that the file does not have
   */
  void requireKnown(List<String> inputs) {
    for (String name : told.keySet()) {
      if (!name.isEmpty() && !inputs.contains(name)) {
        throw new ModelException(
            file
                + ": a shape is told for the input "
                + name
                + "; its inputs are "
                + String.join(", ", inputs)
                + ".");
      }
    }
  }

  Value value(ValueInfoProto input) {
    String name = input.getName();
    TypeProto type = input.getType();
    if (!type.hasTensorType()) {
      throw new ModelException(file + ": its input " + name + " is no tensor.");
    }
    int code = type.getTensorType().getElemType();
    DataType element =
        DataType.ofOnnxCode(code)
            .orElseThrow(
                () ->
                    new ModelException(
                        file
                            + ": its input "
                            + name
                            + " holds "
                            + TensorReader.typeName(code)
                            + ", which Picasso cannot feed."));
    Shape said = told.getOrDefault(name, told.getOrDefault("", Shape.scalar()));
    if (!type.getTensorType().hasShape()) {
      if (said.rank() == 0) {
        throw open(name, "its shape");
      }
      return new Value(name, element, limited(name, said));
    }
    long[] dims = dims(type.getTensorType().getShape());
    if (said.rank() > 0) {
      fill(name, dims, said);
    }
    if (dims.length > 0 && dims[0] == UNKNOWN) {
      dims[0] = Shape.BATCH;
    }
    assume(name, dims);
    return new Value(name, element, limited(name, Shape.of(dims)));
  }

  private Shape limited(String name, Shape shape) {
    double size = 1;
    for (long d : shape.withBatch(1).dims()) {
      size *= d;
    }
    if (size > LARGEST) {
      throw new ModelException(
          file + ": its input " + name + " " + shape + " is larger than any picture.");
    }
    return shape;
  }

  private static long[] dims(TensorShapeProto shape) {
    return shape.getDimList().stream()
        .mapToLong(d -> d.hasDimValue() && d.getDimValue() > 0 ? d.getDimValue() : UNKNOWN)
        .toArray();
  }

  private void fill(String name, long[] dims, Shape said) {
    boolean fits = dims.length == said.rank();
    for (int i = 0; fits && i < dims.length; i++) {
      boolean batch = i == 0 && said.dim(0) < 0;
      fits = dims[i] == UNKNOWN || dims[i] == said.dim(i) || batch;
      dims[i] = dims[i] == UNKNOWN ? said.dim(i) : dims[i];
    }
    if (!fits) {
      throw new ModelException(
          file
              + ": the shape told for the input "
              + name
              + " is "
              + said
              + "; the file has "
              + text(dims)
              + ".");
    }
  }

  private static String text(long[] dims) {
    return Arrays.stream(dims)
        .mapToObj(d -> d == UNKNOWN || d == Shape.BATCH ? "any" : Long.toString(d))
        .toList()
        .toString();
  }

  private void assume(String name, long[] dims) {
    if (Arrays.stream(dims).noneMatch(d -> d == UNKNOWN)) {
      return;
    }
    if (dims.length != 4) {
      throw open(name, "a part of its shape " + text(dims));
    }
    boolean channelsLast = dims[1] == UNKNOWN && dims[3] >= 1 && dims[3] <= 4;
    int channels = channelsLast ? 3 : 1;
    int height = channelsLast ? 1 : 2;
    boolean sizeIsOpen = dims[height] == UNKNOWN || dims[height + 1] == UNKNOWN;
    fillOpen(dims, channels, 3);
    fillOpen(dims, height, described.map(ImageSize::height).orElse(USUAL_SIDE));
    fillOpen(dims, height + 1, described.map(ImageSize::width).orElse(USUAL_SIDE));
    notes.add(
        "The file leaves the size of the input "
            + name
            + " open; taken as "
            + Shape.of(dims)
            + (sizeIsOpen && described.isPresent() ? ", which its metadata tell (imgsz)." : "."));
  }

  private static void fillOpen(long[] dims, int axis, long length) {
    dims[axis] = dims[axis] == UNKNOWN ? length : dims[axis];
  }

  private ModelException open(String name, String what) {
    return new ModelException(
        file
            + ": leaves open the input "
            + name
            + ": "
            + what
            + ". Tell it in the configuration (input shape).");
  }
}
