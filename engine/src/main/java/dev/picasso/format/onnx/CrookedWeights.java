package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights of a mapped file that begin at no multiple of their elements' size, so that they cannot
 * be used where they lie. Copied out of the mapping they would be in memory twice, since the pages
 * that were looked at stay with the process; so they are read from the file instead.
 */
final class CrookedWeights {
  /** Nowhere: the tensor has its numbers in another way. */
  private static final long NONE = -1;

  private CrookedWeights() {}

  /**
   * The same model, the large ones of such weights in memory of their own.
   *
   * @param file the bytes that the model was parsed from
   */
  static ModelProto read(ModelProto model, ByteBuffer file, FileChannel channel)
      throws IOException {
    List<Long> places = places(CodedInputStream.newInstance(file.duplicate()));
    List<TensorProto> weights = model.getGraph().getInitializerList();
    if (places.size() != weights.size()) {
      return model;
    }
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < places.size(); i++) {
      if (isCrooked(weights.get(i), places.get(i))) {
        graph.setInitializer(i, apart(weights.get(i), places.get(i), channel));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static boolean isCrooked(TensorProto weight, long place) {
    long unit = DataType.ofOnnxCode(weight.getDataType()).map(DataType::bytes).orElse(1);
    return place != NONE
        && weight.hasRawData()
        && weight.getRawData().size() >= TensorReader.LARGE
        && place % unit != 0;
  }

  private static TensorProto apart(TensorProto weight, long place, FileChannel channel)
      throws IOException {
    ByteBuffer bytes = Tensor.allocate(weight.getRawData().size());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, place + bytes.position()) < 0) {
        throw new ModelException("The file became shorter while it was read.");
      }
    }
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes.flip());
    return weight.toBuilder().setRawData(content).build();
  }

  /** Where the raw bytes of each of the graph's initializers begin, in their order. */
  private static List<Long> places(CodedInputStream in) throws IOException {
    List<Long> places = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isPart(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
        int outer = in.pushLimit(in.readRawVarint32());
        addPlaces(in, places);
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
    return places;
  }

  private static void addPlaces(CodedInputStream in, List<Long> places) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isPart(tag, GraphProto.INITIALIZER_FIELD_NUMBER)) {
        int outer = in.pushLimit(in.readRawVarint32());
        places.add(place(in));
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  private static long place(CodedInputStream in) throws IOException {
    long place = NONE;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isPart(tag, TensorProto.RAW_DATA_FIELD_NUMBER)) {
        int length = in.readRawVarint32();
        place = in.getTotalBytesRead();
        in.skipRawBytes(length);
      } else {
        in.skipField(tag);
      }
    }
    return place;
  }

  private static boolean isPart(int tag, int field) {
    return WireFormat.getTagFieldNumber(tag) == field
        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
