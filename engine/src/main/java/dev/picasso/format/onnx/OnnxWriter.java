package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.picasso.WholeFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a graph as an ONNX model of opset {@link Graph#OPSET}, IR version 10. */
public final class OnnxWriter {
  private static final long IR_VERSION = 10;

  /** Constants from this size on can lie outside the model's bytes. */
  private static final long LARGE = 1024;

  /** Protobuf messages end at 2 GB; weights of more than this go to a file beside the model. */
  private static final long INLINE_LIMIT = 1_900_000_000L;

  private OnnxWriter() {}

  /**
   * A model whose large constants are named in it but handed over beside it.
   *
   * @param model the bytes of the model
   * @param external the constants that the bytes refer to as external data
   */
  public record Split(ByteString model, Map<String, Tensor> external) {}

  /** A whole model in memory. */
  public static ModelProto model(Graph graph) {
    return model(graph, Map.of());
  }

  /** A model for a runtime in this process, which takes the large constants without a copy. */
  public static Split split(Graph graph) {
    Map<String, Tensor> external = new LinkedHashMap<>();
    Map<String, Location> locations = new LinkedHashMap<>();
    graph
        .constants()
        .forEach(
            (name, tensor) -> {
              long bytes = tensor.size() * tensor.type().bytes();
              if (bytes >= LARGE) {
                external.put(name, tensor);
                locations.put(name, new Location("memory", 0, bytes));
              }
            });
    return new Split(model(graph, locations).toByteString(), external);
  }

  /**
   * Writes a file; weights of more than 1.9 GB go to a second file beside it, named after it with
   * ".data".
   *
   * @throws dev.picasso.MachineException if the disk is full
   * @throws dev.picasso.PicassoException if a file cannot be written for another reason
   */
  public static void write(Graph graph, Path file) {
    long bytes =
        graph.constants().values().stream().mapToLong(t -> t.size() * t.type().bytes()).sum();
    if (bytes <= INLINE_LIMIT) {
      WholeFile.write(file, model(graph)::writeTo);
      return;
    }
    Path data = file.resolveSibling(file.getFileName() + ".data");
    Map<String, Location> locations = new LinkedHashMap<>();
    WholeFile.write(data, out -> writeLarge(graph, data, out, locations));
    WholeFile.write(file, model(graph, locations)::writeTo);
  }

  private static void writeLarge(
      Graph graph, Path data, OutputStream out, Map<String, Location> locations)
      throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    long at = 0;
    for (var entry : graph.constants().entrySet()) {
      ByteBuffer content = entry.getValue().bytes();
      if (content.remaining() >= LARGE) {
        String name = String.valueOf(data.getFileName());
        locations.put(entry.getKey(), new Location(name, at, content.remaining()));
        at += content.remaining();
        channel.write(content);
      }
    }
  }

  private record Location(String file, long offset, long length) {}

  private static ModelProto model(Graph graph, Map<String, Location> external) {
    GraphProto.Builder body = GraphProto.newBuilder().setName("picasso");
    graph.inputs().forEach(i -> body.addInput(valueInfo(i)));
    for (String output : graph.outputs()) {
      body.addOutput(
          graph
              .find(output)
              .map(OnnxWriter::valueInfo)
              .orElseGet(() -> ValueInfoProto.newBuilder().setName(output).build()));
    }
    graph.nodes().forEach(n -> body.addNode(node(n)));
    addShapes(graph, body);
    graph
        .constants()
        .forEach((name, tensor) -> body.addInitializer(constant(name, tensor, external)));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("picasso")
            .setGraph(body)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(Graph.OPSET));
    graph.nodes().stream()
        .map(Node::domain)
        .filter(d -> !d.isEmpty())
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new))
        .forEach(
            d -> model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(d).setVersion(1)));
    return model.build();
  }

  /**
   * What is known of the values between: a runtime cannot follow the batch through a reshape, and
   * fuses and reuses memory only where shapes are surely the same.
   */
  private static void addShapes(Graph graph, GraphProto.Builder body) {
    Set<String> outputs = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      node.outputs().stream()
          .filter(o -> !outputs.contains(o))
          .flatMap(o -> graph.find(o).stream())
          .forEach(v -> body.addValueInfo(valueInfo(v)));
    }
  }

  private static ValueInfoProto valueInfo(Value value) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long d : value.shape().dims()) {
      var dim = TensorShapeProto.Dimension.newBuilder();
      if (d >= 0) {
        dim.setDimValue(d);
      } else {
        dim.setDimParam(Shape.name(d));
      }
      shape.addDim(dim);
    }
    return ValueInfoProto.newBuilder()
        .setName(value.name())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(value.type().onnxCode())
                        .setShape(shape)))
        .build();
  }

  private static NodeProto node(Node node) {
    NodeProto.Builder proto =
        NodeProto.newBuilder()
            .setName(node.name())
            .setDomain(node.domain())
            .setOpType(node.op().equals("StopGradient") ? "Identity" : node.op())
            .addAllInput(node.inputs())
            .addAllOutput(node.outputs());
    node.attributes().asMap().forEach((name, value) -> proto.addAttribute(attribute(name, value)));
    return proto.build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long i) {
      proto.setType(AttributeProto.AttributeType.INT).setI(i);
    } else if (value instanceof Float f) {
      proto.setType(AttributeProto.AttributeType.FLOAT).setF(f);
    } else if (value instanceof String s) {
      proto.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(s));
    } else if (value instanceof Tensor t) {
      proto.setType(AttributeProto.AttributeType.TENSOR).setT(constant("", t, Map.of()));
    } else if (value instanceof List<?> list) {
      addAll(proto, name, list);
    } else {
      throw new IllegalArgumentException("attribute " + name + " has no form in ONNX");
    }
    return proto.build();
  }

  private static void addAll(AttributeProto.Builder proto, String name, List<?> list) {
    Object first = list.isEmpty() ? 0L : list.get(0);
    if (first instanceof Long) {
      proto.setType(AttributeProto.AttributeType.INTS);
      list.forEach(i -> proto.addInts((Long) i));
    } else if (first instanceof Float) {
      proto.setType(AttributeProto.AttributeType.FLOATS);
      list.forEach(f -> proto.addFloats((Float) f));
    } else if (first instanceof String) {
      proto.setType(AttributeProto.AttributeType.STRINGS);
      list.forEach(s -> proto.addStrings(ByteString.copyFromUtf8((String) s)));
    } else {
      throw new IllegalArgumentException("attribute " + name + " has no form in ONNX");
    }
  }

  private static TensorProto constant(String name, Tensor tensor, Map<String, Location> external) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(tensor.type().onnxCode());
    for (long d : tensor.shape().dims()) {
      proto.addDims(d);
    }
    Location location = external.get(name);
    if (location == null) {
      return proto.setRawData(ByteString.copyFrom(tensor.bytes())).build();
    }
    return proto
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location.file()))
        .addExternalData(entry("offset", Long.toString(location.offset())))
        .addExternalData(entry("length", Long.toString(location.length())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
