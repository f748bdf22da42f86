package dev.picasso.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportOptions;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
  private static final Tensor NEGATIVE = Tensor.of(new float[] {-1, -2, -3, -4}, 1, 1, 2, 2);

  @TempDir Path folder;

  private static Graph paddedMaximum() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1, 2, 2));
    Attributes window =
        Attributes.of("kernel_shape", new long[] {3, 3}).with("strides", new long[] {3, 3});
    return g.build(g.named(g.op("MaxPool", window, g.pad(x, 0, 0, 1, 1, 0, 0, 1, 1)), "largest"));
  }

  private Path write(Graph graph) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(graph, file);
    return file;
  }

  /** A runtime with its usual optimizations must not take zeros for a maximum's own padding. */
  @Test
  void zerosBeforeAMaximumSurviveTheOptimizerOfAnyRuntime() throws IOException {
    Path file = write(paddedMaximum());

    float[] largest = BareRuntime.run(file, Map.of("x", NEGATIVE)).get("largest").floats();
    assertThat(largest).hasSize(1);
    assertThat(Math.abs(largest[0])).isEqualTo(0f);
  }

  @Test
  void whatIsWrittenIsReadBackAsTheSameGraph() throws IOException {
    Graph graph = paddedMaximum();

    Graph read = new OnnxFormat(new OneOff()).read(write(graph), ImportOptions.none()).graph();

    assertThat(read.inputs()).isEqualTo(graph.inputs());
    assertThat(read.outputs()).isEqualTo(graph.outputs());
    assertThat(read.nodes()).isEqualTo(graph.nodes());
    assertThat(read.value("largest").shape()).isEqualTo(graph.value("largest").shape());
  }
}
