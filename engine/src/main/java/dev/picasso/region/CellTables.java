package dev.picasso.region;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.layout.ChannelBlocks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The cells that the operators of a program read: a table for each value of which a part changes,
 * and choices of rows of it. What is read alike is read once.
 */
final class CellTables {
  private final Graph graph;
  private final GraphBuilder g;
  private final String scope;
  private final Map<String, Tensor> numbers = new HashMap<>();
  private final Map<Reading, Value> read = new HashMap<>();
  private final Map<Reading, Value> blocked = new HashMap<>();
  private final Map<List<Object>, Value> tables = new HashMap<>();
  private final Map<String, Value> rows = new HashMap<>();
  private final Map<String, Value> maps = new HashMap<>();
  private final Map<Reading.Choice, Value> choices = new LinkedHashMap<>();
  private final Map<String, RegionGraph.Base> bases = new LinkedHashMap<>();
  private final Map<List<Object>, Long> lengths = new HashMap<>();

  /**
   * None yet.
   *
   * @param graph of the model
   * @param g takes the nodes and the inputs
   * @param scope what the inputs are named after
   */
  CellTables(Graph graph, GraphBuilder g, String scope) {
    this.graph = graph;
    this.g = g;
    this.scope = scope;
  }

  /** The inputs for numbers of rows. */
  Map<Reading.Choice, String> choices() {
    Map<Reading.Choice, String> names = new LinkedHashMap<>();
    choices.forEach((choice, value) -> names.put(choice, value.name()));
    return names;
  }

  /** The inputs for rows of maps. */
  Map<String, RegionGraph.Base> bases() {
    return bases;
  }

  /**
   * Cells in the layout of their value.
   *
   * @param parts what changes of the value, at each place
   */
  Value cells(Reading reading, Value parts) {
    return read.computeIfAbsent(reading, r -> read(r, parts));
  }

  /**
   * Numbers for each place of a map, for all channels alike.
   *
   * @param name that no value of the model has
   * @param places [1, 1, rows, columns]
   * @param outputs the map
   */
  Value places(String name, Tensor places, Field outputs) {
    numbers.put(name, places);
    Target target = new Target.Windows(outputs, Sweep.SAME, Sweep.SAME);
    Reading reading = new Reading(name, Optional.empty(), target, 0, new Axes(2, 3));
    return cells(reading, new Value(name, DataType.FLOAT, places.shape()));
  }

  /** The same in the runtime's blocks, where a concatenation that grows layer by layer stays. */
  Value blocked(Reading reading, Value parts) {
    Value cells = cells(reading, parts);
    return reading.axes().channel() == 1
        ? blocked.computeIfAbsent(reading, r -> ChannelBlocks.enter(g, cells))
        : cells;
  }

  /** The shape of an array of parts: only the run knows how large these are. */
  Shape shape(Value value, Changed part) {
    Field field = Field.of(value, part);
    return value
        .shape()
        .with(part.axes().row(), length(field.rows(), field.height(), "rows"))
        .with(part.axes().column(), length(field.columns(), field.width(), "columns"));
  }

  private long length(Object... of) {
    return lengths.computeIfAbsent(List.of(of), k -> Shape.free(lengths.size()));
  }

  private Value read(Reading reading, Value value) {
    Value choice = choices.computeIfAbsent(reading.choice(), this::choice);
    Value table = reading.from().isPresent() ? table(reading, value) : constants(reading);
    Value cells =
        g.shaped(
            "Gather",
            Attributes.of("axis", 0),
            value.type(),
            Shape.of(Shape.BATCH, choice.dim(1), choice.dim(2), table.dim(1)),
            table,
            choice);
    return inOrder(cells, reading.axes());
  }

  private Value choice(Reading.Choice choice) {
    long down = Shape.free(lengths.size());
    lengths.put(List.of(choice, "down"), down);
    long across = Shape.free(lengths.size());
    lengths.put(List.of(choice, "across"), across);
    Shape shape =
        choice.to() instanceof Target.All
            ? Shape.of(
                Shape.BATCH,
                choice.from().orElseThrow().height(),
                choice.from().orElseThrow().width())
            : Shape.of(Shape.BATCH, lengthDown(choice, down), lengthAcross(choice, across));
    return g.input(scope + "/cells" + choices.size(), DataType.INT32, shape);
  }

  /** Cells at the places of outputs are as many as these, by name. */
  private long lengthDown(Reading.Choice choice, long own) {
    Target.Windows w = (Target.Windows) choice.to();
    return w.down().extent() == 1 ? length(w.outputs().rows(), w.outputs().height(), "rows") : own;
  }

  private long lengthAcross(Reading.Choice choice, long own) {
    Target.Windows w = (Target.Windows) choice.to();
    return w.across().extent() == 1
        ? length(w.outputs().columns(), w.outputs().width(), "columns")
        : own;
  }

  /** The map of the unchanged input, what changes of it, and what is outside. */
  private Value table(Reading reading, Value parts) {
    return tables.computeIfAbsent(
        List.of(reading.value(), reading.outside()),
        k -> {
          long channels = channels(parts.shape(), reading.axes());
          Value base = base(reading, channels);
          Value outside = outside(reading.outside(), channels);
          return g.shaped(
              "Concat",
              Attributes.of("axis", 0),
              parts.type(),
              Shape.of(fresh(), channels),
              base,
              rows.computeIfAbsent(reading.value(), n -> asRows(parts, reading.axes())),
              outside);
        });
  }

  private Value base(Reading reading, long channels) {
    String name = scope + "/map of " + reading.value();
    return maps.computeIfAbsent(
        reading.value(),
        k -> {
          bases.put(name, new RegionGraph.Base(reading.value(), reading.from().orElseThrow()));
          return g.input(name, DataType.FLOAT, Shape.of(fresh(), channels));
        });
  }

  private Value outside(float number, long channels) {
    float[] row = new float[Math.toIntExact(channels)];
    Arrays.fill(row, number);
    return g.constant(Tensor.of(row, 1, channels));
  }

  private long fresh() {
    return length(lengths.size(), "fresh");
  }

  /** A table of a constant's numbers, row by row of its map. */
  private Value constants(Reading reading) {
    Tensor constant =
        Optional.ofNullable(numbers.get(reading.value()))
            .or(() -> graph.constant(reading.value()))
            .orElseThrow();
    Shape shape = constant.shape();
    Axes axes = reading.axes();
    long channels = channels(shape, axes);
    int height = axes.height(shape);
    int width = axes.width(shape);
    float[] all = constant.floats();
    float[] ordered = new float[all.length];
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.dim(i);
    }
    long between = strides[axes.channel()];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          ordered[at++] =
              all[(int) (y * strides[axes.row()] + x * strides[axes.column()] + c * between)];
        }
      }
    }
    return g.constant(
        "places of " + reading.value(), Tensor.of(ordered, (long) height * width, channels));
  }

  private static long channels(Shape shape, Axes axes) {
    return shape.dim(axes.channel());
  }

  /** The cells of all parts, as rows of channels. */
  private Value asRows(Value parts, Axes axes) {
    Value last = axes.channelsLast() ? parts : transposed(parts, axes.toChannelsLast());
    long channels = channels(parts.shape(), axes);
    return g.shaped(
        "Reshape",
        Attributes.none(),
        parts.type(),
        Shape.of(fresh(), channels),
        last,
        g.longs(-1, channels));
  }

  /** [N, rows, columns, channels] in the layout of a value. */
  private Value inOrder(Value cells, Axes axes) {
    return axes.channelsLast() ? cells : transposed(cells, axes.fromChannelsLast());
  }

  private Value transposed(Value value, int[] order) {
    return g.shaped(
        "Transpose",
        Attributes.of("perm", IntStream.of(order).mapToLong(i -> i).toArray()),
        value.type(),
        value.shape().permuted(order),
        value);
  }
}
