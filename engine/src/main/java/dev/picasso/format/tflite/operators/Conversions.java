package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import java.util.List;
import java.util.Map;

/**
 * Operators that change the type of elements. What stands for real numbers is computed as real
 * numbers, so that between a quantization and its undoing nothing happens.
 */
final class Conversions {
  private static final int FAKE_QUANT_OPTIONS = 58;

  private Conversions() {}

  static void addTo(OperatorTable table) {
    table.putAny("DEQUANTIZE", (g, op) -> List.of(real(g, op.argument(0))));
    table.putAny("QUANTIZE", (g, op) -> List.of(real(g, op.argument(0))));
    table.putAny("DENSIFY", (g, op) -> List.of(op.argument(0)));
    table.put("CAST", Conversions::cast);
    table.put("FAKE_QUANT", Conversions::limited);
  }

  private static Argument real(GraphBuilder g, Argument x) {
    if (x instanceof Argument.Numbers numbers) {
      return new Argument.Numbers(numbers.tensor().as(DataType.FLOAT));
    }
    LaidOut value = Operation.valueOf(g, x);
    return new Argument.Tensor(value.with(g.cast(value.stored(), DataType.FLOAT)));
  }

  /** The type in which the elements of a tensor are computed. */
  static DataType type(StoredTensor tensor) {
    return tensor.isReal()
        ? DataType.FLOAT
        : switch (tensor.type()) {
          case BOOL -> DataType.BOOL;
          case INT64, UINT64, UINT32 -> DataType.INT64;
          case INT32, INT16, INT8, INT4, INT2, UINT16, UINT8, UINT4 -> DataType.INT32;
          case FLOAT32, FLOAT16, FLOAT64, BFLOAT16 -> DataType.FLOAT;
          case STRING, COMPLEX64, COMPLEX128, RESOURCE, VARIANT ->
              throw new Unsupported("it makes elements of the type " + tensor.type() + ".");
        };
  }

  private static LaidOut cast(GraphBuilder g, Operation op) {
    String type = "DT_" + type(op.output(0));
    return op.one(g, "raw.Cast", op.arguments(), Map.of("DstT", Operation.json(type)));
  }

  /** What training for quantization leaves behind: a range, in steps that are not taken here. */
  private static LaidOut limited(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(FAKE_QUANT_OPTIONS);
    float least = options.float32(0, 0);
    float most = options.float32(1, 0);
    LaidOut x = op.value(g, 0);
    if (!(least < most)) {
      throw new Unsupported("its range goes from " + least + " to " + most + ".");
    }
    return x.with(g.clip(x.stored(), least, most));
  }
}
