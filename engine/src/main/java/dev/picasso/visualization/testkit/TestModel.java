package dev.picasso.visualization.testkit;

import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** Small networks with made-up weights, one of each kind that a visualization meets. */
public enum TestModel {
  /** Colour, channels first, wider than high, four classes; a mean over positions at the end. */
  COLOUR(Shape.of(Shape.BATCH, 3, 10, 12), 4),
  /** Grey, channels last, three classes. */
  GREY(Shape.of(Shape.BATCH, 9, 8, 1), 3),
  /** Grey as a row of 49 numbers, one image at a time, two classes. */
  FLAT(Shape.of(1, 49), 2),
  /** Colour, channels last, a single sigmoid. */
  ONE_SIGMOID(Shape.of(Shape.BATCH, 8, 8, 3), 1),
  /** Colour, a single number, which is no probability. */
  ONE_NUMBER(Shape.of(Shape.BATCH, 3, 8, 8), 1),
  /** Colour, six patches with one self-attention between them, three classes. */
  TOKENS(Shape.of(Shape.BATCH, 3, 8, 12), 3),
  /** Colour, three classes at each place. */
  MAP(Shape.of(Shape.BATCH, 3, 8, 8), 3);

  private static final int FEATURES = 5;
  private static final int PATCH = 4;
  private static final int WIDTH = 8;

  @SuppressWarnings("ImmutableEnumChecker") // shapes do not change
  private final Shape input;

  private final int outputs;

  TestModel(Shape input, int outputs) {
    this.input = input;
    this.outputs = outputs;
  }

  /** How many targets the model has for {@link dev.picasso.model.Scores}. */
  public int targets() {
    return Math.max(2, outputs);
  }

  /** Writes the network into a folder, as an ONNX file. */
  public Path write(Path folder) throws IOException {
    Path file = folder.resolve(name().toLowerCase(java.util.Locale.ROOT) + ".onnx");
    OnnxWriter.write(graph(), file);
    return file;
  }

  /** A convolution, a ReLU, of one a mean over positions, and a dense layer. */
  private Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Random random = new Random(17);
    Value x = g.input("image", DataType.FLOAT, input);
    Value pixels = channelsFirst(g, x);
    long channels = pixels.dim(1);
    if (this == TOKENS) {
      return g.build(g.named(g.softmax(tokens(g, pixels, random), 1), "output"));
    }
    Value features =
        g.relu(
            g.conv(
                pixels,
                g.constant("kernel", weights(random, FEATURES, channels, 3, 3)),
                Optional.empty(),
                Attributes.of("pads", new long[] {1, 1, 1, 1})));
    if (this == MAP) {
      Value kernel = g.constant("classes", weights(random, outputs, FEATURES, 1, 1));
      Value scores = g.conv(features, kernel, Optional.empty(), Attributes.none());
      return g.build(g.named(g.softmax(scores, 1), "output"));
    }
    boolean pooled = this == COLOUR;
    long size = pooled ? FEATURES : FEATURES * pixels.dim(2) * pixels.dim(3);
    Value rows = pooled ? g.mean(features, false, 2, 3) : g.reshape(features, input.dim(0), size);
    Value scores = g.matMul(rows, g.constant("dense", weights(random, size, outputs)));
    return g.build(g.named(activated(g, scores), "output"));
  }

  /** Patches, attention between them beside which they pass, the mean of all, a dense layer. */
  private Value tokens(GraphBuilder g, Value pixels, Random random) {
    Value kernel = g.constant("patches", weights(random, WIDTH, 3, PATCH, PATCH));
    Attributes strides = Attributes.of("strides", new long[] {PATCH, PATCH});
    Value patches = g.conv(pixels, kernel, Optional.empty(), strides);
    long count = patches.dim(2) * patches.dim(3);
    Value tokens = g.transpose(g.reshape(patches, Shape.of(Shape.BATCH, WIDTH, count)), 0, 2, 1);
    Value queries = g.matMul(tokens, g.constant("queries", weights(random, WIDTH, WIDTH)));
    Value keys = g.matMul(tokens, g.constant("keys", weights(random, WIDTH, WIDTH)));
    Value weights = g.softmax(g.matMul(queries, g.transpose(keys, 0, 2, 1)), 2);
    Value values = g.matMul(tokens, g.constant("values", weights(random, WIDTH, WIDTH)));
    Value attended = g.add(tokens, g.matMul(weights, values));
    return g.matMul(
        g.mean(attended, false, 1), g.constant("dense", weights(random, WIDTH, outputs)));
  }

  private Value channelsFirst(GraphBuilder g, Value x) {
    if (x.rank() == 2) {
      int side = (int) Math.sqrt((double) x.dim(1));
      return g.reshape(x, x.dim(0), 1, side, side);
    }
    return x.dim(1) == 3 ? x : g.transpose(x, 0, 3, 1, 2);
  }

  private Value activated(GraphBuilder g, Value scores) {
    if (this == ONE_NUMBER) {
      return scores;
    }
    return outputs == 1 ? g.sigmoid(scores) : g.softmax(scores, 1);
  }

  private static Tensor weights(Random random, long... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * .3);
    }
    return Tensor.of(values, dims);
  }
}
