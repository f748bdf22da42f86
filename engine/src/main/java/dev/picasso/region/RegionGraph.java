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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private final RegionPlan plan;
  private final GraphBuilder g = new GraphBuilder();
  private final Map<String, Value> made = new HashMap<>();
  private final CellTables tables;

  private RegionGraph(RegionPlan plan) {
    this.plan = plan;
    this.tables = new CellTables(plan.graph(), g, SCOPE);
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
   * @param cap how much of a side of each map is computed at most, as a share; 1 for all
   */
  public record Program(
      Graph graph,
      String parts,
      Field field,
      Map<Reading.Choice, String> choices,
      Map<String, Base> bases,
      double cap) {
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
    Changed entry = plan.part(plan.entry().value());
    Value x = graph.value(plan.entry().value());
    Value parts = g.input(SCOPE + "/pixels", x.type(), tables.shape(x, entry));
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
    return new Program(
        program, parts.name(), Field.of(x, entry), tables.choices(), tables.bases(), plan.cap());
  }

  private void emit(Node node) {
    Optional<Spread> spread = plan.spread(node);
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
    if (windowed && PaddedMeans.leaveOut(node)) {
      mean(node, inputs, attributes, outputs);
      return;
    }
    add(new Node(node.name(), node.domain(), op, read, node.outputs(), attributes), outputs);
  }

  /**
   * Means of windows that leave padding out: means with zeros for it, and a factor for each place.
   */
  private void mean(Node node, List<String> inputs, Attributes attributes, List<Value> outputs) {
    Value out = outputs.get(0);
    Value means =
        g.shaped("AveragePool", attributes, out.type(), out.shape(), g.lookUp(inputs.get(0)));
    Field field = plan.field(out.name());
    Value input = plan.graph().value(node.inputs().get(0));
    Tensor factors = PaddedMeans.factors(plan.spread(node).orElseThrow(), input.shape(), field);
    Value places = tables.places(SCOPE + "/factors of " + out.name(), factors, field);
    add(
        new Node(
            node.name(),
            "Mul",
            List.of(means.name(), places.name()),
            node.outputs(),
            Attributes.none()),
        outputs);
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
    Spread spread = plan.spread(node).orElseThrow();
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
      Value parts = reading.get().from().isPresent() ? made(input) : plan.graph().value(input);
      return beside(node, reading.get())
          ? tables.blocked(reading.get(), parts)
          : tables.cells(reading.get(), parts);
    }
    return constant
        .map(t -> made.computeIfAbsent(input, name -> g.constant(name, t)))
        .orElseGet(() -> made(input));
  }

  /** Whether cells that were put together are joined with what convolutions make. */
  private static boolean beside(Node node, Reading reading) {
    boolean all = reading.to() instanceof Target.All;
    return JOINING.contains(node.op()) || (all && node.op().equals("Concat"));
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
    return tables.cells(
        new Reading(name, Optional.of(field), new Target.All(), 0, part.axes()), made(name));
  }

  private Value output(String name) {
    Optional<Changed> part = Optional.ofNullable(plan.changed().get(name));
    Value known = plan.graph().find(name).orElse(new Value(name, DataType.FLOAT, Shape.scalar()));
    return part.map(p -> new Value(name, known.type(), tables.shape(known, p))).orElse(known);
  }
}
