package dev.picasso.region;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;

/**
 * What a run costs at one place, in multiply-adds and what takes as long.
 *
 * @param whole of everything
 * @param regional of the parts that change
 * @param bound multiply-adds alone, of everything through those of the parts: more cannot be gained
 * @param bytes of all that the parts write
 */
public record Costs(double whole, double regional, double bound, long bytes) {
  static final Costs NONE = new Costs(1, 1, 1, 1);

  /** Multiply-adds in the time in which a node writes a number; measured on MobileNetV2. */
  private static final double WRITING = 40;

  /** Multiply-adds in the time in which a number is put among others; measured on VGG-16. */
  private static final double GATHERING = 200;

  static Costs of(RegionPlan plan, Shares shares) {
    double whole = 0;
    double regional = 0;
    double all = 0;
    double some = 0;
    double written = 0;
    for (Node node : plan.reached()) {
      double products = products(plan.graph(), node);
      double cost = products + WRITING * size(plan.graph(), node.output());
      double share =
          plan.spreads().containsKey(node.output()) ? shares.of(plan.field(node.output())) : 1;
      whole += cost;
      regional += share * cost;
      all += products;
      some += share * products;
      written += share * size(plan.graph(), node.output());
    }
    for (Reading reading : plan.readings()) {
      double read = shares.of(reading) * size(plan.graph(), reading.value());
      regional += GATHERING * read;
      written += read;
    }
    return new Costs(whole, regional, some == 0 ? 1 : all / some, (long) (4 * written));
  }

  /** How many times as fast the parts are expected to be. */
  public double gain() {
    return whole / regional;
  }

  /** Multiply-adds of a convolution or product, for one image. */
  private static double products(Graph graph, Node node) {
    return switch (node.op()) {
      case "Conv" ->
          size(graph, node.output())
              * graph
                  .find(node.inputs().get(1))
                  .map(w -> size(w) / Math.max(1, w.dim(0)))
                  .orElse(0.);
      case "Gemm", "MatMul" ->
          size(graph, node.output())
              * graph.find(node.inputs().get(0)).map(a -> (double) Math.abs(a.dim(-1))).orElse(0.);
      default -> 0;
    };
  }

  private static double size(Graph graph, String value) {
    return graph.find(value).map(Costs::size).orElse(0.);
  }

  private static double size(Value value) {
    Shape one = value.shape().withBatch(1);
    return one.size();
  }
}
