package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Grafts;
import dev.picasso.attribution.PixelGrid;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The model, seeing one picture under each of many masks of RISE, which are enlarged and applied
 * where it runs: {@link #inputs} in, scores and probabilities out. What is not seen is the number
 * 0.
 *
 * @param input the one that takes the images
 * @param grid cells of a mask along a side
 * @param more names of further values that come out
 */
record MaskedPictures(InputSpec input, int grid, List<String> more) implements Derived {
  private static final String IMAGE = "picasso/image";
  private static final String CELLS = "picasso/cells";
  private static final String DOWN = "picasso/down";
  private static final String ACROSS = "picasso/across";

  MaskedPictures {
    more = List.copyOf(more);
  }

  @Override
  public Graph graph(Model model) {
    Graph whole = model.scores().graph();
    GraphBuilder g = GraphBuilder.from(whole);
    Value x = g.lookUp(input.name());
    Value image = g.input(IMAGE, x.type(), x.shape().with(0, 1));
    Value cells = g.input(CELLS, DataType.FLOAT, Shape.of(x.dim(0), grid, grid));
    Value down = matrices(g, Enlargement.of(input.height(), grid), DOWN, x.dim(0));
    Value across = matrices(g, Enlargement.of(input.width(), grid), ACROSS, x.dim(0));
    Value mask = g.matMul(g.matMul(down, cells), g.transpose(across, 0, 2, 1));
    Set<String> outputs = new LinkedHashSet<>(more);
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    Value masked = PixelGrid.masked(g, image, g.unsqueeze(mask, 1), input);
    return Grafts.replaced(whole, input.name(), g, masked, outputs);
  }

  /** The matrix of each mask's place, [N, length, grid]. */
  private static Value matrices(GraphBuilder g, Enlargement side, String places, long n) {
    Value place = g.input(places, DataType.INT64, Shape.of(n));
    return g.gather(g.constant(side.matrices()), place, 0);
  }

  /**
   * What the program takes.
   *
   * @param image [1, …], as the model is fed with it
   */
  Map<String, Tensor> inputs(Tensor image, List<RandomMasks.Drawn> masks) {
    float[] cells = new float[masks.size() * grid * grid];
    for (int k = 0; k < masks.size(); k++) {
      System.arraycopy(masks.get(k).cells(), 0, cells, k * grid * grid, grid * grid);
    }
    long[] down = masks.stream().mapToLong(RandomMasks.Drawn::down).toArray();
    long[] across = masks.stream().mapToLong(RandomMasks.Drawn::across).toArray();
    return Map.of(
        IMAGE, image,
        CELLS, Tensor.of(cells, masks.size(), grid, grid),
        DOWN, Tensor.longs(down),
        ACROSS, Tensor.longs(across));
  }
}
