package dev.picasso.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CompiledGraphTest {
  @Test
  void aConvolutionWithLargeConstantsGivesItsSums() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 8, 8));
    float[] ones = new float[16 * 3 * 3 * 3];
    java.util.Arrays.fill(ones, 1);
    var w = g.constant("w", Tensor.of(ones, 16, 3, 3, 3));
    var y = g.conv(x, w, Optional.empty(), Attributes.of("pads", new long[] {1, 1, 1, 1}));
    Graph graph = g.build(y);
    float[] input = new float[2 * 3 * 64];
    java.util.Arrays.fill(input, 2);
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      Tensor result = compiled.run(Map.of("x", Tensor.of(input, 2, 3, 8, 8))).get(y.name());
      assertThat(result.shape()).isEqualTo(Shape.of(2, 16, 8, 8));
      assertThat(result.floats()[9]).isEqualTo(54f);
      assertThat(result.floats()[0]).isEqualTo(24f);
    }
  }

  @Test
  void booleansAndIntegersComeBackAsSuch() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.INT64, Shape.of(2));
    var y = g.less(x, g.longs(3, 3));
    try (CompiledGraph compiled = CompiledGraph.of(g.build(y, x), RuntimeOptions.defaults())) {
      var out = compiled.run(Map.of("x", Tensor.longs(2, 5)));
      assertThat(out.get(y.name()).type()).isEqualTo(DataType.BOOL);
      assertThat(out.get(y.name()).floats()).containsExactly(1f, 0f);
      assertThat(out.get("x").longs()).containsExactly(2, 5);
    }
  }

  @Test
  void aRunThatWouldTakeMinutesEndsWhenAskedTo() throws Exception {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(1024, 1024));
    var y = x;
    for (int i = 0; i < 3000; i++) {
      y = g.matMul(y, x);
    }
    Stop stop = new Stop();
    ExecutorService other = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    try (CompiledGraph compiled =
        CompiledGraph.of(g.build(y), RuntimeOptions.defaults().withoutOptimization())) {
      Map<String, Tensor> input = Map.of("x", Tensor.of(new float[1 << 20], 1024, 1024));
      Future<?> run =
          other.submit(
              () -> {
                begun.countDown();
                return compiled.run(input, stop);
              });
      begun.await();
      stop.request();
      assertThatThrownBy(run::get).hasCauseInstanceOf(StoppedException.class);
      assertThatThrownBy(() -> compiled.run(input, stop)).isInstanceOf(StoppedException.class);
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void closingWaitsForRunsAndLaterOnesAreRefused() throws Exception {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 256));
    var w = g.constant("w", Tensor.of(new float[256 * 256], 256, 256));
    var y = g.matMul(g.matMul(x, w), w);
    CompiledGraph compiled = CompiledGraph.of(g.build(y), RuntimeOptions.defaults());
    Map<String, Tensor> images = Map.of("x", Tensor.of(new float[64 * 256], 64, 256));
    CountDownLatch running = new CountDownLatch(3);
    Callable<String> runs =
        () -> {
          try {
            compiled.run(images);
            running.countDown();
            while (true) {
              compiled.run(images);
            }
          } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> ends =
          List.of(threads.submit(runs), threads.submit(runs), threads.submit(runs));
      running.await();
      compiled.close();
      compiled.close();
      for (Future<String> end : ends) {
        assertThat(end.get()).isEqualTo("the model has been closed");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anInputOfTheWrongShapeIsRefusedInWords() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3));
    try (CompiledGraph compiled = CompiledGraph.of(g.build(g.relu(x)), RuntimeOptions.defaults())) {
      assertThatThrownBy(() -> compiled.run(Map.of("x", Tensor.of(new float[4], 2, 2))))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("x");
    }
  }

  /** A Pad around all axes before a MaxPool, as files have it: zeros are larger than negatives. */
  @Test
  void zerosAroundNegativeActivationsWinAMaximum() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1, 2, 2));
    var padded = g.op("Pad", x, g.longs(0, 0, 1, 1, 0, 0, 1, 1));
    Attributes window = Attributes.of("kernel_shape", new long[] {3, 3});
    Graph graph = g.build(g.op("MaxPool", window.with("strides", new long[] {3, 3}), padded));
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      Tensor negative = Tensor.of(new float[] {-1, -2, -3, -4}, 1, 1, 2, 2);
      var out = compiled.run(Map.of("x", negative));
      assertThat(out.get(graph.outputs().get(0)).floats()).containsExactly(0f);
    }
  }

  /** Such a matrix is handed over at every run, which must not show. */
  @Test
  void aMatrixOf64MegabytesGivesItsProduct() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4096));
    float[] numbers = new float[4096 * 4096];
    for (int i = 0; i < 4096; i++) {
      numbers[i * 4096 + (i + 1) % 4096] = 3;
    }
    var w = g.constant("w", Tensor.of(numbers, 4096, 4096));
    var y = g.op("Gemm", x, w);
    var back = g.op("Gemm", Attributes.of("transB", 1), y, w);
    float[] input = new float[4096];
    input[4095] = 2;
    Graph graph = g.build(y, back);
    assertThat(HugeMatrices.of(graph).matrices()).containsOnlyKeys("w");
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      for (int run = 0; run < 2; run++) {
        var out = compiled.run(Map.of("x", Tensor.of(input, 1, 4096)));
        assertThat(out).containsOnlyKeys(y.name(), back.name());
        assertThat(out.get(y.name()).floats()[0]).isEqualTo(6f);
        assertThat(out.get(back.name()).floats()[4095]).isEqualTo(18f);
      }
    }
  }

  @Test
  void aMatrixThatIsReadOtherwiseTooStaysAConstant() {
    GraphBuilder g = new GraphBuilder();
    var x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4096));
    var w = g.constant("w", Tensor.of(new float[4096 * 4096], 4096, 4096));
    Graph graph = g.build(g.op("Gemm", x, w), g.relu(w));
    assertThat(HugeMatrices.of(graph).matrices()).isEmpty();
    assertThat(HugeMatrices.of(graph).graph()).isSameAs(graph);
  }
}
