package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.picasso.format.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The protobuf message of a model file, over a mapping of the file: large weights are used where
 * they lie, if they can be.
 */
final class OnnxFile {
  private OnnxFile() {}

  /**
   * Reads the message.
   *
   * @throws ModelException if the file cannot be read or holds no such message
   */
  static ModelProto parse(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new ModelException(
            path.getFileName()
                + ": is larger than 2 GB, which an ONNX file cannot be. Save its weights as"
                + " external data.");
      }
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      return CrookedWeights.read(parse(bytes), bytes, channel);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          path.getFileName() + ": is damaged, cut off, or no ONNX model. Copy or export it again.",
          e);
    } catch (IOException e) {
      throw new ModelException(path.getFileName() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static ModelProto parse(ByteBuffer bytes) throws IOException {
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
    CodedInputStream in = content.newCodedInput();
    in.enableAliasing(true);
    ModelProto model = ModelProto.parseFrom(in);
    in.checkLastTagWas(0);
    return model;
  }
}
