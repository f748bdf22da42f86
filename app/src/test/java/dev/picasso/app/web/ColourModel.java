package dev.picasso.app.web;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model of 4×4 pixels that tells which colour there is most of: softmax of 5 times the means. */
public final class ColourModel {
  private ColourModel() {}

  public static Path write(Path file) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3));
    Value scores = g.mul(g.mean(x, false, 1, 2), g.constant(Tensor.of(new float[] {5}, 1)));
    OnnxWriter.write(g.build(g.softmax(scores, 1)), file);
    return file;
  }

  static ConfiguredModel configured(String id, Path file, List<Path> samples) {
    return new ConfiguredModel(
        new ModelRequest(
            id,
            "Which colour?",
            file,
            Optional.empty(),
            ImportOptions.none(),
            List.of("red", "green", "blue")),
        PreprocessingSettings.none(),
        3,
        samples);
  }
}
