package dev.picasso.graph.shape;

import dev.picasso.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reductions over axes, and the largest or smallest of an axis. */
final class ReductionShapes {
  private ReductionShapes() {}

  static void addTo(Map<String, ShapeInference.Rule> rules) {
    for (String kind :
        List.of(
            "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "LogSum", "LogSumExp", "SumSquare")) {
      rules.put("Reduce" + kind, ReductionShapes::reduce);
    }
    rules.put("ArgMax", ReductionShapes::arg);
    rules.put("ArgMin", ReductionShapes::arg);
    rules.put("TopK", ReductionShapes::topK);
  }

  private static List<Shape> reduce(Operands in) {
    Shape x = in.shape(0);
    boolean nothingToDo =
        in.attributes().flag("noop_with_empty_axes", false) && in.optionalLongs(1).isEmpty();
    if (nothingToDo) {
      return List.of(x);
    }
    long[] axes =
        in.optionalLongs(1)
            .filter(a -> a.length > 0)
            .orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    Set<Integer> gone =
        LongStream.of(axes).mapToObj(a -> in.normalize(a, x.rank())).collect(Collectors.toSet());
    return List.of(without(x, gone, in.attributes().flag("keepdims", true)));
  }

  private static Shape without(Shape x, Set<Integer> gone, boolean keep) {
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!gone.contains(i)) {
        dims.add(x.dim(i));
      } else if (keep) {
        dims.add(1L);
      }
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static List<Shape> arg(Operands in) {
    Shape x = in.shape(0);
    return List.of(
        without(x, Set.of(in.axis(0, x.rank())), in.attributes().flag("keepdims", true)));
  }

  private static List<Shape> topK(Operands in) {
    Shape x = in.shape(0);
    Shape y = x.with(in.axis(-1, x.rank()), in.longs(1)[0]);
    return IntStream.range(0, 2).mapToObj(i -> y).toList();
  }
}
