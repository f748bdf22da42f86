package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.LayerInfo;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.tensorflow.tensor.ElementTypes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.proto.TensorShapeProto;

/** The inputs of the graph that is made: tensors of the file that are given from outside. */
final class GraphInputs {
  private final GraphBuilder g;
  private final InputShapes shapes;
  private final Consumer<String> notes;
  private final Frame outermost;
  private final Map<String, String> fed;
  private final Map<String, LaidOut> made = new LinkedHashMap<>();
  private final Map<String, LayerInfo> bytes = new LinkedHashMap<>();

  /**
   * No inputs yet.
   *
   * @param fed names of inputs by the tensors that they are fed into
   * @param outermost the graph itself, whose tensors come before those of functions
   */
  GraphInputs(
      GraphBuilder g,
      Map<String, Shape> told,
      Map<String, String> fed,
      Frame outermost,
      Consumer<String> notes) {
    this.g = g;
    this.outermost = outermost;
    this.shapes = new InputShapes(told, notes);
    this.fed = Map.copyOf(fed);
    this.notes = notes;
  }

  /** The name of the input that is fed into a tensor, if one is. */
  Optional<String> fedInto(Ref tensor) {
    boolean meant =
        tensor.frame().equals(outermost) || outermost.node(tensor.node()).isEmpty();
    return meant ? Optional.ofNullable(fed.get(tensor.text())) : Optional.empty();
  }

  /** Whether an input has that name, or is going to have it. */
  boolean isNamed(String name) {
    return made.containsKey(name) || fed.containsValue(name);
  }

  /** Those that take bytes in the file, which tells the range of pixels. */
  List<LayerInfo> bytes() {
    return List.copyOf(bytes.values());
  }

  /** The input of that name, made when it is first asked for. */
  LaidOut of(String name, org.tensorflow.proto.DataType type, TensorShapeProto proto) {
    LaidOut known = made.get(name);
    if (known == null) {
      Shape shape = shapes.of(name, proto);
      known = LaidOut.asIs(g.input(name, element(name, type, shape), shape));
      made.put(name, known);
    }
    return known;
  }

  /** Pixels are floats here whatever the file takes, so that there is a gradient. */
  private DataType element(String name, org.tensorflow.proto.DataType type, Shape shape) {
    DataType ours = ElementTypes.of(type).orElseThrow();
    return switch (ours) {
      case BOOL -> ours;
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> DataType.FLOAT;
      case INT32, INT64 -> shape.rank() > 2 ? pixels(name, ours) : ours;
      default -> pixels(name, ours);
    };
  }

  private DataType pixels(String name, DataType type) {
    notes.accept(
        "The input " + name + " takes " + type + " in the file; here floats of the same values.");
    if (type == DataType.UINT8 || type == DataType.INT8) {
      String kind = "INPUT (" + type.name().toLowerCase(Locale.ROOT) + ")";
      bytes.put(name, new LayerInfo(name, kind, name, false, 0));
    }
    return DataType.FLOAT;
  }
}
