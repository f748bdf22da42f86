package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Types of elements: floats of any width are computed as FLOAT, narrow integers as INT32. */
final class Types {
  private Types() {}

  /** The type for one of TensorFlow's or Keras's names, as in "float32" or "DT_INT64". */
  static DataType named(String name) {
    String plain =
        name.toLowerCase(java.util.Locale.ROOT).replaceFirst("^(dt_|<dtype: '|tf\\.)", "");
    return switch (plain.replace("'>", "")) {
      case "float16", "half", "bfloat16", "float32", "float", "float64", "double" -> DataType.FLOAT;
      case "int8", "uint8", "int16", "uint16", "int32" -> DataType.INT32;
      case "uint32", "int64", "uint64" -> DataType.INT64;
      case "bool", "boolean" -> DataType.BOOL;
      default -> throw new Unsupported("the type " + name + " is not supported.");
    };
  }

  /** All operands in the type that holds them all; numbers in the file follow the tensors. */
  static List<Operand> common(GraphBuilder g, List<Operand> operands) {
    DataType all = widest(operands.stream());
    DataType given = widest(operands.stream().filter(o -> o instanceof Operand.Given));
    // A whole number in the file has no width of its own.
    DataType type = given == DataType.INT32 && all == DataType.INT64 ? given : all;
    return operands.stream().map(o -> o.as(g, type)).toList();
  }

  private static DataType widest(Stream<Operand> operands) {
    return operands.map(Operand::type).reduce(DataType.BOOL, Types::wider);
  }

  private static DataType wider(DataType a, DataType b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(DataType type) {
    if (type.isFloating()) {
      return 3;
    }
    return type == DataType.BOOL ? 0 : type == DataType.INT64 ? 2 : 1;
  }

  /** Floating-point numbers, for functions that have no other result. */
  static LaidOut floating(GraphBuilder g, LaidOut x) {
    return x.stored().type().isFloating() ? x : x.with(g.cast(x.stored(), DataType.FLOAT));
  }

  /** Numbers, where truths are given. */
  static LaidOut numeric(GraphBuilder g, LaidOut x) {
    return x.stored().type() == DataType.BOOL ? x.with(g.cast(x.stored(), DataType.INT32)) : x;
  }
}
