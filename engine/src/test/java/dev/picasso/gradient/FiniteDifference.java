package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.ExecutionException;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Compares the gradient of L = Σ r·y, r random, with the central difference of L along one random
 * direction; in double precision where the runtime can, else in single precision.
 */
final class FiniteDifference {
  private record Precision(DataType type, double step, double tolerance) {}

  private static final Precision DOUBLE = new Precision(DataType.DOUBLE, 1e-5, 3e-6);
  private static final Precision SINGLE = new Precision(DataType.FLOAT, 4e-3, 2e-3);

  private FiniteDifference() {}

  static void check(OpCase row) {
    if (row.inSingle()) {
      check(row, SINGLE);
      return;
    }
    try {
      check(row, DOUBLE);
    } catch (ExecutionException e) {
      String message = String.valueOf(e.getMessage());
      boolean missing =
          message.contains("Could not find an implementation")
              || message.contains("Type 'tensor(double)'");
      if (!missing) {
        throw e;
      }
      check(row, SINGLE);
    }
  }

  private static void check(OpCase row, Precision precision) {
    GraphBuilder g = new GraphBuilder();
    OpCase.Emitted emitted = row.emit(g, precision.type());
    Random random = row.random();
    List<Value> outputs = emitted.outputs().stream().filter(y -> y.type().isFloating()).toList();
    Map<String, Tensor> feed = new LinkedHashMap<>(emitted.feed());
    List<Value> wanted = new ArrayList<>(outputs);
    List<String> by = emitted.by();
    List<Value> seeds = new ArrayList<>();
    for (Value y : outputs) {
      seeds.add(g.input("r" + seeds.size(), y.type(), y.shape()));
    }
    Value of = loss(g, outputs, seeds);
    Graph graph = g.build(of);
    Value seed = outputs.size() == 1 ? seeds.get(0) : g.scalarLike(of, 1);
    List<Value> gradients =
        new Differentiator(RuleSet.plain()).gradients(g, graph, of.name(), seed, by);
    for (int i = 0; i < by.size(); i++) {
      assertThat(gradients.get(i).shape())
          .as("shape of the gradient by %s", by.get(i))
          .isEqualTo(g.lookUp(by.get(i)).shape());
    }
    wanted.addAll(gradients);
    Graph derived = g.build(wanted);
    try (CompiledGraph program =
        CompiledGraph.of(derived, RuntimeOptions.defaults().withoutOptimization())) {
      compare(derived, program, feed, by, seeds, outputs.size(), random, precision);
    }
  }

  /** The output itself where it is the only one, else the sum of all against their seeds. */
  private static Value loss(GraphBuilder g, List<Value> outputs, List<Value> seeds) {
    if (outputs.size() == 1) {
      return outputs.get(0);
    }
    Value sum = g.sum(g.mul(outputs.get(0), seeds.get(0)), false);
    for (int i = 1; i < outputs.size(); i++) {
      sum = g.add(sum, g.sum(g.mul(outputs.get(i), seeds.get(i)), false));
    }
    return sum;
  }

  private static void compare(
      Graph derived,
      CompiledGraph program,
      Map<String, Tensor> inputs,
      List<String> names,
      List<Value> seeds,
      int outputs,
      Random random,
      Precision precision) {
    Map<String, Tensor> feed = new LinkedHashMap<>(inputs);
    seeds.forEach(r -> feed.put(r.name(), normal(random, r.shape().withBatch(2), r.type())));
    Map<String, Tensor> direction = new LinkedHashMap<>();
    names.forEach(name -> direction.put(name, uniform(random, inputs.get(name))));

    Map<String, Tensor> here = program.run(feed);
    double expected =
        (loss(derived, program, stepped(feed, direction, precision.step()), seeds, outputs)
                - loss(
                    derived, program, stepped(feed, direction, -precision.step()), seeds, outputs))
            / (2 * precision.step());
    double actual = 0;
    double squares = 0;
    for (int i = 0; i < names.size(); i++) {
      double[] gradient = doubles(here.get(derived.outputs().get(outputs + i)));
      double[] along = doubles(direction.get(names.get(i)));
      assertThat(gradient).as("gradient by %s", names.get(i)).hasSameSizeAs(along);
      for (int k = 0; k < along.length; k++) {
        actual += gradient[k] * along[k];
        squares += gradient[k] * gradient[k] * along[k] * along[k];
      }
    }
    double scale = Math.max(1e-3, Math.sqrt(squares));
    assertThat(actual)
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(precision.tolerance() * scale));
  }

  private static double loss(
      Graph derived,
      CompiledGraph program,
      Map<String, Tensor> feed,
      List<Value> seeds,
      int outputs) {
    Map<String, Tensor> results = program.run(feed);
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      double[] y = doubles(results.get(derived.outputs().get(i)));
      double[] r = doubles(feed.get(seeds.get(i).name()));
      for (int k = 0; k < y.length; k++) {
        sum += y[k] * r[k];
      }
    }
    return sum;
  }

  private static Map<String, Tensor> stepped(
      Map<String, Tensor> feed, Map<String, Tensor> direction, double step) {
    Map<String, Tensor> moved = new LinkedHashMap<>(feed);
    direction.forEach(
        (name, d) -> {
          double[] x = doubles(feed.get(name));
          double[] along = doubles(d);
          for (int i = 0; i < x.length; i++) {
            x[i] += step * along[i];
          }
          moved.put(name, tensor(x, d));
        });
    return moved;
  }

  private static Tensor normal(Random random, dev.picasso.graph.Shape shape, DataType type) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape.dims()).as(type);
  }

  private static Tensor uniform(Random random, Tensor like) {
    float[] values = new float[(int) like.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Tensor.of(values, like.shape().dims()).as(like.type());
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[(int) tensor.size()];
    if (tensor.type() == DataType.DOUBLE) {
      tensor.bytes().asDoubleBuffer().get(values);
    } else {
      float[] floats = tensor.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
    }
    return values;
  }

  private static Tensor tensor(double[] values, Tensor like) {
    var bytes = Tensor.allocate((long) values.length * like.type().bytes());
    for (double value : values) {
      if (like.type() == DataType.DOUBLE) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return Tensor.of(like.type(), like.shape(), bytes.flip());
  }
}
