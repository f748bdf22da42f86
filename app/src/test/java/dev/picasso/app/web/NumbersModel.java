package dev.picasso.app.web;

import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.file.Path;

/**
 * Regressions of 4×4 pixels without activation: nothing in the file tells them from classifiers.
 */
public final class NumbersModel {
  private NumbersModel() {}

  /** Three numbers: one, two and three times the means of red, green and blue, less one. */
  public static Path three(Path file) {
    GraphBuilder g = new GraphBuilder();
    Value scaled = g.mul(means(g), g.constant(Tensor.of(new float[] {1, 2, 3}, 3)));
    OnnxWriter.write(g.build(g.sub(scaled, g.constant(Tensor.of(new float[] {1}, 1)))), file);
    return file;
  }

  /** One number: 40 times the mean of all. */
  public static Path one(Path file) {
    GraphBuilder g = new GraphBuilder();
    Value mean = g.mean(means(g), true, 1);
    OnnxWriter.write(g.build(g.mul(mean, g.constant(Tensor.of(new float[] {40}, 1)))), file);
    return file;
  }

  private static Value means(GraphBuilder g) {
    return g.mean(g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3)), false, 1, 2);
  }
}
