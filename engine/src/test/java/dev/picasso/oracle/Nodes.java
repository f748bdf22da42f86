package dev.picasso.oracle;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef.ArgDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/** Graphs of a few nodes, as TensorFlow stores them, that a test writes down node by node. */
final class Nodes {
  private static final AttrValue FLOAT = type(DataType.DT_FLOAT);

  private final GraphDef.Builder graph =
      GraphDef.newBuilder().setVersions(VersionDef.newBuilder().setProducer(1087));

  /** A placeholder of floats; without dims its rank is not known. */
  Nodes input(String name, long... dims) {
    return node(name, "Placeholder", n -> n.putAttr("dtype", FLOAT).putAttr("shape", shape(dims)));
  }

  /** A placeholder of a truth. */
  Nodes truth(String name) {
    return node(name, "Placeholder", n -> n.putAttr("dtype", type(DataType.DT_BOOL)));
  }

  /** A constant of no axes, or of one. */
  Nodes floats(String name, List<String> controls, float... values) {
    return add(constant(name, controls, values));
  }

  Nodes bool(String name, boolean value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_BOOL)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addBoolVal(value)
            .build();
    return node(
        name,
        "Const",
        n ->
            n.putAttr("dtype", type(DataType.DT_BOOL))
                .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()));
  }

  /** A node whose attribute T, where it has one, is float. */
  Nodes node(String name, String op, String... inputs) {
    return add(of(name, op, FLOAT, inputs));
  }

  /** A node whose attribute T is bool. */
  Nodes truths(String name, String op, String... inputs) {
    return add(of(name, op, type(DataType.DT_BOOL), inputs));
  }

  /** A node with attributes of its own. */
  Nodes node(String name, String op, Consumer<NodeDef.Builder> more, String... inputs) {
    NodeDef.Builder node =
        NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    more.accept(node);
    return add(node.build());
  }

  Nodes add(NodeDef node) {
    graph.addNode(node);
    return this;
  }

  /** A function of floats in the graph's library; arguments and results in order, "name=tensor". */
  Nodes function(String name, List<String> arguments, List<String> results, List<NodeDef> body) {
    FunctionDef.Builder function = FunctionDef.newBuilder().addAllNodeDef(body);
    function.getSignatureBuilder().setName(name);
    arguments.forEach(a -> function.getSignatureBuilder().addInputArg(argument(a)));
    for (String result : results) {
      String[] sides = result.split("=", 2);
      function.getSignatureBuilder().addOutputArg(argument(sides[0]));
      function.putRet(sides[0], sides[1]);
    }
    graph.getLibraryBuilder().addFunction(function);
    return this;
  }

  private static ArgDef argument(String name) {
    return ArgDef.newBuilder().setName(name).setType(DataType.DT_FLOAT).build();
  }

  /** A call of a function of floats. */
  static NodeDef call(String name, String function, int results, String... inputs) {
    AttrValue.ListValue.Builder in = AttrValue.ListValue.newBuilder();
    AttrValue.ListValue.Builder out = AttrValue.ListValue.newBuilder();
    for (int i = 0; i < inputs.length; i++) {
      in.addType(DataType.DT_FLOAT);
    }
    for (int i = 0; i < results; i++) {
      out.addType(DataType.DT_FLOAT);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("PartitionedCall")
        .addAllInput(List.of(inputs))
        .putAttr("Tin", AttrValue.newBuilder().setList(in).build())
        .putAttr("Tout", AttrValue.newBuilder().setList(out).build())
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build())
        .build();
  }

  /** A node as functions hold them. */
  static NodeDef of(String name, String op, AttrValue type, String... inputs) {
    NodeDef.Builder node =
        NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    if (!op.equals("NoOp")) {
      node.putAttr("T", type);
    }
    if (op.equals("Merge")) {
      node.putAttr("N", AttrValue.newBuilder().setI(inputs.length).build());
    }
    return node.build();
  }

  static NodeDef of(String name, String op, String... inputs) {
    return of(name, op, FLOAT, inputs);
  }

  static NodeDef constant(String name, List<String> controls, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (values.length != 1) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length));
    }
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape)
            .setTensorContent(ByteString.copyFrom(bytes))
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .addAllInput(controls)
        .putAttr("dtype", FLOAT)
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  /** Says that what a node makes is of floats. */
  static void isFloat(NodeDef.Builder node) {
    node.putAttr("dtype", FLOAT);
    if (node.getOp().equals("VariableV2")) {
      node.putAttr("shape", scalar());
    }
  }

  /** A shape without axes. */
  static AttrValue scalar() {
    return AttrValue.newBuilder().setShape(TensorShapeProto.getDefaultInstance()).build();
  }

  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue shape(long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (dims.length == 0) {
      shape.setUnknownRank(true);
    }
    for (long dim : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    return AttrValue.newBuilder().setShape(shape).build();
  }

  /** Writes a SavedModel without variables; inputs and outputs are tensors by their names. */
  Path writeSaved(Path folder, Map<String, String> inputs, Map<String, String> outputs)
      throws IOException {
    SignatureDef.Builder signature = SignatureDef.newBuilder();
    inputs.forEach((name, tensor) -> signature.putInputs(name, floats(tensor)));
    outputs.forEach((name, tensor) -> signature.putOutputs(name, floats(tensor)));
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder().setGraphDef(graph);
    meta.getMetaInfoDefBuilder().addTags("serve");
    meta.putSignatureDef("serving_default", signature.build());
    Files.write(
        folder.resolve("saved_model.pb"),
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(1)
            .addMetaGraphs(meta)
            .build()
            .toByteArray());
    return folder;
  }

  private static TensorInfo floats(String tensor) {
    return TensorInfo.newBuilder().setName(tensor).setDtype(DataType.DT_FLOAT).build();
  }

  /** Writes the graph to a file of a folder. */
  Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("graph.pb"), graph.build().toByteArray());
  }
}
