package dev.picasso.region;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The graph that computes what changes at many places at once.
 *
 * <p>A value of which a part changes is an array of those parts, one for each place, that are as
 * large as the largest. Where windows reach beyond it, or two parts differ, cells are put together
 * anew: rows of a table that holds the map of the unchanged input, behind it the changed cells and
 * a row for what is outside of the map. Which rows, {@link Places} tells; so borders, phases of
 * strides and sizes are all numbers that the program is fed with, and it is one for all of them.
 * Tables have the channels last, so that a row is copied as a piece; the runtime's convolutions
 * take them in that order.
 */
public final class RegionGraph {
  /** What own values are named after, so that none bears the name of one of the model. */
  private static final String SCOPE = "in parts";

  private static final Set<String> JOINING = Set.of("Add", "Sum", "Mul");

  /** Channels of a block of the runtime at most. */
  private static final int BLOCK = 16;

  private final RegionPlan plan;
  private final GraphBuilder g = new GraphBuilder();
  private final Map<String, Value> made = new HashMap<>();
  private final Map<Reading, Value> read = new HashMap<>();
  private final Map<String, Value> blocked = new HashMap<>();
  private final Map<List<Object>, Value> tables = new HashMap<>();
  private final Map<String, Value> rows = new HashMap<>();
  private final Map<Reading.Choice, Value> choices = new LinkedHashMap<>();
  private final Map<String, Base> bases = new LinkedHashMap<>();
  private final Map<List<Object>, Long> lengths = new HashMap<>();

  private RegionGraph(RegionPlan plan) {
    this.plan = plan;
  }

  /**
   * The map of the unchanged input that an input of the program holds rows of.
   *
   * @param value whose map
   * @param field its rows and columns
   */
  public record Base(String value, Field field) {}

  /**
   * The program.
   *
   * @param graph its inputs are those below, and what the model has beside the entry; its outputs
   *     are the plan's
   * @param parts name of the input for what the entry holds at the places, in its layout
   * @param field the entry's rows and columns
   * @param choices names of the inputs for numbers of rows, [N, rows, columns] in 32 bits
   * @param bases names of the inputs for rows of maps, [rows, channels]
   */
  public record Program(
      Graph graph,
      String parts,
      Field field,
      Map<Reading.Choice, String> choices,
      Map<String, Base> bases) {
    public Program {
      choices = Map.copyOf(choices);
      bases = Map.copyOf(bases);
    }
  }

  /** Makes the program of a plan. */
  public static Program of(RegionPlan plan) {
    RegionGraph regions = new RegionGraph(plan);
    return regions.g.scoped(SCOPE, regions::program);
  }

  private Program program() {
    Graph graph = plan.graph();
    Changed entry = plan.changed().get(plan.entry().value());
    Value x = graph.value(plan.entry().value());
    Value parts = g.input(SCOPE + "/pixels", x.type(), shape(x, entry));
    made.put(x.name(), parts);
    graph.inputs().stream()
        .filter(i -> !i.name().equals(x.name()))
        .forEach(i -> made.put(i.name(), g.input(i.name(), i.type(), i.shape())));
    for (Node node : graph.nodes()) {
      emit(node);
    }
    List<Value> outputs = new ArrayList<>();
    for (String name : graph.outputs()) {
      outputs.add(g.named(whole(name), name));
    }
    Graph program = g.build(outputs);
    Map<Reading.Choice, String> names = new LinkedHashMap<>();
    choices.forEach((choice, value) -> names.put(choice, value.name()));
    return new Program(program, parts.name(), Field.of(x, entry), names, bases);
  }

  private void emit(Node node) {
    Optional<Spread> spread = Optional.ofNullable(plan.spreads().get(node.output()));
    List<String> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(input.isEmpty() ? "" : operand(node, input).name());
    }
    List<Value> outputs = new ArrayList<>();
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        outputs.add(output(output));
      }
    }
    Optional<Norms> norms = isReached(node) ? Norms.of(plan.graph(), node) : Optional.empty();
    if (norms.isPresent()) {
      Value weights = g.constant(node.name() + ".weights", norms.get().weights());
      Value bias = g.constant(node.name() + ".bias", norms.get().bias());
      List<String> operands = List.of(inputs.get(0), weights.name(), bias.name());
      add(
          new Node(node.name(), "Conv", operands, node.outputs(), norms.get().attributes()),
          outputs);
      return;
    }
    boolean windowed = spread.filter(Spread::windowed).isPresent();
    Attributes attributes = windowed ? unpadded(node) : node.attributes();
    String op = node.op().equals("Pad") && windowed ? "Identity" : node.op();
    List<String> read = op.equals(node.op()) ? inputs : inputs.subList(0, 1);
    add(new Node(node.name(), node.domain(), op, read, node.outputs(), attributes), outputs);
  }

  private void add(Node node, List<Value> outputs) {
    g.add(node, outputs);
    outputs.forEach(o -> made.put(o.name(), o));
  }

  private boolean isReached(Node node) {
    return plan.changed().containsKey(node.output()) || plan.whole().contains(node.output());
  }

  /** Windows over cells that have been put together: all of them, and none beyond. */
  private Attributes unpadded(Node node) {
    if (node.op().equals("Pad")) {
      return Attributes.none();
    }
    Spread spread = plan.spreads().get(node.output());
    long[] strides = {step(spread.down()), step(spread.across())};
    return node.attributes()
        .without("pads")
        .without("auto_pad")
        .without("ceil_mode")
        .with("strides", strides);
  }

  private static long step(Sweep sweep) {
    return sweep.extent() == 1 ? 1 : sweep.stride();
  }

  private Value operand(Node node, String input) {
    Optional<Tensor> constant = plan.graph().constant(input);
    Optional<Reading> reading = plan.reading(node, input);
    if (reading.isPresent()) {
      Value cells = read.computeIfAbsent(reading.get(), this::read);
      return beside(node, reading.get())
          ? blocked.computeIfAbsent(cells.name(), n -> blocked(cells, reading.get().axes()))
          : cells;
    }
    return constant
        .map(t -> made.computeIfAbsent(input, name -> g.constant(name, t)))
        .orElseGet(() -> made(input));
  }

  /** Whether cells that were put together are joined with what convolutions make. */
  private static boolean beside(Node node, Reading reading) {
    boolean all = reading.to() instanceof Target.All;
    return JOINING.contains(node.op()) || all && node.op().equals("Concat");
  }

  /**
   * The same numbers out of a convolution that changes nothing, so that the runtime has them in its
   * blocked layout: a sum would else leave it, and a concatenation that grows layer by layer be
   * brought there anew in each.
   */
  private Value blocked(Value cells, Axes axes) {
    long channels = channels(cells.shape(), axes);
    if (axes.channel() != 1 || channels % BLOCK != 0) {
      return cells;
    }
    float[] ones = new float[Math.toIntExact(channels)];
    Arrays.fill(ones, 1);
    Value weights = g.constant(Tensor.of(ones, channels, 1, 1, 1));
    Attributes each = Attributes.of("group", channels).with("kernel_shape", new long[] {1, 1});
    return g.shaped("Conv", each, cells.type(), cells.shape(), cells, weights);
  }

  private Value made(String name) {
    return Optional.ofNullable(made.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the plan makes no value " + name));
  }

  private Value whole(String name) {
    Changed part = plan.changed().get(name);
    if (part == null) {
      return made(name);
    }
    Field field = Field.of(plan.graph().value(name), part);
    return read.computeIfAbsent(
        new Reading(name, Optional.of(field), new Target.All(), 0, part.axes()), this::read);
  }

  private Value output(String name) {
    Optional<Changed> part = Optional.ofNullable(plan.changed().get(name));
    Value known = plan.graph().find(name).orElse(new Value(name, DataType.FLOAT, Shape.scalar()));
    return part.map(p -> new Value(name, known.type(), shape(known, p))).orElse(known);
  }

  /** The shape of an array of parts: only the run knows how large these are. */
  private Shape shape(Value value, Changed part) {
    Field field = Field.of(value, part);
    return value
        .shape()
        .with(part.axes().row(), length(field.rows(), field.height(), "rows"))
        .with(part.axes().column(), length(field.columns(), field.width(), "columns"));
  }

  private long length(Object... of) {
    return lengths.computeIfAbsent(List.of(of), k -> Shape.free(lengths.size()));
  }

  private Value read(Reading reading) {
    Value choice = choices.computeIfAbsent(reading.choice(), this::choice);
    Value value = plan.graph().value(reading.value());
    Value table = reading.from().isPresent() ? table(reading) : constants(reading);
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
    return g.input(SCOPE + "/cells" + choices.size(), DataType.INT32, shape);
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
  private Value table(Reading reading) {
    return tables.computeIfAbsent(
        List.of(reading.value(), reading.outside()),
        k -> {
          Value parts = made(reading.value());
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
    String name = SCOPE + "/map of " + reading.value();
    if (!bases.containsKey(name)) {
      bases.put(name, new Base(reading.value(), reading.from().orElseThrow()));
      made.put(name, g.input(name, DataType.FLOAT, Shape.of(fresh(), channels)));
    }
    return made(name);
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
    Tensor constant = plan.graph().constant(reading.value()).orElseThrow();
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
