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
 * The model, seeing of one image what channels of a layer show: {@link #IMAGE} and {@link #MAPS}
 * in, scores and probabilities out. Each map is brought to the pixels and stretched to 0 … 1, and 0
 * all over where it is constant.
 *
 * @param input the one that takes the images
 * @param height of the maps
 * @param width of them
 * @param more names of further values that come out
 */
record MaskedInput(InputSpec input, int height, int width, List<String> more) implements Derived {
  /** [1, …], as the model is fed with it. */
  static final String IMAGE = "picasso/image";

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
    Value image = g.input(IMAGE, x.type(), x.shape().with(0, 1));
    Value maps = g.input(MAPS, DataType.FLOAT, Shape.of(x.dim(0), height, width));
    Value up = PixelGrid.resized(g, g.unsqueeze(maps, 1), input.height(), input.width());
    Value low = g.reduce("ReduceMin", up, true, 2, 3);
    Value range = g.sub(g.reduce("ReduceMax", up, true, 2, 3), low);
    // What is constant is 0 less its least anyway; asking each pixel for it would take longer.
    Value none = g.equal(range, g.scalarLike(range, 0));
    Value mask = g.div(g.sub(up, low), g.where(none, g.scalarLike(range, 1), range));
    Set<String> outputs = new LinkedHashSet<>(more);
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    return Grafts.replaced(
        whole, input.name(), g, PixelGrid.masked(g, image, mask, input), outputs);
  }
}
