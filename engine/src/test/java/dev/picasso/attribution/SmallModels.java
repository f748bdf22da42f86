package dev.picasso.attribution;

import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** Models so small that everything about them is known, by way of a file as every other. */
public final class SmallModels {
  private SmallModels() {}

  /** A model of one input x and what the function makes of it. */
  public static Model of(Path folder, Shape x, BiFunction<GraphBuilder, Value, Value> layers)
      throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value y = layers.apply(g, g.input("x", DataType.FLOAT, x));
    return of(folder, g.build(y));
  }

  /** A model of a graph, with all its outputs. */
  public static Model of(Path folder, Graph graph) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(graph, file);
    return ModelLoader.standard().load(ModelRequest.of(file));
  }

  /** Scores x · w of images [N, channels, side, side]; w is [pixels, classes]. */
  public static Value linear(GraphBuilder g, Value x, float[] w, int classes) {
    long pixels = w.length / classes;
    Value flat = g.reshape(x, Shape.BATCH, pixels);
    return g.matMul(flat, g.constant("w", Tensor.of(w, pixels, classes)));
  }

  /** Values 0, 1, −2, 3, −4, … over n: all different, of both signs. */
  public static float[] zigzag(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (i % 2 == 0 ? -1f : 1f) * i / n;
    }
    return values;
  }
}
