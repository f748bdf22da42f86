package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import java.util.Collection;

/** {@code AttributeProto} to {@link Attributes}. */
final class AttributeReader {
  private final TensorReader tensors;

  AttributeReader(TensorReader tensors) {
    this.tensors = tensors;
  }

  /**
   * All attributes of a node.
   *
   * @throws ModelException for kinds that only operators have which Picasso does not run
   */
  Attributes read(Collection<AttributeProto> protos) {
    Attributes attributes = Attributes.none();
    for (AttributeProto proto : protos) {
      attributes = attributes.with(proto.getName(), value(proto));
    }
    return attributes;
  }

  private Object value(AttributeProto proto) {
    AttributeType kind = kind(proto);
    return switch (kind) {
      case FLOAT -> proto.getF();
      case INT -> proto.getI();
      case STRING -> proto.getS().toStringUtf8();
      case TENSOR -> tensors.read(proto.getT());
      case FLOATS -> proto.getFloatsList();
      case INTS -> proto.getIntsList();
      case STRINGS -> proto.getStringsList().stream().map(ByteString::toStringUtf8).toList();
      default ->
          throw new ModelException(
              "its attribute " + proto.getName() + " is of the kind " + kind.name());
    };
  }

  /** Files of the first IR versions do not say which field of the attribute counts. */
  private static AttributeType kind(AttributeProto proto) {
    if (proto.getType() != AttributeType.UNDEFINED) {
      return proto.getType();
    }
    if (proto.hasF()) {
      return AttributeType.FLOAT;
    }
    if (proto.hasS()) {
      return AttributeType.STRING;
    }
    if (proto.hasT()) {
      return AttributeType.TENSOR;
    }
    if (proto.getFloatsCount() > 0) {
      return AttributeType.FLOATS;
    }
    if (proto.getIntsCount() > 0) {
      return AttributeType.INTS;
    }
    if (proto.getStringsCount() > 0) {
      return AttributeType.STRINGS;
    }
    return AttributeType.INT;
  }
}
