package dev.picasso.model.receptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.output.Lookup;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cells see, against what changes when a pixel does: all weights are positive and the picture
 * is zero but for one row or column, so that a cell is above zero exactly if it sees that.
 */
class ReceptiveFieldTest {
  private static final int SIDE = 41;
  private static final int SMALLEST = 4;

  /** Layers one after another, and the field that follows for rows (axis 2) and columns (3). */
  private record Net(Graph graph, List<ReceptiveField> fields) {
    static Net of(int layers, boolean enlarging, Random dice) {
      GraphBuilder g = new GraphBuilder();
      Value y = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1, SIDE, SIDE));
      for (int i = 0; i < layers && y.dim(2) > SMALLEST && y.dim(3) > SMALLEST; i++) {
        y = layer(g, y, enlarging, dice);
      }
      Graph graph = g.build(g.named(g.identity(y), "y"));
      return new Net(graph, List.of(field(graph, 2), field(graph, 3)));
    }

    private static Value layer(GraphBuilder g, Value x, boolean enlarging, Random dice) {
      return switch (dice.nextInt(enlarging ? 9 : 6)) {
        case 0 -> g.op("Conv", windows(dice, true), x, weights(g, x, 3, 2, dice));
        case 1 ->
            g.op(
                "Conv",
                Attributes.of("strides", new int[] {1 + dice.nextInt(3), 1 + dice.nextInt(2)})
                    .with("auto_pad", dice.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER"),
                x,
                weights(g, x, 1 + dice.nextInt(4), 3, dice));
        case 2 -> g.op("MaxPool", windows(dice, false).with("kernel_shape", new int[] {3, 2}), x);
        case 3 ->
            g.op(
                "AveragePool",
                windows(dice, false)
                    .with("kernel_shape", new int[] {3, 2})
                    .with("count_include_pad", 1),
                x);
        case 4 -> g.op("Pad", Attributes.none(), x, g.longs(0, 0, 2, -1, 0, 0, -2, 1));
        case 5 -> g.slice(x, 2 + dice.nextInt(2), dice.nextInt(2), SMALLEST + 20, 2);
        case 6 ->
            g.op(
                "ConvTranspose",
                Attributes.of("strides", new int[] {1 + dice.nextInt(3), 2})
                    .with("pads", new int[] {dice.nextInt(2), 1, 0, 1}),
                x,
                weights(g, x, 3, 2, dice));
        case 7 -> resized(g, x, dice);
        default -> shuffled(g, x, dice);
      };
    }

    private static Attributes windows(Random dice, boolean gaps) {
      int[] pads = {dice.nextInt(2), dice.nextInt(2), dice.nextInt(2), dice.nextInt(2)};
      Attributes made =
          Attributes.of("strides", new int[] {1 + dice.nextInt(3), 1 + dice.nextInt(2)})
              .with("pads", pads);
      return gaps ? made.with("dilations", new int[] {1, 1 + dice.nextInt(2)}) : made;
    }

    private static Value weights(GraphBuilder g, Value x, int high, int wide, Random dice) {
      int channels = (int) x.dim(1);
      float[] numbers = new float[channels * channels * high * wide];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = .1f + dice.nextFloat();
      }
      return g.constant(Tensor.of(numbers, channels, channels, high, wide));
    }

    /** Pixels to channels and back, after a convolution that mixes them. */
    private static Value shuffled(GraphBuilder g, Value x, Random dice) {
      Value even = g.slice(g.slice(x, 2, 0, x.dim(2) / 2 * 2), 3, 0, x.dim(3) / 2 * 2);
      Value deep = g.op("SpaceToDepth", Attributes.of("blocksize", 2), even);
      Value mixed = g.op("Conv", Attributes.none(), deep, weights(g, deep, 1, 1, dice));
      return g.op("DepthToSpace", Attributes.of("blocksize", 2), mixed);
    }

    private static Value resized(GraphBuilder g, Value x, Random dice) {
      List<String> coordinates = List.of("half_pixel", "asymmetric", "align_corners");
      List<String> rounding = List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil");
      long high = dice.nextBoolean() ? 2 * x.dim(2) : Math.max(SMALLEST, x.dim(2) - 3);
      return g.emit(
              "Resize",
              Attributes.of("mode", dice.nextBoolean() ? "nearest" : "linear")
                  .with("nearest_mode", rounding.get(dice.nextInt(rounding.size())))
                  .with(
                      "coordinate_transformation_mode",
                      coordinates.get(dice.nextInt(coordinates.size())))
                  .with("axes", new int[] {2, 3}),
              1,
              List.of(
                  Optional.of(x),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(g.longs(high, 2 * x.dim(3)))))
          .get(0);
    }

    /** One node after another. */
    private static ReceptiveField field(Graph graph, int axis) {
      ReceptiveField field = ReceptiveField.PIXELS;
      for (Node node : graph.nodes()) {
        field = field.through(reach(graph, node, axis));
      }
      return field;
    }

    private static Reach reach(Graph graph, Node node, int axis) {
      Lookup look = new Lookup(graph);
      if (!node.op().equals("Slice")) {
        return node.op().equals("Identity")
            ? Reach.SAME
            : Reaches.along(graph, node, axis).orElseThrow();
      }
      boolean here = look.constant(node, 3).orElseThrow().longs()[0] == axis;
      long start = look.constant(node, 1).orElseThrow().longs()[0];
      long step = look.constant(node, 4).map(t -> t.longs()[0]).orElse(1L);
      return here ? Reach.ofEvery(step, start) : Reach.SAME;
    }

    /** Whether no padding is on the way to a cell, nor to the middle of the other axis. */
    boolean isInside(int axis, int cell) {
      int other = axis == 2 ? 3 : 2;
      int middle = (int) graph.value("y").shape().dim(other) / 2;
      return isWithin(axis, cell) && isWithin(other, middle);
    }

    private boolean isWithin(int axis, int cell) {
      double first = cell;
      double last = cell;
      for (int i = graph.nodes().size() - 1; i >= 0; i--) {
        Node node = graph.nodes().get(i);
        Reach reach = reach(graph, node, axis);
        first = reach.from() + reach.step() * first;
        last = reach.to() + reach.step() * last;
        if (first < 0 || last > graph.value(node.inputs().get(0)).shape().dim(axis) - 1) {
          return false;
        }
      }
      return true;
    }

    /** For each pixel along the axis, the values along it in the middle of the other. */
    float[][] seenBy(int axis) {
      float[] x = new float[SIDE * SIDE * SIDE];
      for (int at = 0; at < SIDE; at++) {
        for (int i = 0; i < SIDE; i++) {
          x[at * SIDE * SIDE + (axis == 2 ? at * SIDE + i : i * SIDE + at)] = 1;
        }
      }
      Tensor y;
      try (CompiledGraph run = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
        y = run.run(Map.of("x", Tensor.of(x, SIDE, 1, SIDE, SIDE))).get("y");
      }
      int height = (int) y.shape().dim(2);
      int width = (int) y.shape().dim(3);
      float[] all = y.floats();
      float[][] seen = new float[SIDE][axis == 2 ? height : width];
      for (int at = 0; at < SIDE; at++) {
        for (int i = 0; i < seen[at].length; i++) {
          int row = axis == 2 ? i : height / 2;
          int column = axis == 2 ? width / 2 : i;
          seen[at][i] = all[(at * height + row) * width + column];
        }
      }
      return seen;
    }
  }

  @Property(tries = 150)
  void cellsSeeWhatTheirFieldSays(@ForAll Random dice) {
    Net net = Net.of(1 + dice.nextInt(4), false, dice);
    for (int axis = 2; axis < 4; axis++) {
      ReceptiveField field = net.fields().get(axis - 2);
      float[][] seen = net.seenBy(axis);
      for (int cell = 0; cell < seen[0].length; cell++) {
        List<Integer> pixels = pixels(seen, cell);
        double first = field.first() + field.stride() * cell;
        double last = field.last() + field.stride() * cell;
        if (net.isInside(axis, cell)) {
          assertThat((double) pixels.get(0)).as("first of %s", cell).isEqualTo(first);
          assertThat((double) pixels.get(pixels.size() - 1)).as("last of %s", cell).isEqualTo(last);
        }
      }
    }
  }

  @Property(tries = 150)
  void cellsSeeNothingOutsideWhateverIsEnlarged(@ForAll Random dice) {
    Net net = Net.of(1 + dice.nextInt(3), true, dice);
    for (int axis = 2; axis < 4; axis++) {
      ReceptiveField field = net.fields().get(axis - 2);
      float[][] seen = net.seenBy(axis);
      for (int cell = 0; cell < seen[0].length; cell++) {
        double first = field.first() + field.stride() * cell;
        double last = field.last() + field.stride() * cell;
        if (net.isInside(axis, cell)) {
          assertThat(pixels(seen, cell))
              .allSatisfy(p -> assertThat((double) p).isBetween(first - 1e-6, last + 1e-6));
        }
      }
    }
  }

  private static List<Integer> pixels(float[][] seen, int cell) {
    List<Integer> pixels = new ArrayList<>();
    for (int at = 0; at < SIDE; at++) {
      if (seen[at][cell] > 0) {
        pixels.add(at);
      }
    }
    return pixels;
  }

  /**
   * With random signs, the expected square of a gradient is the gradient of the network of squared
   * weights: its centre of mass is where the cell looks.
   */
  @Property(tries = 60)
  void cellsLookWhereTheEnergyOfTheirGradientIs(@ForAll Random dice) {
    int layers = 1 + dice.nextInt(3);
    long seed = dice.nextLong();
    ReceptiveField field = columns(convolutions(layers, false, new Random(seed)));
    Net squared = new Net(convolutions(layers, true, new Random(seed)), List.of());
    float[][] energy = squared.seenBy(3);
    for (int cell = 0; cell < energy[0].length; cell++) {
      double sum = 0;
      double moment = 0;
      for (int at = 0; at < SIDE; at++) {
        sum += energy[at][cell];
        moment += energy[at][cell] * (at + .5);
      }
      if (squared.isInside(3, cell)) {
        assertThat(moment / sum).isCloseTo(field.centre(cell), within(1e-3));
      }
    }
  }

  private static ReceptiveField columns(Graph graph) {
    return Net.field(graph, 3);
  }

  /** Of kernels that are one pixel high, with weights or with their squares. */
  private static Graph convolutions(int layers, boolean squared, Random dice) {
    GraphBuilder g = new GraphBuilder();
    Value y = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1, SIDE, SIDE));
    for (int i = 0; i < layers; i++) {
      int size = 1 + dice.nextInt(4);
      float[] weights = new float[size];
      for (int k = 0; k < size; k++) {
        float w = .1f + dice.nextFloat();
        weights[k] = squared ? w * w : w;
      }
      Attributes attributes =
          Attributes.of("strides", new int[] {1, 1 + dice.nextInt(2)})
              .with("dilations", new int[] {1, 1 + dice.nextInt(2)})
              .with("pads", new int[] {0, dice.nextInt(3), 0, dice.nextInt(3)});
      y = g.op("Conv", attributes, y, g.constant(Tensor.of(weights, 1, 1, 1, size)));
    }
    return g.build(g.named(g.identity(y), "y"));
  }

  static Stream<Arguments> ways() {
    ReceptiveField narrow = new ReceptiveField(0, 0, 0, 2);
    ReceptiveField wide = new ReceptiveField(0, .8, 2, 2);
    ReceptiveField before = new ReceptiveField(-1, -1, -1, 2);
    ReceptiveField other = new ReceptiveField(-4, 0, 4, 2.5);
    return Stream.of(
        Arguments.of(List.of(narrow), narrow),
        Arguments.of(List.of(narrow, wide), new ReceptiveField(0, .4, 2, 2)),
        Arguments.of(List.of(narrow, wide, before), new ReceptiveField(-1, -.2 / 3, 2, 2)),
        Arguments.of(List.of(narrow, other), other),
        Arguments.of(List.of(other, narrow), other));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void severalWaysAreSeenOnAll(List<ReceptiveField> ways, ReceptiveField all) {
    ReceptiveField joined = ReceptiveField.ofAll(ways);
    assertThat(joined.first()).isEqualTo(all.first());
    assertThat(joined.last()).isEqualTo(all.last());
    assertThat(joined.stride()).isEqualTo(all.stride());
    assertThat(joined.middle()).isCloseTo(all.middle(), within(1e-9));
  }
}
