package dev.picasso.format.onnx.integers;

import dev.picasso.PicassoException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A quantized graph as the graph of what its integers stand for: rounding has no gradient, and with
 * it left out a quantization is a Clip to the numbers that its integers reach. So a rectifier that
 * only stands in the range of the integers stays one.
 *
 * <p>Weights become the real numbers that they stand for. An operator that needs integers as such,
 * and is none of those that are known here, gets them rounded, as in the file.
 */
public final class RealNumbers {
  /** What weights pass on the way to where they are read; none of these makes more of them. */
  private static final Set<String> UNPACKING =
      Set.of(
          "QuantizeLinear",
          "DequantizeLinear",
          "Identity",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Reshape");

  private final RealGraph g;
  private final Numbers numbers;

  private RealNumbers(Graph file, Set<String> halfBytes) {
    this.g = new RealGraph(file);
    this.numbers = new Numbers(g, halfBytes);
  }

  /** The operators that compute with quantized numbers; of ONNX Runtime's own, with its domain. */
  public static Set<String> operators() {
    return HandlerTable.standard().operators();
  }

  /**
   * Which inputs of an operator that computes with quantized numbers are these, and not scales or
   * zero points; empty for other operators.
   */
  public static Optional<IntPredicate> numbers(Node node) {
    return HandlerTable.standard().numbers(node);
  }

  /**
   * The same function of real numbers; a note says so where anything changed.
   *
   * @param halfBytes names of constants whose integers have four bits in the file
   */
  public static Graph of(
      Graph file, Set<String> halfBytes, Evaluator evaluator, Consumer<String> notes) {
    if (file.nodes().stream().noneMatch(n -> HandlerTable.standard().find(n).isPresent())) {
      return file;
    }
    RealNumbers walk = new RealNumbers(file, halfBytes);
    file.nodes().forEach(walk::step);
    Map<String, Tensor> weights = walk.weights(evaluator);
    boolean computed = !walk.g.changed().isEmpty();
    if (!weights.isEmpty()) {
      notes.accept(
          "The weights are quantized: the model runs in float on dequantized weights"
              + (computed ? ", and what it computes is not rounded to integers." : "."));
    } else if (computed) {
      notes.accept("The model is quantized: what it computes is not rounded to integers.");
    }
    for (String output : file.outputs()) {
      if (walk.g.meaning(output).isPresent()) {
        notes.accept("The output " + output + " is given as real numbers, not as integers.");
      }
    }
    return walk.g.build(weights);
  }

  private void step(Node node) {
    boolean fixed = !node.inputs().isEmpty() && node.inputs().stream().allMatch(g::isFixed);
    Optional<Handler> handler = HandlerTable.standard().find(node);
    if (fixed) {
      g.add(inOnnx(node));
    } else if (handler.isPresent()) {
      if (!handler.get().make(g, numbers, node)) {
        MovedIntegers.keep(g, numbers, node);
      }
    } else if (node.inputs().stream().anyMatch(i -> g.meaning(i).isPresent())) {
      MovedIntegers.make(g, numbers, node);
    } else {
      g.add(node);
    }
  }

  /** ONNX Runtime has some of ONNX's operators under its own name too. */
  private static Node inOnnx(Node node) {
    return node.op().equals("DequantizeLinear") || node.op().equals("QuantizeLinear")
        ? new Node(node.name(), node.op(), node.inputs(), node.outputs(), node.attributes())
        : node;
  }

  /** What integers that stand in the file stand for, where something else reads it. */
  private Map<String, Tensor> weights(Evaluator evaluator) {
    Set<String> unpacked = new HashSet<>();
    List<String> wanted = new ArrayList<>();
    for (Node node : g.nodes()) {
      boolean packed =
          UNPACKING.contains(node.op())
              && node.domain().isEmpty()
              && node.inputs().stream()
                  .allMatch(i -> i.isEmpty() || g.constant(i).isPresent() || unpacked.contains(i));
      if (packed) {
        unpacked.add(node.output());
        if (node.op().equals("DequantizeLinear")) {
          wanted.add(node.output());
        }
      }
    }
    Map<String, Tensor> computed = new LinkedHashMap<>();
    if (!wanted.isEmpty()) {
      try {
        computed.putAll(evaluator.run(g.fixedPart(wanted), Map.of()));
      } catch (PicassoException e) {
        // They stay to be computed in the graph, which cannot be run either: that is told there.
        computed.clear();
      }
    }
    return computed;
  }
}
