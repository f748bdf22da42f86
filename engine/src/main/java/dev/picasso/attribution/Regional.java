package dev.picasso.attribution;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.image.Layout;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.region.Axes;
import dev.picasso.region.Changed;
import dev.picasso.region.Entry;
import dev.picasso.region.RegionGraph;
import dev.picasso.region.RegionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The model computed only where a part of its image changes, for many places at once.
 *
 * @param height rows of pixels that change, for which it is planned
 * @param width columns
 * @param cap how much of a side of each layer's map is computed at most, as a share; 1 for all that
 *     changes
 * @param forward what it tells
 */
record Regional(int height, int width, double cap, Forward forward) implements Derived {
  /** Programs are planned for sizes that far apart, so that boxes of any size share a few. */
  private static final int SIZES = 16;

  /** What must be gained for two programs to be kept instead of one. */
  private static final double WORTH = 1.1;

  /** What the maps of the unchanged image may take. */
  static final long MOST_KEPT = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 2);

  /** What a run may hold. */
  private static final long ACTIVATIONS = 256L << 20;

  private static final int MOST = 32;

  /**
   * For places of about a size; empty if the model does not take images as maps of pixels, any
   * number at once.
   */
  static Optional<Regional> of(Model model, Forward forward, int height, int width, double cap) {
    return model
        .input()
        .filter(i -> hindrance(model).isEmpty())
        .map(
            i ->
                new Regional(
                    Math.min(i.height(), roundedUp(height)),
                    Math.min(i.width(), roundedUp(width)),
                    cap,
                    forward));
  }

  /** Why parts of a model cannot be computed alone, whatever changes, in a sentence. */
  static Optional<String> hindrance(Model model) {
    if (model.input().isEmpty()) {
      return Optional.of("The model takes no images.");
    }
    InputSpec input = model.input().get();
    int inputs = model.graph().inputs().size();
    if (inputs != 1) {
      return Optional.of("The model has " + inputs + " inputs; parts are computed of one alone.");
    }
    if (input.layout() != Layout.NCHW && input.layout() != Layout.NHWC) {
      return Optional.of(
          "Its images " + input.shape() + " have no axes of rows, columns and channels.");
    }
    if (input.type() != DataType.FLOAT) {
      return Optional.of("Its images are of " + input.type() + "; parts are computed of floats.");
    }
    return input
        .fixedBatch()
        .map(n -> "Its file computes " + n + " at a time; parts need any number.");
  }

  /**
   * Why a plan is not worth its while, in a sentence; empty if it is.
   *
   * @param mostKept bytes that the maps of the unchanged image may take
   */
  static Optional<String> refusal(RegionPlan plan, long mostKept) {
    if (plan.costs().gain() < WORTH) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Parts would be %.2f times as fast; below %.1f it does not pay.",
              plan.costs().gain(),
              WORTH));
    }
    return plan.keptBytes() > mostKept
        ? Optional.of(
            "The maps of the image as it is would take %d MiB; there is memory for %d."
                .formatted(plan.keptBytes() >> 20, mostKept >> 20))
        : Optional.empty();
  }

  private static int roundedUp(int size) {
    return (size + SIZES - 1) / SIZES * SIZES;
  }

  /** Whether it is worth a plan's while: enough is gained, and the memory is there. */
  boolean pays(RegionPlan plan) {
    return refusal(plan, MOST_KEPT).isEmpty();
  }

  /** How many places one run takes. */
  static int batch(RegionPlan plan) {
    return (int) Math.max(1, Math.min(MOST, ACTIVATIONS / Math.max(1, plan.costs().bytes())));
  }

  @Override
  public Graph graph(Model model) {
    return RegionGraph.of(plan(model)).graph();
  }

  /** What is computed in part. */
  RegionPlan plan(Model model) {
    InputSpec input = model.input().orElseThrow();
    Axes axes = input.layout() == Layout.NCHW ? new Axes(2, 3) : new Axes(1, 2);
    return RegionPlan.capped(
        forward.graph(model), new Entry(input.name(), axes), height, width, cap);
  }

  /** The maps of an unchanged image that it reads, [rows · columns, channels] under their names. */
  record Unchanged(Regional of) implements Derived {
    @Override
    public Graph graph(Model model) {
      RegionPlan plan = of.plan(model);
      GraphBuilder g = GraphBuilder.from(plan.graph());
      List<Value> maps = new ArrayList<>();
      for (String name : plan.kept()) {
        Changed part = plan.part(name);
        Value map = g.lookUp(name);
        Value last =
            part.axes().channelsLast() ? map : g.transpose(map, part.axes().toChannelsLast());
        Value rows = g.reshape(last, -1, last.dim(3));
        maps.add(g.named(rows, map(name)));
      }
      return g.build(maps);
    }

    /** What a map is called among the outputs. */
    static String map(String value) {
      return "map of " + value;
    }
  }
}
