package dev.picasso.attribution.cam;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Derived;
import dev.picasso.attribution.Grafts;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.layers.Layer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The rest of a model from a layer on, with the layer times a mask: {@link #VALUE} and {@link
 * #MASK} in, scores and probabilities out. One value serves all masks where it has no tokens beside
 * its positions. The image is an input too where the scores depend on it by a way that leads past
 * the layer.
 *
 * @param over what the mask has an entry for
 * @param more names of further values that come out
 */
record MaskedLayer(Layer layer, Over over, List<String> more) implements Derived {
  /** The layer's value, as it lies in the graph. */
  static final String VALUE = "picasso/layer";

  /** [N, K] or [N, 1, h, w]. */
  static final String MASK = "picasso/mask";

  /** What is masked. */
  enum Over {
    /** Whole channels, with those of the class token. */
    CHANNELS,
    /** Positions; tokens that are none, such as the class token, stay as they are. */
    POSITIONS
  }

  MaskedLayer {
    more = List.copyOf(more);
  }

  @Override
  public Graph graph(Model model) {
    Graph whole = model.layers().graphWith(layer);
    GraphBuilder g = GraphBuilder.from(whole);
    Value original = whole.value(layer.value());
    Value value = g.input(VALUE, original.type(), isShared() ? one(original) : original.shape());
    Value masked =
        over == Over.CHANNELS
            ? channels(g, value, original.dim(0))
            : positions(g, value, original.dim(0));
    Set<String> outputs = new LinkedHashSet<>(more);
    outputs.add(model.scores().scores());
    outputs.add(model.scores().probabilities());
    return Grafts.replaced(whole, layer.value(), g, masked, outputs);
  }

  /** Whether one value goes with any number of masks, since nothing of it stays unmasked. */
  private boolean isShared() {
    return layer.grid() instanceof Grid.Spatial || layer.grid() instanceof Grid.SpatialLast;
  }

  private static Shape one(Value value) {
    return value.shape().with(0, 1);
  }

  private Value channels(GraphBuilder g, Value value, long batch) {
    int axis = channelAxis();
    long[] beside = LongStream.range(0, value.rank()).map(i -> 1).toArray();
    beside[0] = batch;
    beside[axis] = value.dim(axis);
    Value mask = g.input(MASK, DataType.FLOAT, Shape.of(batch, value.dim(axis)));
    return g.mul(value, g.cast(g.reshape(mask, beside), value.type()));
  }

  private int channelAxis() {
    Grid grid = layer.grid();
    boolean last = grid instanceof Grid.SpatialLast || grid instanceof Grid.Tokens;
    return last ? layer.shape().rank() - 1 : 1;
  }

  private Value positions(GraphBuilder g, Value value, long batch) {
    Value grid = layer.grid().toGrid(g, value);
    long masks = isShared() ? batch : grid.dim(0);
    Value mask = g.input(MASK, DataType.FLOAT, Shape.of(masks, 1, grid.dim(2), grid.dim(3)));
    Value masked = g.mul(grid, g.cast(mask, grid.type()));
    return layer.grid().fromGrid(g, value, masked);
  }

  /** Fills in a mask that is all ones. */
  @FunctionalInterface
  interface Masks {
    void fill(int number, float[] mask);
  }

  /** Takes the outputs for the masks of some numbers. */
  @FunctionalInterface
  interface Reader {
    void read(int from, int to, Map<String, Tensor> outputs);
  }

  /** Runs with each of many masks, as many at once as fit the memory. */
  void run(ImageWork work, ImageWork.One image, int count, Masks masks, Reader reader) {
    int height = image.height();
    int width = image.width();
    int size = over == Over.CHANNELS ? image.count() : height * width;
    int batch = Math.min(count, work.explainer().batch(this));
    // What is not read is not copied: fresh memory may take longer than the rest of the model.
    Tensor x = work.explainer().readsImage(this) ? Batches.repeated(image.x(), batch) : image.x();
    Tensor value = isShared() ? image.raw() : Batches.repeated(image.raw(), batch);
    for (int from = 0; from < count; from += batch) {
      int to = Math.min(count, from + batch);
      float[] all = new float[(to - from) * size];
      for (int i = from; i < to; i++) {
        float[] mask = new float[size];
        Arrays.fill(mask, 1);
        masks.fill(i, mask);
        System.arraycopy(mask, 0, all, (i - from) * size, size);
      }
      Tensor given =
          over == Over.CHANNELS
              ? Tensor.of(all, to - from, size)
              : Tensor.of(all, to - from, 1, height, width);
      Map<String, Tensor> more = Map.of(VALUE, first(value, to - from), MASK, given);
      reader.read(from, to, work.explainer().run(this, first(x, to - from), more));
    }
  }

  private static Tensor first(Tensor rows, int count) {
    return Batches.rows(rows, 0, Math.min(count, (int) rows.shape().dim(0)));
  }
}
