package dev.picasso.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the steps before the first convolution tell, as exporters write them. */
class GraphEvidenceTest {
  private static final Shape FIRST = Shape.of(Shape.BATCH, 3, 8, 8);
  private static final Shape LAST = Shape.of(Shape.BATCH, 8, 8, 3);
  private static final Shape GREY = Shape.of(Shape.BATCH, 8, 8, 1);
  private static final Shape FLAT = Shape.of(Shape.BATCH, 64);

  /** What a model does first; what it makes has channels at axis 1. */
  private interface Steps extends BiFunction<GraphBuilder, Value, Value> {}

  private static Arguments model(
      String name, Shape input, Steps steps, String range, String order, String reason) {
    return Arguments.of(name, input, steps, range, order, reason);
  }

  static Stream<Arguments> models() {
    return Stream.of(constants(), layers(), colours(), nothing()).flatMap(s -> s);
  }

  private static Stream<Arguments> constants() {
    return Stream.of(
        model(
            "MATLAB: an image of means",
            FIRST,
            (g, x) -> g.sub(x, image(g, 120, 115, 101)),
            "0 to 255",
            "",
            "The model subtracts 120, 115, 101 from the pixels"),
        model(
            "Custom Vision: dark means",
            LAST,
            (g, x) -> turned(g, g.sub(x, g.constant(Tensor.of(new float[] {33, 41, 52}, 3)))),
            "0 to 255",
            "",
            "The model subtracts 33, 41, 52 from the pixels"),
        model(
            "Keras, tf: TrueDivide and Sub",
            LAST,
            (g, x) -> turned(g, g.add(g.div(x, 127.5), -1)),
            "0 to 255",
            "",
            "The model subtracts 127.5 from the pixels and divides them by 127.5"),
        model(
            "PyTorch: Div 255, Sub mean, Div std",
            FIRST,
            (g, x) ->
                g.div(g.sub(g.div(x, 255), axis1(g, .485, .456, .406)), axis1(g, .229, .224, .225)),
            "0 to 255",
            "red",
            "The model subtracts 123.7, 116.3, 103.5 from the pixels and divides them by 58.4,"
                + " 57.12, 57.37"),
        model(
            "PyTorch: Sub mean, Div std",
            FIRST,
            (g, x) -> g.div(g.sub(x, axis1(g, .485, .456, .406)), axis1(g, .229, .224, .225)),
            "0 to 1",
            "red",
            "The model subtracts 0.485, 0.456, 0.406 from the pixels and divides them by 0.229,"
                + " 0.224, 0.225"),
        model(
            "MNIST's mean",
            GREY,
            (g, x) -> turned(g, g.div(g.add(x, -.1307), .3081)),
            "0 to 1",
            "",
            "The model subtracts 0.1307 from the pixels and divides them by 0.3081"),
        model(
            "Mul 1/255 behind a transpose",
            LAST,
            (g, x) -> g.mul(turned(g, x), 1 / 255.),
            "0 to 255",
            "",
            "The model divides pixels by 255"),
        model(
            "2x − 1",
            FIRST,
            (g, x) -> g.add(g.mul(x, 2), -1),
            "0 to 1",
            "",
            "The model subtracts 0.5 from the pixels and divides them by 0.5"),
        model(
            "(x + 1) / 2",
            FIRST,
            (g, x) -> g.div(g.add(x, 1), 2),
            "-1 to 1",
            "",
            "The model adds 1 to the pixels and divides them by 2"),
        model(
            "1 − x",
            FIRST,
            (g, x) -> g.sub(g.constant(Tensor.scalar(1f)), x),
            "0 to 1",
            "",
            "The model subtracts the pixels from 1"),
        model(
            "MNIST with a mean of each pixel, flat",
            FLAT,
            (g, x) -> g.reshape(g.div(g.sub(x, flat(g, 33)), 78), -1, 1, 8, 8),
            "0 to 255",
            "",
            "The model subtracts 33 from the pixels and divides them by 78"),
        model(
            "an input of float16 that is cast",
            FIRST,
            (g, x) -> g.div(g.cast(x, DataType.FLOAT), 255),
            "0 to 255",
            "",
            "The model divides pixels by 255"));
  }

  private static Stream<Arguments> layers() {
    return Stream.of(
        model(
            "batch normalization of bytes",
            FIRST,
            (g, x) -> norm(g, x, new double[] {120, 125, 118}, new double[] {4100, 4500, 4900}),
            "0 to 255",
            "",
            "The model begins with a batch normalization of pixels of mean 120, 125, 118"),
        model(
            "batch normalization of 0..1",
            LAST,
            (g, x) ->
                norm(g, turned(g, x), new double[] {.45, .44, .4}, new double[] {.06, .06, .07}),
            "0 to 1",
            "",
            "The model begins with a batch normalization of pixels of mean 0.45, 0.44, 0.4"),
        model(
            "batch normalization of −1..1",
            FIRST,
            (g, x) -> norm(g, x, new double[] {-.1, .02, -.2}, new double[] {.3, .25, .27}),
            "-1 to 1",
            "",
            "The model begins with a batch normalization of pixels of mean -0.1, 0.02, -0.2"),
        model(
            "Rescaling before a batch normalization",
            FIRST,
            (g, x) ->
                norm(
                    g, g.mul(x, 1 / 255.), new double[] {.4, .4, .4}, new double[] {.06, .06, .06}),
            "0 to 255",
            "",
            "The model divides pixels by 255"),
        model(
            "a Rescaling folded into the kernel",
            FIRST,
            (g, x) -> conv(g, x, 3, .3 / 255),
            "0 to 255",
            "",
            "The model's first convolution has no weight above 0.002"),
        model(
            "a convolution of each channel alone",
            FIRST,
            (g, x) ->
                g.conv(
                    x,
                    g.constant(Tensor.of(new float[] {1, 1, 1}, 3, 1, 1, 1)),
                    Optional.of(g.constant(Tensor.of(new float[] {-104, -117, -123}, 3))),
                    Attributes.of("group", 3L)),
            "0 to 255",
            "blue",
            "The model subtracts 104, 117, 123 from the pixels"));
  }

  private static Stream<Arguments> colours() {
    return Stream.of(
        model(
            "Keras, caffe: channels turned, then BiasAdd",
            LAST,
            (g, x) ->
                turned(
                    g,
                    g.add(
                        g.slice(x, 3, -1, Integer.MIN_VALUE, -1),
                        g.constant(Tensor.of(new float[] {-103.939f, -116.779f, -123.68f}, 3)))),
            "0 to 255",
            "red",
            "The model subtracts 123.7, 116.8, 103.9 from the pixels"),
        model(
            "the same without turning them",
            LAST,
            (g, x) ->
                turned(
                    g,
                    g.sub(x, g.constant(Tensor.of(new float[] {103.939f, 116.779f, 123.68f}, 3)))),
            "0 to 255",
            "blue",
            "The model subtracts 103.9, 116.8, 123.7 from the pixels"),
        model(
            "times 255, split, means off, joined the other way round",
            LAST,
            (g, x) -> turned(g, splitAndJoined(g, g.mul(x, 255))),
            "0 to 1",
            "red",
            "The model subtracts 0.485, 0.458, 0.4076 from the pixels and multiplies them by 255"),
        model(
            "channels picked by their numbers",
            FIRST,
            (g, x) ->
                g.sub(
                    g.gather(x, g.constant(Tensor.longs(2, 1, 0)), 1),
                    axis1(g, 103.939, 116.779, 123.68)),
            "0 to 255",
            "red",
            "The model subtracts 123.7, 116.8, 103.9 from the pixels"),
        model(
            "OpenCV's order in 0..1",
            FIRST,
            (g, x) -> g.div(g.sub(x, axis1(g, .406, .456, .485)), axis1(g, .225, .224, .229)),
            "0 to 1",
            "blue",
            "The model subtracts 0.406, 0.456, 0.485 from the pixels and divides them by 0.225,"
                + " 0.224, 0.229"));
  }

  private static Stream<Arguments> nothing() {
    return Stream.of(
        model("nothing", FIRST, (g, x) -> x, "", "", ""),
        model("a small step", FIRST, (g, x) -> g.add(g.mul(x, 1.1), .01), "", "", ""),
        model(
            "an untrained batch normalization",
            FIRST,
            (g, x) -> norm(g, x, new double[] {0, 0, 0}, new double[] {1, 1, 1}),
            "",
            "",
            ""),
        model(
            "a batch normalization of standardized pixels",
            FIRST,
            (g, x) -> norm(g, x, new double[] {.02, -.03, .01}, new double[] {1.1, 1, 1.05}),
            "",
            "",
            ""),
        model("sixteen bits", FIRST, (g, x) -> g.div(x, 65_535), "", "", ""),
        model(
            "each image by its own mean",
            FIRST,
            (g, x) -> g.sub(x, g.mean(x, true, 1, 2, 3)),
            "",
            "",
            ""),
        model(
            "a kernel of one number everywhere",
            FIRST,
            (g, x) ->
                g.conv(
                    x, g.constant(filled(1e-4, 4, 3, 3, 3)), Optional.empty(), Attributes.none()),
            "",
            "",
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void firstStepsTellTheRangeAndTheOrder(
      String name, Shape input, Steps steps, String range, String order, String reason) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, input);
    Value pixels = steps.apply(g, x);
    Graph graph = g.build(g.relu(conv(g, pixels, pixels.dim(1), .3)));
    InputSpec spec = InputSpec.of(graph, graph.inputs().get(0)).orElseThrow();

    PixelEvidence found = GraphEvidence.of(graph, spec);

    assertThat(found.range().map(PixelRange::toString).orElse("")).isEqualTo(range);
    assertThat(found.order().map(o -> o.blueFirst() ? "blue" : "red").orElse("")).isEqualTo(order);
    assertThat(found.reason()).startsWith(reason);
    assertThat(found.reason().isEmpty()).isEqualTo(range.isEmpty());
  }

  private static Value turned(GraphBuilder g, Value x) {
    return g.transpose(x, 0, 3, 1, 2);
  }

  private static Value axis1(GraphBuilder g, double... values) {
    return g.constant(Tensor.of(floats(values), 1, values.length, 1, 1));
  }

  /** Means that are not the same at every place, as of a data set's images. */
  private static Value image(GraphBuilder g, double... means) {
    float[] values = new float[means.length * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) means[i / 64] + (i % 2 == 0 ? 10 : -10);
    }
    return g.constant(Tensor.of(values, 1, means.length, 8, 8));
  }

  private static Value flat(GraphBuilder g, double mean) {
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (i % 2 == 0 ? 2 * mean : 0);
    }
    return g.constant(Tensor.of(values, 64));
  }

  private static Value splitAndJoined(GraphBuilder g, Value x) {
    double[] means = {123.68, 116.779, 103.939};
    List<Value> parts = new ArrayList<>();
    for (int c = 2; c >= 0; c--) {
      parts.add(g.add(g.slice(x, 3, c, c + 1), -means[c]));
    }
    return g.concat(3, parts);
  }

  private static Value norm(GraphBuilder g, Value x, double[] means, double[] variances) {
    return g.op(
        "BatchNormalization",
        x,
        g.constant(Tensor.of(new float[] {1.2f, .8f, 1}, 3)),
        g.constant(Tensor.of(new float[] {.3f, 0, -.3f}, 3)),
        g.constant(Tensor.of(floats(means), 3)),
        g.constant(Tensor.of(floats(variances), 3)));
  }

  /** A convolution with weights of that deviation, none above twice it. */
  private static Value conv(GraphBuilder g, Value x, long channels, double deviation) {
    Random random = new Random(5);
    float[] weights = new float[(int) (4 * channels * 9)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (deviation * Math.min(1.7, Math.abs(random.nextGaussian())));
      weights[i] *= i % 2 == 0 ? 1 : -1;
    }
    return g.conv(
        x, g.constant(Tensor.of(weights, 4, channels, 3, 3)), Optional.empty(), Attributes.none());
  }

  private static Tensor filled(double value, long... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    Arrays.fill(values, (float) value);
    return Tensor.of(values, dims);
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
