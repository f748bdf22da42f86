package dev.picasso.region;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.ElementOperators;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * What of a graph is computed in part when a small part of its input changes, and what as a whole.
 * From the first value on that changes as a whole, or nearly so, all behind it does.
 *
 * @param graph what is computed
 * @param entry where it changes
 * @param spreads how the nodes that are computed in part carry the change on, by their first output
 * @param changed what changes of the values that are computed in part, the entry among them
 * @param whole the values that are computed as a whole
 * @param endings why values in part are read as a whole, by the node that does so
 * @param costs what a run costs at one place
 * @param cap how much of a side of each map is computed at most, as a share; 1 for all that changes
 */
public record RegionPlan(
    Graph graph,
    Entry entry,
    Map<String, Spread> spreads,
    Map<String, Changed> changed,
    Set<String> whole,
    Map<String, Ending> endings,
    Costs costs,
    double cap) {
  /** Shares of a map from which on it is computed as a whole; the cheapest is taken. */
  private static final double[] SHARES = {.4, .55, .7, .85, 1};

  /** Why parts end. */
  public enum Ending {
    /** The operator makes each cell from all, or has no arithmetic of regions. */
    OPERATOR,
    /** So much of the map changes that all of it costs as much. */
    SHARE
  }

  /**
   * A plan for places of some size, which is right for all sizes, and fast for these.
   *
   * @param height rows that change at a place
   * @param width columns that do
   */
  public static RegionPlan of(Graph graph, Entry entry, int height, int width) {
    return capped(graph, entry, height, width, 1);
  }

  /**
   * A plan that leaves out what changes far from the middle of a place, where parts are large: it
   * is taken from the unchanged input, so the outputs are not exact.
   *
   * @param cap how much of a side of each map is computed at most, as a share
   */
  public static RegionPlan capped(Graph graph, Entry entry, int height, int width, double cap) {
    return DoubleStream.of(SHARES)
        .mapToObj(share -> of(graph, entry, height, width, share, cap))
        .min(Comparator.comparingDouble(p -> p.costs.regional()))
        .orElseThrow();
  }

  static RegionPlan of(Graph graph, Entry entry, int height, int width, double most) {
    return of(graph, entry, height, width, most, 1);
  }

  private static RegionPlan of(
      Graph graph, Entry entry, int height, int width, double most, double cap) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    Map<String, Changed> changed = new LinkedHashMap<>();
    Set<String> whole = new LinkedHashSet<>();
    Map<String, Ending> endings = new LinkedHashMap<>();
    Value x = graph.value(entry.value());
    Changed all = new Changed(Influence.PIXELS, Influence.PIXELS, entry.axes());
    changed.put(x.name(), all);
    Shares shares = new Shares(Field.of(x, all), height, width, cap);
    Spreading spreading = new Spreading(graph, changed);
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(whole::contains)) {
        whole.addAll(node.outputs());
      } else if (node.inputs().stream().anyMatch(changed::containsKey)) {
        Optional<Spread> spread = spreading.through(node).filter(s -> fits(graph, node));
        boolean small =
            spread
                .map(s -> shares.of(Field.of(graph.value(node.output()), s.to())) <= most)
                .orElse(false);
        if (small) {
          spreads.put(node.output(), spread.orElseThrow());
          node.outputs().stream()
              .filter(o -> !o.isEmpty())
              .forEach(o -> changed.put(o, spread.get().to()));
        } else {
          whole.addAll(node.outputs());
          endings.put(node.name(), spread.isPresent() ? Ending.SHARE : Ending.OPERATOR);
        }
      }
    }
    whole.remove("");
    RegionPlan plan =
        new RegionPlan(graph, entry, spreads, changed, whole, endings, Costs.NONE, cap);
    return new RegionPlan(
        graph, entry, spreads, changed, whole, endings, Costs.of(plan, shares), cap);
  }

  /** Whether a part of each output can be named: a batch of maps of known size, in floats. */
  private static boolean fits(Graph graph, Node node) {
    return node.outputs().stream()
        .filter(o -> !o.isEmpty())
        .map(graph::value)
        .allMatch(
            v ->
                v.type() == DataType.FLOAT
                    && v.rank() == 4
                    && v.dim(0) == Shape.BATCH
                    && v.shape().batchAxes() == 1);
  }

  /** The cells that a node needs of its inputs beside those that it has at their places. */
  List<Reading> readings(Node node) {
    List<Reading> readings = new ArrayList<>();
    for (String input : new LinkedHashSet<>(node.inputs())) {
      reading(node, input).ifPresent(readings::add);
    }
    return readings;
  }

  /** How a node reads one of its inputs, unless as it is. */
  Optional<Reading> reading(Node node, String input) {
    Optional<Spread> spread = spread(node);
    Changed part = changed.get(input);
    if (part == null) {
      return spread.flatMap(s -> constantAtPlaces(node, input, s));
    }
    Field field = Field.of(graph.value(input), part);
    if (spread.isEmpty()) {
      return Optional.of(new Reading(input, Optional.of(field), new Target.All(), 0, part.axes()));
    }
    Field outputs = Field.of(graph.value(node.output()), spread.get().to());
    if (!spread.get().windowed() && field.equals(outputs)) {
      return Optional.empty();
    }
    Target target = new Target.Windows(outputs, spread.get().down(), spread.get().across());
    return Optional.of(
        new Reading(input, Optional.of(field), target, spread.get().outside(), part.axes()));
  }

  /** A constant with numbers of its own for each cell. */
  private Optional<Reading> constantAtPlaces(Node node, String input, Spread spread) {
    Value out = graph.value(node.output());
    Optional<Value> constant =
        graph.constant(input).isPresent() ? graph.find(input) : Optional.empty();
    boolean perPlace = node.op().equals("Concat") || ElementOperators.contain(node.op());
    return constant
        .filter(c -> perPlace && !Spreading.isEvenOver(c.shape(), spread.to(), out.shape()))
        .map(
            c ->
                new Reading(
                    input,
                    Optional.empty(),
                    new Target.Windows(Field.of(out, spread.to()), Sweep.SAME, Sweep.SAME),
                    0,
                    spread.to().axes()));
  }

  /**
   * What changes of a value that is computed in part.
   *
   * @throws IllegalArgumentException if it is not
   */
  public Changed part(String value) {
    return Optional.ofNullable(changed.get(value))
        .orElseThrow(() -> new IllegalArgumentException(value + " is not computed in part"));
  }

  /** The map of such a value. */
  Field field(String value) {
    return Field.of(graph.value(value), part(value));
  }

  /** How a node carries the change on; none if it is not computed in part. */
  Optional<Spread> spread(Node node) {
    return Optional.ofNullable(spreads.get(node.output()));
  }

  /** The nodes that the change reaches, in order. */
  List<Node> reached() {
    return graph.nodes().stream()
        .filter(
            n -> n.outputs().stream().anyMatch(o -> changed.containsKey(o) || whole.contains(o)))
        .toList();
  }

  /** The values of which an unchanged run must tell all cells. */
  public Set<String> kept() {
    Set<String> kept = new LinkedHashSet<>();
    for (Node node : reached()) {
      readings(node).stream().filter(r -> r.from().isPresent()).forEach(r -> kept.add(r.value()));
    }
    graph.outputs().stream().filter(changed::containsKey).forEach(kept::add);
    return kept;
  }

  /** What {@link #kept} takes, in bytes. */
  public long keptBytes() {
    return kept().stream()
        .map(graph::value)
        .mapToLong(v -> v.shape().withBatch(1).size() * v.type().bytes())
        .sum();
  }

  /** All distinct readings. */
  Set<Reading> readings() {
    Set<Reading> all = new HashSet<>();
    reached().forEach(node -> all.addAll(readings(node)));
    return all;
  }
}
