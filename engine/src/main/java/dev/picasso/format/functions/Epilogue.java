package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What TensorFlow's optimizers put behind a product into the same operator, as its attribute {@code
 * fused_ops} tells. The values are N×C×… here, and what is added follows the product's operands.
 */
final class Epilogue {
  private final Call call;
  private final Deque<String> steps;
  private final Deque<Operand> operands;

  private Epilogue(Call call, List<String> steps, List<Operand> operands) {
    this.call = call;
    this.steps = new ArrayDeque<>(steps);
    this.operands = new ArrayDeque<>(operands);
  }

  static Epilogue of(Call call) {
    call.ignore(
        "num_args",
        "filter_format",
        "num_host_args",
        "TArgs",
        "fused_ops",
        "epsilon",
        "leakyrelu_alpha");
    boolean none = call.argument("args").isEmpty();
    return new Epilogue(
        call, Convolutions.words(call, "fused_ops"), none ? List.of() : call.operands(2));
  }

  /** The bias, where adding one is the first step, which then is done. */
  Optional<Value> takeBias(GraphBuilder g) {
    if (!"BiasAdd".equals(steps.peek())) {
      return Optional.empty();
    }
    steps.remove();
    return Optional.of(BatchStatistics.vector(g, call, next(), "bias"));
  }

  /** All steps that are left. */
  Value apply(GraphBuilder g, Value x) {
    Value y = x;
    while (!steps.isEmpty()) {
      y = step(g, y, steps.remove());
    }
    return y;
  }

  private Value step(GraphBuilder g, Value x, String step) {
    return switch (step) {
      case "BiasAdd" -> {
        Value bias = BatchStatistics.vector(g, call, next(), "bias");
        yield g.add(x, g.reshape(bias, Spatial.channelShape(x.rank(), x.dim(1))));
      }
      case "FusedBatchNorm" -> {
        Value scale = BatchStatistics.vector(g, call, next(), "scale");
        Value offset = BatchStatistics.vector(g, call, next(), "offset");
        Value mean = BatchStatistics.vector(g, call, next(), "mean");
        Value variance = BatchStatistics.vector(g, call, next(), "variance");
        yield BatchStatistics.normalized(
            g, x, List.of(scale, offset, mean, variance), call.number(1e-4, "epsilon"));
      }
      case "Add" -> {
        LaidOut side = next().as(g, DataType.FLOAT).value(g);
        yield g.add(x, call.channelsLast() ? side.channelsFirst(g) : side.logical(g));
      }
      case "LeakyRelu" -> Activations.leakyRelu(g, x, call.number(0.2, "leakyrelu_alpha"));
      case "Relu" -> g.relu(x);
      case "Relu6" -> g.clip(x, 0, 6);
      case "Elu" -> Activations.elu(g, x, 1);
      case "Tanh" -> g.tanh(x);
      case "Sigmoid" -> g.sigmoid(x);
      case "GeluApproximate" -> Activations.gelu(g, x, true);
      case "GeluExact" -> Activations.gelu(g, x, false);
      default -> throw new Unsupported("it has " + step + " in it, which is not known.");
    };
  }

  private Operand next() {
    if (operands.isEmpty()) {
      throw new Unsupported("it has fewer inputs than its fused_ops need.");
    }
    return operands.remove();
  }
}
