package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small ONNX models, written message by message. */
final class Models {
  private Models() {}

  static ModelProto.Builder model(int opset, GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(opset < 9 ? 3 : opset < 15 ? 7 : 8)
        .setProducerName("test")
        .setGraph(graph.setName("g"))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
  }

  static NodeProto.Builder node(String op, String inputs, String outputs) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName(op + "_" + outputs.split(",", -1)[0])
        .addAllInput(inputs.isEmpty() ? List.of() : List.of(inputs.split(",", -1)))
        .addAllOutput(List.of(outputs.split(",", -1)));
  }

  /** A dimension of −1 is open. */
  static ValueInfoProto value(String name, DataType type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long d : dims) {
      var dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(d < 0 ? dim.setDimParam("any" + -d) : dim.setDimValue(d));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.onnxCode()).setShape(shape)))
        .build();
  }

  static ValueInfoProto output(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  static TensorProto tensor(String name, Tensor tensor) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(tensor.type().onnxCode());
    for (long d : tensor.shape().dims()) {
      proto.addDims(d);
    }
    return proto.setRawData(ByteString.copyFrom(tensor.bytes())).build();
  }

  static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer i) {
      return proto.setType(AttributeProto.AttributeType.INT).setI(i).build();
    }
    if (value instanceof Double f) {
      return proto.setType(AttributeProto.AttributeType.FLOAT).setF(f.floatValue()).build();
    }
    if (value instanceof String s) {
      return proto
          .setType(AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(s))
          .build();
    }
    if (value instanceof long[] list) {
      proto.setType(AttributeProto.AttributeType.INTS);
      for (long i : list) {
        proto.addInts(i);
      }
      return proto.build();
    }
    if (value instanceof float[] list) {
      proto.setType(AttributeProto.AttributeType.FLOATS);
      for (float f : list) {
        proto.addFloats(f);
      }
      return proto.build();
    }
    if (value instanceof Tensor t) {
      return proto.setType(AttributeProto.AttributeType.TENSOR).setT(tensor("", t)).build();
    }
    if (value instanceof GraphProto g) {
      return proto.setType(AttributeProto.AttributeType.GRAPH).setG(g).build();
    }
    throw new IllegalArgumentException(name);
  }

  static Path write(Path folder, ModelProto.Builder model) {
    try {
      Path file = folder.resolve("model.onnx");
      Files.write(file, model.build().toByteArray());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
