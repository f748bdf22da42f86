package dev.picasso.region;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plan layer by layer, for people: convolutions, pooling and products, whatever mixes cells, and
 * where parts end. What works on each cell alone goes with these.
 *
 * @param layers in the order of the graph
 * @param whole how many nodes behind the parts are computed as a whole
 */
public record Outline(List<Layer> layers, int whole) {
  private static final Set<String> HEAVY = Set.of("Conv", "MatMul", "Gemm");

  /**
   * A layer that the change reaches.
   *
   * @param name of its node
   * @param operator of ONNX
   * @param map what it puts out, if that is a map; empty where only a run knows its size
   * @param part rows and columns of it that are computed, in the mean over all places; empty where
   *     all of it is
   * @param ending why parts end here, if they do
   */
  public record Layer(
      String name,
      String operator,
      Optional<Size> map,
      Optional<Size> part,
      Optional<String> ending) {
    /** How much of it is computed, as a share. */
    public double share() {
      return part.isEmpty() || map.isEmpty()
          ? 1
          : part.get().rows() * part.get().columns() / (map.get().rows() * map.get().columns());
    }
  }

  /** Rows and columns. */
  public record Size(double rows, double columns) {}

  public Outline {
    layers = List.copyOf(layers);
  }

  /**
   * Of a plan.
   *
   * @param height rows that change at a place
   * @param width columns that do
   */
  public static Outline of(RegionPlan plan, int height, int width) {
    Value x = plan.graph().value(plan.entry().value());
    Field pixels = plan.field(x.name());
    Shares shares = new Shares(pixels, height, width, plan.cap());
    List<Layer> layers = new ArrayList<>();
    int whole = 0;
    for (Node node : plan.reached()) {
      Optional<Spread> spread = plan.spread(node);
      Optional<String> ending =
          Optional.ofNullable(plan.endings().get(node.name()))
              .map(e -> words(plan.graph(), node, e));
      whole += spread.isEmpty() ? 1 : 0;
      boolean mixes = spread.filter(Spread::windowed).isPresent() || HEAVY.contains(node.op());
      if (spread.isPresent() && mixes) {
        Field field = Field.of(plan.graph().value(node.output()), spread.get().to());
        Size map = new Size(field.height(), field.width());
        Size part = new Size(shares.rows(field), shares.columns(field));
        layers.add(new Layer(node.name(), node.op(), Optional.of(map), Optional.of(part), ending));
      } else if (ending.isPresent()) {
        layers.add(new Layer(node.name(), node.op(), Optional.empty(), Optional.empty(), ending));
      }
    }
    return new Outline(layers, whole);
  }

  private static String words(Graph graph, Node node, RegionPlan.Ending ending) {
    if (ending == RegionPlan.Ending.SHARE) {
      return "so much of it changes that all of it costs as much";
    }
    Optional<Shape> shape = graph.find(node.output()).map(Value::shape);
    return shape.isEmpty() || shape.get().batchAxes() > 1
        ? "how large its map is shows only when it runs"
        : "it makes each number from all places, or Picasso has no rule for parts of it";
  }
}
