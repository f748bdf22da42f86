package dev.picasso.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is computed in parts is what is computed as a whole, at every place. */
class RegionGraphTest {
  private static final int CHANNELS = 3;

  /**
   * A network.
   *
   * @param first whether the channels of its images stand first
   * @param layers what it makes of images
   * @param parts values that must be computed in parts, at least
   */
  record Network(String name, int height, int width, boolean first, Layers layers, int parts) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Layers {
    Value of(Builder g, Value x);
  }

  /** Layers with random weights. */
  static final class Builder {
    final GraphBuilder g = new GraphBuilder();
    private final Random random = new Random(7);

    Value weights(long... dims) {
      float[] w = new float[(int) Shape.of(dims).size()];
      double scale = Math.sqrt(2. * dims[0] / w.length);
      for (int i = 0; i < w.length; i++) {
        w[i] = (float) (random.nextGaussian() * scale);
      }
      return g.constant("w", Tensor.of(w, dims));
    }

    Value conv(Value x, int out, long[] kernel, Attributes more) {
      Value w = weights(out, x.dim(1) / more.integer("group", 1), kernel[0], kernel[1]);
      return g.conv(x, w, Optional.of(weights(out)), more.with("kernel_shape", kernel));
    }

    Value conv(Value x, int out, int kernel, int stride) {
      long p = kernel / 2;
      return conv(x, out, new long[] {kernel, kernel}, strided(stride).with("pads", pads(p)));
    }

    Value relu(Value x) {
      return g.relu(x);
    }

    Value pool(String op, Value x, int kernel, Attributes more) {
      return g.op(op, more.with("kernel_shape", new long[] {kernel, kernel}), x);
    }

    Value norm(Value x) {
      long c = x.dim(1);
      Value variance = g.constant("v", Tensor.of(filled(c, 1.5f), c));
      return g.op("BatchNormalization", x, weights(c), weights(c), weights(c), variance);
    }

    Value dense(Value x, int out) {
      long n = x.shape().with(0, 1).size();
      return g.matMul(g.reshape(x, Shape.BATCH, n), weights(n, out));
    }

    Value mean(Value x) {
      return g.op("GlobalAveragePool", x);
    }
  }

  static float[] filled(long n, float value) {
    float[] all = new float[(int) n];
    java.util.Arrays.fill(all, value);
    return all;
  }

  static Attributes strided(int stride) {
    return Attributes.of("strides", new long[] {stride, stride});
  }

  static long[] pads(long p) {
    return new long[] {p, p, p, p};
  }

  static Stream<Network> networks() {
    return Stream.of(
        network(
            "convolutions and pooling",
            25,
            (g, x) -> {
              Value a = g.relu(g.conv(g.relu(g.conv(x, 8, 3, 1)), 8, 3, 1));
              Value b = g.pool("MaxPool", a, 2, strided(2));
              return g.dense(g.pool("MaxPool", g.relu(g.conv(b, 16, 3, 1)), 2, strided(2)), 5);
            },
            8),
        network(
            "residual blocks",
            39,
            (g, x) -> {
              Value a = g.relu(g.norm(g.conv(x, 16, 7, 2)));
              Value p = g.pool("MaxPool", a, 3, strided(2).with("pads", pads(1)));
              Value b = g.conv(g.relu(g.conv(p, 8, 3, 1)), 16, 3, 1);
              Value c = g.relu(g.g.add(p, b));
              Value d = g.conv(g.relu(g.conv(c, 16, 3, 2)), 16, 3, 1);
              return g.dense(g.mean(g.relu(g.g.add(d, g.conv(c, 16, 1, 2)))), 5);
            },
            10),
        network(
            "depthwise convolutions",
            33,
            (g, x) -> {
              Value a = g.g.clip(g.conv(x, 8, 3, 2), 0, 6);
              Value e = g.g.clip(g.conv(a, 24, 1, 1), 0, 6);
              Attributes depth = Attributes.of("group", 24L).with("pads", pads(1));
              Value d = g.g.clip(g.conv(e, 24, new long[] {3, 3}, depth), 0, 6);
              Value s = g.conv(d, 24, new long[] {3, 3}, depth.with("strides", new long[] {2, 2}));
              return g.dense(g.mean(g.conv(g.g.clip(s, 0, 6), 8, 1, 1)), 5);
            },
            8),
        network(
            "concatenated features",
            22,
            (g, x) -> {
              Value a = g.conv(x, 16, 3, 1);
              Value b = g.conv(g.relu(g.norm(a)), 16, 3, 1);
              Value ab = g.g.concat(1, List.of(a, b));
              Value c = g.conv(g.relu(g.norm(ab)), 8, 3, 1);
              Value abc = g.g.concat(1, List.of(a, b, c));
              Value half = g.pool("AveragePool", g.conv(g.relu(abc), 8, 1, 1), 2, strided(2));
              return g.dense(g.mean(g.relu(half)), 5);
            },
            12),
        network(
            "squeeze and excitation",
            24,
            (g, x) -> {
              Value a = g.relu(g.conv(g.relu(g.conv(x, 8, 3, 2)), 8, 3, 1));
              Value gate = g.g.sigmoid(g.conv(g.mean(a), 8, 1, 1));
              return g.dense(g.mean(g.conv(g.g.mul(a, gate), 8, 3, 1)), 5);
            },
            4),
        network(
            "branches of several sizes",
            26,
            (g, x) -> {
              Value a = g.relu(g.conv(x, 8, 3, 1));
              Attributes wide = Attributes.of("pads", new long[] {0, 3, 0, 3});
              Attributes tall = Attributes.of("pads", new long[] {3, 0, 3, 0});
              Value b = g.conv(g.conv(a, 8, new long[] {1, 7}, wide), 8, new long[] {7, 1}, tall);
              Value c =
                  g.pool(
                      "AveragePool",
                      a,
                      3,
                      Attributes.of("pads", pads(1)).with("count_include_pad", 1L));
              Value without = g.pool("AveragePool", a, 3, Attributes.of("pads", pads(1)));
              Value d = g.pool("MaxPool", a, 3, Attributes.of("pads", pads(1)));
              Value all = g.g.concat(1, List.of(g.conv(a, 8, 1, 1), b, c, without, d));
              return g.dense(g.mean(g.relu(g.conv(all, 8, 1, 2))), 5);
            },
            10),
        network(
            "paddings of all kinds",
            23,
            (g, x) -> {
              Attributes same = strided(2).with("auto_pad", "SAME_UPPER");
              Value a = g.relu(g.conv(x, 8, new long[] {3, 3}, same));
              Attributes atEnd = strided(1).with("pads", new long[] {0, 0, 1, 2});
              Value b = g.relu(g.conv(a, 8, new long[] {2, 3}, atEnd));
              Value c = g.g.pad(b, 0, 0, 2, 1, 0, 0, 1, 2);
              Attributes dilated =
                  Attributes.of("dilations", new long[] {2, 2}).with("pads", pads(2));
              Value d = g.conv(c, 8, new long[] {3, 3}, dilated);
              Value e = g.pool("MaxPool", d, 3, strided(2).with("ceil_mode", 1L));
              return g.dense(g.mean(e), 5);
            },
            6),
        network(
            "strides that leave pixels out",
            31,
            (g, x) -> {
              Value a = g.relu(g.conv(x, 8, 1, 3));
              return g.dense(g.mean(g.relu(g.conv(a, 8, 3, 1))), 5);
            },
            4),
        network(
            "numbers for each place",
            18,
            (g, x) -> {
              Value a = g.relu(g.conv(x, 8, 3, 1));
              Value b = g.g.add(a, g.weights(1, 8, a.dim(2), a.dim(3)));
              Value c = g.g.mul(g.conv(b, 8, 3, 1), g.weights(1, 1, a.dim(2), a.dim(3)));
              Value share = g.g.softmax(c, 1);
              Value mean = g.g.mean(share, true, 1);
              return g.dense(g.mean(g.conv(g.g.sub(share, mean), 8, 3, 1)), 5);
            },
            8),
        network(
            "split channels",
            18,
            (g, x) -> {
              Value a = g.relu(g.conv(x, 8, 3, 1));
              List<Value> halves =
                  g.g.emit(
                      "Split",
                      Attributes.of("axis", 1).with("num_outputs", 2L),
                      2,
                      List.of(Optional.of(a)));
              Value b = g.conv(halves.get(0), 4, 3, 1);
              Value all = g.g.concat(1, List.of(halves.get(1), b));
              return g.dense(g.mean(g.relu(g.g.slice(all, 1, 2, 7))), 5);
            },
            7),
        new Network(
            "channels last",
            20,
            24,
            false,
            (g, x) -> {
              Value scaled = g.g.mul(g.g.sub(x, g.weights(1, 1, 1, CHANNELS)), 1.5);
              Value a = g.relu(g.conv(g.g.transpose(scaled, 0, 3, 1, 2), 8, 3, 1));
              Value last = g.g.transpose(a, 0, 2, 3, 1);
              Value b =
                  g.g.op(
                      "LayerNormalization",
                      Attributes.of("axis", -1),
                      last,
                      g.weights(8),
                      g.weights(8));
              Value c = g.g.matMul(b, g.weights(8, 12));
              Value d = g.conv(g.g.transpose(c, 0, 3, 1, 2), 8, 3, 2);
              return g.dense(g.mean(g.relu(d)), 5);
            },
            9),
        new Network(
            "wide pictures",
            12,
            41,
            true,
            (g, x) -> {
              Value a = g.relu(g.conv(x, 8, 3, 2));
              return g.dense(g.relu(g.conv(a, 8, 5, 1)), 5);
            },
            4));
  }

  private static Network network(String name, int side, Layers layers, int parts) {
    return new Network(name, side, side + 1, true, layers, parts);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void partsAreTheWholeAtEveryPlace(Network network) {
    Builder b = new Builder();
    Shape images =
        network.first()
            ? Shape.of(Shape.BATCH, CHANNELS, network.height(), network.width())
            : Shape.of(Shape.BATCH, network.height(), network.width(), CHANNELS);
    Value x = b.g.input("x", DataType.FLOAT, images);
    Graph graph = b.g.build(b.g.named(network.layers().of(b, x), "scores"));
    Axes axes = network.first() ? new Axes(2, 3) : new Axes(1, 2);
    Entry entry = new Entry("x", axes);
    RegionPlan inParts = RegionPlan.of(graph, entry, 4, 5, 1);
    assertThat(inParts.spreads()).hasSizeGreaterThanOrEqualTo(network.parts());
    List<Places.Place> places = places(network);
    for (RegionPlan plan : List.of(inParts, RegionPlan.of(graph, entry, 4, 5, .3))) {
      Tensor image = random(images.withBatch(1));
      Tensor hidden = hidden(image, axes, places);
      float[] whole = run(graph, Map.of("x", hidden)).get("scores").floats();
      float[] parts = parts(plan, image, hidden, places).get("scores").floats();
      assertThat(parts).hasSameSizeAs(whole);
      for (int i = 0; i < whole.length; i++) {
        assertThat((double) parts[i])
            .as("score %d at %s", i % 5, places.get(i / 5))
            .isCloseTo(
                whole[i], org.assertj.core.data.Offset.offset(2e-5 * (1 + Math.abs(whole[i]))));
      }
    }
  }

  /** Every place of a patch of 4 × 5, and some of other sizes. */
  private static List<Places.Place> places(Network network) {
    List<Places.Place> places = new ArrayList<>();
    for (int y = 0; y + 4 <= network.height(); y++) {
      for (int c = 0; c + 5 <= network.width(); c++) {
        places.add(new Places.Place(new Span(y, y + 4), new Span(c, c + 5)));
      }
    }
    places.add(new Places.Place(new Span(0, 1), new Span(3, 4)));
    places.add(new Places.Place(new Span(2, 11), new Span(0, 7)));
    places.add(new Places.Place(new Span(0, network.height()), new Span(0, network.width())));
    return places;
  }

  private static Tensor random(Shape shape) {
    Random random = new Random(3);
    float[] x = new float[(int) shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return Tensor.of(x, shape.dims());
  }

  private static Tensor hidden(Tensor image, Axes axes, List<Places.Place> places) {
    float[] x = image.floats();
    float[] all = new float[x.length * places.size()];
    for (int i = 0; i < places.size(); i++) {
      System.arraycopy(x, 0, all, i * x.length, x.length);
      Places.Place place = places.get(i);
      each(
          image.shape(),
          axes,
          place,
          i * x.length,
          (to, from) -> {
            all[to] = .25f;
            return from;
          });
    }
    return Tensor.of(all, image.shape().with(0, places.size()).dims());
  }

  /** Goes over the elements of a part of an array, in the array's order. */
  private static void each(
      Shape shape, Axes axes, Places.Place part, int start, BinaryOperator<Integer> action) {
    int at = 0;
    int n = 0;
    int[] index = new int[4];
    for (index[1] = 0; index[1] < shape.dim(1); index[1]++) {
      for (index[2] = 0; index[2] < shape.dim(2); index[2]++) {
        for (index[3] = 0; index[3] < shape.dim(3); index[3]++, at++) {
          if (part.rows().holds(index[axes.row()]) && part.columns().holds(index[axes.column()])) {
            action.apply(start + at, n++);
          }
        }
      }
    }
  }

  private static Map<String, Tensor> parts(
      RegionPlan plan, Tensor image, Tensor hidden, List<Places.Place> all) {
    RegionGraph.Program program = RegionGraph.of(plan);
    Places places = new Places(program, all);
    Map<String, Tensor> inputs = new LinkedHashMap<>(places.inputs(maps(plan, image)));
    Axes axes = plan.entry().axes();
    Places.Place held = places.held().get(0);
    Shape one =
        image
            .shape()
            .with(axes.row(), held.rows().length())
            .with(axes.column(), held.columns().length());
    int size = (int) one.size();
    float[] numbers = hidden.floats();
    float[] parts = new float[size * all.size()];
    for (int i = 0; i < all.size(); i++) {
      int start = i * size;
      each(
          image.shape(),
          axes,
          places.held().get(i),
          i * (int) image.size(),
          (from, n) -> {
            parts[start + n] = numbers[from];
            return n;
          });
    }
    inputs.put(program.parts(), Tensor.of(parts, one.with(0, all.size()).dims()));
    return run(program.graph(), inputs);
  }

  private static Map<String, Tensor> maps(RegionPlan plan, Tensor image) {
    GraphBuilder g = GraphBuilder.from(plan.graph());
    List<Value> outputs = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    UnaryOperator<Value> last = UnaryOperator.identity();
    for (String kept : plan.kept()) {
      Axes axes = plan.changed().get(kept).axes();
      Value map = last.apply(g.lookUp(kept));
      Value ordered = axes.channelsLast() ? map : g.transpose(map, axes.toChannelsLast());
      Value rows = g.identity(g.reshape(ordered, -1, ordered.dim(3)));
      names.put(kept, rows.name());
      outputs.add(rows);
    }
    Map<String, Tensor> told = run(g.build(outputs), Map.of("x", image));
    Map<String, Tensor> maps = new HashMap<>();
    names.forEach((kept, name) -> maps.put(kept, told.get(name)));
    return maps;
  }

  private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return compiled.run(inputs);
    }
  }
}
