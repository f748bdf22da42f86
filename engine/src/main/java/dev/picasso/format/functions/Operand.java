package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a function computes with: the output of a layer, or numbers that stand in the file. */
sealed interface Operand {
  /** The output of a layer. */
  record Given(LaidOut x) implements Operand {}

  /** Numbers that stand in the file. */
  record Literal(Tensor tensor) implements Operand {}

  /** The shape that the function sees. */
  default Shape shape() {
    return this instanceof Given given ? given.x().shape() : ((Literal) this).tensor().shape();
  }

  default int rank() {
    return shape().rank();
  }

  default DataType type() {
    return this instanceof Given given
        ? given.x().stored().type()
        : ((Literal) this).tensor().type();
  }

  /** The same numbers as another type. */
  default Operand as(GraphBuilder g, DataType type) {
    if (type() == type) {
      return this;
    }
    return this instanceof Given given
        ? new Given(given.x().with(g.cast(given.x().stored(), type)))
        : new Literal(((Literal) this).tensor().as(type));
  }

  /** A value of the graph; numbers become a constant. */
  default LaidOut value(GraphBuilder g) {
    return this instanceof Given given
        ? given.x()
        : LaidOut.asIs(g.constant(((Literal) this).tensor()));
  }

  /** The whole numbers that this is known to be, where it is one or a row of them. */
  default Optional<List<Size>> sizes() {
    if (this instanceof Given given) {
      return given.x().sizes();
    }
    Tensor tensor = ((Literal) this).tensor();
    return tensor.type() == DataType.INT64 && tensor.shape().rank() <= 1
        ? Optional.of(Arrays.stream(tensor.longs()).mapToObj(Size::of).toList())
        : Optional.empty();
  }
}
