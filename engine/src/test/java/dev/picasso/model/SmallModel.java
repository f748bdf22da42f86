package dev.picasso.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** ONNX files of a few numbers. */
public final class SmallModel {
  private SmallModel() {}

  /** A softmax of so many classes over images of 2 × 2 pixels in colour. */
  public static Path write(Path file, int classes) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("image", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 2, 2));
    float[] weights = new float[12 * classes];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 7) / 7f;
    }
    Value scores =
        g.matMul(g.reshape(x, Shape.BATCH, 12), g.constant("w", Tensor.of(weights, 12, classes)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    OnnxWriter.write(g.build(g.named(g.softmax(scores, 1), "y")), file);
    return file;
  }

  /** The same with words about itself. */
  public static Path write(Path file, int classes, Map<String, String> metadata)
      throws IOException {
    ModelProto.Builder model =
        ModelProto.parseFrom(Files.readAllBytes(write(file, classes))).toBuilder();
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return Files.write(file, model.build().toByteArray());
  }

  /**
   * The same with its weight in another file.
   *
   * @param location what the model calls that file
   * @param data where it lies
   */
  public static Path writeWithData(Path file, int classes, String location, Path data)
      throws IOException {
    ModelProto.Builder model =
        ModelProto.parseFrom(Files.readAllBytes(write(file, classes))).toBuilder();
    for (TensorProto.Builder w : model.getGraphBuilder().getInitializerBuilderList()) {
      if (w.getName().equals("w")) {
        Files.createDirectories(data.toAbsolutePath().getParent());
        Files.write(data, w.getRawData().toByteArray());
        w.clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location));
      }
    }
    return Files.write(file, model.build().toByteArray());
  }
}
