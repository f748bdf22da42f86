package dev.picasso.attribution;

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

/**
 * The model computed only where a part of its image changes, for many places at once.
 *
 * @param height rows of pixels that change, for which it is planned
 * @param width columns
 * @param forward what it tells
 */
record Regional(int height, int width, Forward forward) implements Derived {
  @Override
  public Graph graph(Model model) {
    return RegionGraph.of(plan(model)).graph();
  }

  /** What is computed in part. */
  RegionPlan plan(Model model) {
    InputSpec input = model.input().orElseThrow();
    Axes axes = input.layout() == Layout.NCHW ? new Axes(2, 3) : new Axes(1, 2);
    return RegionPlan.of(forward.graph(model), new Entry(input.name(), axes), height, width);
  }

  /** The maps of an unchanged image that it reads, [rows · columns, channels] under their names. */
  record Unchanged(Regional of) implements Derived {
    @Override
    public Graph graph(Model model) {
      RegionPlan plan = of.plan(model);
      GraphBuilder g = GraphBuilder.from(plan.graph());
      List<Value> maps = new ArrayList<>();
      for (String name : plan.kept()) {
        Changed part = plan.changed().get(name);
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
