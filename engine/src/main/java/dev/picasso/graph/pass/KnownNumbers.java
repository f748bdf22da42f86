package dev.picasso.graph.pass;

import dev.picasso.PicassoException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Numbers that follow from constants and from shapes that are known, such as the target shapes that
 * a graph computes. They are computed when one of them is asked for; only small arrays are.
 */
final class KnownNumbers {
  private static final long SMALL = 1024;

  /** How often something is computed: more often than any exporter writes shapes of shapes. */
  private static final int MOST_RUNS = 3000;

  /** Operators whose results, for which there is no rule, are no larger than their inputs. */
  private static final Set<String> NOT_GROWING = Set.of("Compress", "NonZero", "Unique");

  private final Evaluator evaluator;
  private final Map<String, Tensor> constants;
  private final Set<String> pending = new LinkedHashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private int runs;

  /**
   * Starts with constants.
   *
   * @param constants what is known; what is computed is added
   */
  KnownNumbers(Evaluator evaluator, Map<String, Tensor> constants) {
    this.evaluator = evaluator;
    this.constants = constants;
  }

  /** Takes note of a node that is sound, after the shapes of its results were found. */
  void add(Node node, ShapeWalk walk) {
    if (!node.domain().isEmpty() || node.inputs().isEmpty()) {
      return;
    }
    if (node.op().equals("Shape") || node.op().equals("Size")) {
      walk.find(node.inputs().get(0))
          .map(Value::shape)
          .filter(Shape::isStatic)
          .ifPresent(shape -> constants.put(node.output(), lengths(node, shape)));
      return;
    }
    boolean known =
        node.inputs().stream()
            .allMatch(i -> i.isEmpty() || constants.containsKey(i) || pending.contains(i));
    boolean small =
        NOT_GROWING.contains(node.op())
            ? node.inputs().stream().allMatch(i -> isSmall(walk.find(i)))
            : node.outputs().stream().allMatch(o -> o.isEmpty() || isSmall(walk.find(o)));
    if (known && small) {
      nodes.add(node);
      node.outputs().stream().filter(o -> !o.isEmpty()).forEach(pending::add);
    }
  }

  private static Tensor lengths(Node node, Shape shape) {
    if (node.op().equals("Size")) {
      return Tensor.scalar(shape.size());
    }
    Attributes attributes = node.attributes();
    int rank = shape.rank();
    long start = bound(attributes.integer("start", 0), rank);
    long end = bound(attributes.integer("end", rank), rank);
    return Tensor.longs(LongStream.of(shape.dims()).limit(end).skip(start).toArray());
  }

  private static long bound(long axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static boolean isSmall(Optional<Value> value) {
    return value
        .map(Value::shape)
        .filter(Shape::isStatic)
        .filter(s -> LongStream.of(s.dims()).asDoubleStream().reduce(1, (a, b) -> a * b) <= SMALL)
        .isPresent();
  }

  /**
   * The numbers of a value, if they are known.
   *
   * @throws IllegalArgumentException if such numbers were computed without end
   */
  Optional<Tensor> find(String name) {
    if (pending.contains(name)) {
      if (++runs > MOST_RUNS) {
        throw new IllegalArgumentException("shapes are computed from shapes without end");
      }
      try {
        Graph graph =
            Graph.of(List.of(), List.of(), nodes, constants, Map.of())
                .withOutputs(List.copyOf(pending));
        constants.putAll(evaluator.run(graph, Map.of()));
      } catch (PicassoException e) {
        // What cannot be computed stays unknown here; the whole graph cannot be run either.
      }
      pending.clear();
      nodes.clear();
    }
    return Optional.ofNullable(constants.get(name));
  }
}
