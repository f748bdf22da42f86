package dev.picasso.attribution.cam;

import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Grafts;
import dev.picasso.attribution.PixelGrid;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The model, seeing of its images what channels of a layer show: {@link #MAPS} in beside x, scores
 * and probabilities out. Each map is brought to the pixels and stretched to 0 … 1, and 0 all over
 * where it is constant.
 *
 * @param input the one that takes the images
 * @param height of the maps
 * @param width of them
 * @param more names of further values that come out
 */
record MaskedInput(InputSpec input, int height, int width, List<String> more) implements Derived {
  /** [N, h, w]. */
  static final String MAPS = "picasso/maps";

  MaskedInput {
    more = List.copyOf(more);
  }

  @Override
  public Graph graph(Model model) {
    Graph whole = model.scores().graph();
    GraphBuilder g = GraphBuilder.from(whole);
    Value x = g.lookUp(input.name());
    Value maps = g.input(MAPS, DataType.FLOAT, Shape.of(x.dim(0), height, width));
    Value up = PixelGrid.resized(g, g.unsqueeze(maps, 1), input.height(), input.width());
    Value low = g.reduce("ReduceMin", up, true, 2, 3);
    Value range = g.sub(g.reduce("ReduceMax", up, true, 2, 3), low);
    Value mask = Formulas.over(g, g.sub(up, low), range);
    Set<String> outputs = new LinkedHashSet<>(more);
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    return Grafts.replaced(whole, input.name(), g, PixelGrid.masked(g, x, mask, input), outputs);
  }
}
