package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.proto.TensorShapeProto;

/** The shapes of a graph's inputs: from the file, from the person, or assumed. */
final class InputShapes {
  private static final long USUAL_SIDE = 224;
  private static final long OPEN = -1;

  /** Numbers of one input of an image; 6,000 pixels a side in three colours are fewer. */
  private static final double LARGEST = 1 << 27;

  private final Map<String, Shape> told;
  private final Consumer<String> notes;

  InputShapes(Map<String, Shape> told, Consumer<String> notes) {
    this.told = told;
    this.notes = notes;
  }

  /**
   * The shape of an input; an open first axis is the batch.
   *
   * @throws Unsupported if a part of it is not known
   */
  Shape of(String name, TensorShapeProto proto) {
    Optional<Shape> said =
        Optional.ofNullable(told.get(name))
            .or(() -> Optional.ofNullable(told.get(name + ":0")))
            .or(() -> Optional.ofNullable(told.get("")));
    if (proto.getUnknownRank()) {
      return limited(name, said.orElseThrow(() -> open(name, "the shape")));
    }
    long[] dims = proto.getDimList().stream().mapToLong(d -> Math.max(d.getSize(), OPEN)).toArray();
    boolean zero = Arrays.stream(dims).anyMatch(d -> d == 0);
    if (zero) {
      throw new Unsupported("the input " + name + " is empty.");
    }
    said.ifPresent(shape -> fill(name, dims, shape));
    assume(name, dims);
    return limited(name, Shape.of(dims));
  }

  /**
   * Puts what was told where the file leaves sizes open. What was told of no input by name may be
   * of another one.
   *
   * @throws Unsupported if an input that was named has another shape
   */
  private void fill(String name, long[] dims, Shape said) {
    boolean fits = said.rank() == dims.length;
    for (int i = 1; i < dims.length && fits && isNamed(name); i++) {
      fits = dims[i] == OPEN || said.dim(i) < 0 || dims[i] == said.dim(i);
    }
    if (!fits && isNamed(name)) {
      throw new Unsupported(
          "the shape told for the input "
              + name
              + " is "
              + said
              + "; the file has "
              + Shape.of(dims)
              + ".");
    }
    for (int i = 0; i < dims.length && fits; i++) {
      dims[i] = dims[i] == OPEN ? said.dim(i) : dims[i];
    }
  }

  private boolean isNamed(String name) {
    return told.containsKey(name) || told.containsKey(name + ":0");
  }

  private void assume(String name, long[] dims) {
    if (Arrays.stream(dims).skip(1).noneMatch(d -> d < 0)) {
      return;
    }
    if (dims.length != 4) {
      throw open(name, "a part of the shape");
    }
    boolean first = dims[1] > 0 && dims[1] <= 4 && dims[3] < 0;
    int channels = first ? 1 : 3;
    for (int i = 1; i < 4; i++) {
      dims[i] = dims[i] > 0 ? dims[i] : i == channels ? 3 : USUAL_SIDE;
    }
    notes.accept(
        "The file leaves the size of the input "
            + name
            + " open; taken as "
            + Shape.of(dims)
            + ".");
  }

  private static Shape limited(String name, Shape shape) {
    double size =
        Arrays.stream(shape.withBatch(1).dims()).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > LARGEST) {
      throw new Unsupported("the input " + name + " " + shape + " is larger than any picture.");
    }
    return shape;
  }

  private static Unsupported open(String name, String what) {
    return new Unsupported(
        "the file leaves "
            + what
            + " of the input "
            + name
            + " open; state it in the configuration (input: name and shape).");
  }
}
