package dev.picasso.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our tensors as ONNX Runtime's, and back. */
final class Tensors {
  private static final Pattern UNKNOWN_OPERATOR =
      Pattern.compile("In Node, \\(\"([^\"]*)\", ([^,]+),.*No Op registered for", Pattern.DOTALL);

  private Tensors() {}

  /** A handle on the tensor's own memory, without a copy. */
  static OnnxTensor toRuntime(OrtEnvironment environment, Tensor tensor) throws OrtException {
    return over(environment, tensor.bytes(), tensor.shape(), tensor.type());
  }

  /** A handle on memory of ours, without a copy. */
  static OnnxTensor over(OrtEnvironment environment, ByteBuffer bytes, Shape shape, DataType type)
      throws OrtException {
    return OnnxTensor.createTensor(environment, bytes, shape.dims(), javaType(type));
  }

  /** A copy of a result. */
  static Tensor fromRuntime(OnnxValue value) throws OrtException {
    if (!(value instanceof OnnxTensor tensor) || !(value.getInfo() instanceof TensorInfo info)) {
      throw new OrtException("an output is no tensor but " + value.getInfo());
    }
    DataType type = dataType(info);
    ByteBuffer bytes = tensor.getByteBuffer();
    return Tensor.of(type, Shape.of(info.getShape()), bytes.rewind());
  }

  private static DataType dataType(TensorInfo info) throws OrtException {
    String name = info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
    return Arrays.stream(DataType.values())
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new OrtException("an output holds " + info.onnxType));
  }

  private static OnnxJavaType javaType(DataType type) throws OrtException {
    return switch (type) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case BFLOAT16 -> OnnxJavaType.BFLOAT16;
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      case UINT16, UINT32, UINT64 ->
          throw new OrtException("tensors of " + type + " cannot be handed to ONNX Runtime");
    };
  }

  /** The runtime's message without its codes and source lines. */
  static String plain(OrtException e) {
    String message = String.valueOf(e.getMessage());
    Matcher unknown = UNKNOWN_OPERATOR.matcher(message);
    if (unknown.find()) {
      return "there is no operator "
          + unknown.group(2)
          + " in ONNX (node "
          + unknown.group(1)
          + "); Picasso runs standard operators only.";
    }
    return message
        .replaceFirst("^Error code - \\S+ - message: ", "")
        .lines()
        .findFirst()
        .orElse("");
  }
}
