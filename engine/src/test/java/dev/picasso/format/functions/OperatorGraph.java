package dev.picasso.format.functions;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A small frozen graph of TensorFlow, each node of it called as a function: placeholders x0, x1, …
 * are inputs with an open batch, nodes y, y1, … are outputs.
 */
final class OperatorGraph {
  private final GraphBuilder g = new GraphBuilder();
  private final Map<String, List<Argument>> results = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Functions functions = Functions.standard();

  private OperatorGraph() {}

  static Graph read(Path file, Map<String, Tensor> arrays) {
    OperatorGraph reader = new OperatorGraph();
    List<Value> outputs = new ArrayList<>();
    for (NodeDef node : parsed(file).getNodeList()) {
      List<Argument> made = reader.arguments(node, arrays);
      reader.results.put(node.getName(), made);
      if (node.getName().matches("y\\d*")) {
        LaidOut y = ((Argument.Tensor) made.get(0)).value();
        outputs.add(reader.g.named(y.logical(reader.g), node.getName()));
      }
    }
    return reader.g.build(outputs);
  }

  private static GraphDef parsed(Path file) {
    try {
      return GraphDef.parseFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Argument> arguments(NodeDef node, Map<String, Tensor> arrays) {
    if (node.getOp().equals("Placeholder")) {
      Tensor like = requireNonNull(arrays.get(node.getName()), node.getName());
      Shape shape = like.shape().with(0, Shape.BATCH);
      return List.of(
          new Argument.Tensor(LaidOut.asIs(g.input(node.getName(), like.type(), shape))));
    }
    if (node.getOp().equals("Const")) {
      return List.of(new Argument.Numbers(tensor(node.getAttrMap().get("value").getTensor())));
    }
    List<Argument> inputs =
        node.getInputList().stream().filter(i -> !i.startsWith("^")).map(this::result).toList();
    Map<String, Argument> attributes = new LinkedHashMap<>();
    node.getAttrMap()
        .forEach(
            (name, value) -> json(value).forEach(j -> attributes.put(name, new Argument.Plain(j))));
    return functions
        .call(g, site(node), "raw." + node.getOp(), new Inputs(inputs, attributes))
        .stream()
        .<Argument>map(Argument.Tensor::new)
        .toList();
  }

  private Argument result(String input) {
    String[] parts = input.split(":", -1);
    int i = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return requireNonNull(results.get(parts[0]), input).get(i);
  }

  private Site site(NodeDef node) {
    return new Site() {
      @Override
      public String kind() {
        return "raw." + node.getOp();
      }

      @Override
      public String path() {
        return node.getName();
      }

      @Override
      public void note(String sentence) {
        notes.add(sentence);
      }

      @Override
      public Value constant(GraphBuilder builder, String role, Tensor tensor) {
        return builder.constant(node.getName() + "/" + role, tensor);
      }
    };
  }

  /** Shapes are left out. */
  private static Stream<JsonNode> json(AttrValue value) {
    return switch (value.getValueCase()) {
      case S -> Stream.of(TextNode.valueOf(value.getS().toStringUtf8()));
      case I -> Stream.of(LongNode.valueOf(value.getI()));
      case F -> Stream.of(DoubleNode.valueOf(value.getF()));
      case B -> Stream.of(BooleanNode.valueOf(value.getB()));
      case TYPE -> Stream.of(TextNode.valueOf(value.getType().name()));
      case LIST -> Stream.of(list(value.getList()));
      default -> Stream.of();
    };
  }

  private static ArrayNode list(AttrValue.ListValue list) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    list.getSList().forEach(s -> array.add(s.toStringUtf8()));
    list.getIList().forEach(array::add);
    list.getFList().forEach(array::add);
    list.getBList().forEach(array::add);
    list.getTypeList().forEach(t -> array.add(t.name()));
    return array;
  }

  /** Floats stay such; whole numbers become INT64. */
  private static Tensor tensor(TensorProto proto) {
    long[] dims =
        proto.getTensorShape().getDimList().stream().mapToLong(d -> d.getSize()).toArray();
    DataType type =
        switch (proto.getDtype()) {
          case DT_FLOAT -> DataType.FLOAT;
          case DT_INT32 -> DataType.INT32;
          case DT_INT64 -> DataType.INT64;
          case DT_BOOL -> DataType.BOOL;
          default -> throw new IllegalArgumentException(proto.getDtype() + "");
        };
    Shape shape = Shape.of(dims);
    Tensor read = filled(proto, type, shape);
    return type == DataType.INT32 ? read.as(DataType.INT64) : read;
  }

  private static Tensor filled(TensorProto proto, DataType type, Shape shape) {
    if (!proto.getTensorContent().isEmpty()) {
      ByteBuffer bytes = Tensor.allocate(proto.getTensorContent().size());
      bytes.put(proto.getTensorContent().asReadOnlyByteBuffer());
      return Tensor.of(type, shape, bytes.flip());
    }
    int n = Math.toIntExact(shape.size());
    List<? extends Number> few =
        switch (type) {
          case FLOAT -> proto.getFloatValList();
          case INT32 -> proto.getIntValList();
          case INT64 -> proto.getInt64ValList();
          default -> proto.getBoolValList().stream().map(b -> b ? 1 : 0).toList();
        };
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = few.isEmpty() ? 0 : few.get(Math.min(i, few.size() - 1)).doubleValue();
    }
    if (type == DataType.FLOAT) {
      float[] floats = new float[n];
      for (int i = 0; i < n; i++) {
        floats[i] = (float) values[i];
      }
      return Tensor.of(floats, shape.dims());
    }
    long[] longs = java.util.stream.DoubleStream.of(values).mapToLong(v -> (long) v).toArray();
    return Tensor.of(longs, shape.dims()).as(type);
  }
}
