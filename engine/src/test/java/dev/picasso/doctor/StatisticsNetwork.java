package dev.picasso.doctor;

import dev.picasso.Stop;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.DecodedImage;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Networks with random filters, 3 x 16 x 16, whose normalizations have kept what they saw of
 * pictures that were scaled in some way, as if they had been trained so.
 */
final class StatisticsNetwork {
  static final int SIDE = 16;
  private static final int FILTERS = 12;

  private StatisticsNetwork() {}

  /** Pictures of coloured patches, from dark to bright. */
  static List<DecodedImage> pictures(int count) {
    List<DecodedImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(picture(60 + 130. * i / Math.max(1, count - 1), new Random(i)));
    }
    return pictures;
  }

  private static DecodedImage picture(double middle, Random random) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    double[] patches = random.doubles(3 * 16, -60, 60).toArray();
    for (int p = 0; p < SIDE * SIDE; p++) {
      int patch = p / SIDE / 4 * 4 + p % SIDE / 4;
      for (int c = 0; c < 3; c++) {
        double s = middle + patches[3 * patch + c] + 6 * random.nextGaussian();
        rgb[3 * p + c] = (byte) Math.round(Math.max(0, Math.min(255, s)));
      }
    }
    return DecodedImage.of("picture", SIDE, SIDE, rgb);
  }

  /**
   * Two convolutions with their normalizations.
   *
   * @param seen what a sample from 0 to 255 became in training
   * @param spoiled what the variance of half of the channels is multiplied with, and divided by of
   *     the others; 1 for what was seen
   * @param end makes the output of the input and of the last features
   */
  static Graph of(List<DecodedImage> pictures, DoubleUnaryOperator seen, double spoiled, End end) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, SIDE, SIDE));
    Value features = x;
    for (int layer = 0; layer < 2; layer++) {
      int channels = layer == 0 ? 3 : FILTERS;
      Value conv =
          g.conv(
              features, g.constant(filters(channels, layer)), Optional.empty(), Attributes.none());
      float[][] moments = moments(g.build(conv), pictures, seen);
      for (int c = 0; c < FILTERS; c++) {
        moments[1][c] *= (float) (c % 2 == 0 ? spoiled : 1 / spoiled);
      }
      features =
          g.relu(
              g.op(
                  "BatchNormalization",
                  Attributes.of("epsilon", 1e-5),
                  conv,
                  g.constant(same(1)),
                  g.constant(same(0)),
                  g.constant(Tensor.of(moments[0], FILTERS)),
                  g.constant(Tensor.of(moments[1], FILTERS))));
    }
    return g.build(end.of(g, x, features));
  }

  /** Makes an output. */
  interface End {
    Value of(GraphBuilder g, Value x, Value features);
  }

  private static Tensor same(float number) {
    float[] numbers = new float[FILTERS];
    Arrays.fill(numbers, number);
    return Tensor.of(numbers, FILTERS);
  }

  private static Tensor filters(int channels, int seed) {
    float[] weights = new float[FILTERS * channels * 9];
    Random random = new Random(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(9. * channels)) + .03f;
    }
    return Tensor.of(weights, FILTERS, channels, 3, 3);
  }

  private static float[][] moments(
      Graph graph, List<DecodedImage> pictures, DoubleUnaryOperator seen) {
    double[] sum = new double[FILTERS];
    double[] squares = new double[FILTERS];
    int places = 0;
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      for (DecodedImage picture : pictures) {
        float[] out =
            compiled
                .run(Map.of("x", tensor(picture, seen)), new Stop())
                .values()
                .iterator()
                .next()
                .floats();
        places = out.length / FILTERS;
        for (int i = 0; i < out.length; i++) {
          sum[i / places] += out[i];
          squares[i / places] += (double) out[i] * out[i];
        }
      }
    }
    float[][] moments = new float[2][FILTERS];
    for (int c = 0; c < FILTERS; c++) {
      double n = (double) places * pictures.size();
      moments[0][c] = (float) (sum[c] / n);
      moments[1][c] = (float) (squares[c] / n - sum[c] / n * sum[c] / n);
    }
    return moments;
  }

  private static Tensor tensor(DecodedImage picture, DoubleUnaryOperator seen) {
    float[] x = new float[3 * SIDE * SIDE];
    float[] row = new float[3 * SIDE];
    for (int y = 0; y < SIDE; y++) {
      picture.row(y, row);
      for (int i = 0; i < row.length; i++) {
        x[i % 3 * SIDE * SIDE + y * SIDE + i / 3] = (float) seen.applyAsDouble(row[i]);
      }
    }
    return Tensor.of(x, 1, 3, SIDE, SIDE);
  }
}
