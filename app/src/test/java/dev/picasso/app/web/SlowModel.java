package dev.picasso.app.web;

import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.file.Path;

/** Small files of 4×4 pixels that take longer than anybody waits, and can be stopped. */
public final class SlowModel {
  private static final int SIDE = 1536;
  private static final int PRODUCTS = 400;

  private SlowModel() {}

  /** A file whose constant part takes long to be computed, so that it is not loaded for a while. */
  public static Path toLoad(Path file) {
    int side = 1024;
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3));
    Value square =
        g.mul(
            g.constant(Tensor.of(new float[side], side, 1)),
            g.constant(Tensor.of(new float[side], 1, side)));
    for (int i = 0; i < 4000; i++) {
      square = g.matMul(square, square);
    }
    OnnxWriter.write(
        g.build(g.softmax(g.add(g.mean(x, false, 1, 2), g.mean(square, false, 0, 1)), 1)), file);
    return file;
  }

  /** A file that computes long for each image. */
  public static Path write(Path file) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3));
    Value column = g.constant(Tensor.of(new float[SIDE], 1, 1, SIDE, 1));
    Value row = g.constant(Tensor.of(new float[SIDE], 1, 1, 1, SIDE));
    Value square = g.mul(g.mul(g.mean(x, true, 1, 2, 3), column), row);
    for (int i = 0; i < PRODUCTS; i++) {
      square = g.matMul(square, square);
    }
    Value none = g.mean(square, false, 2, 3); // [N, 1]
    OnnxWriter.write(g.build(g.softmax(g.add(g.mean(x, false, 1, 2), none), 1)), file);
    return file;
  }
}
