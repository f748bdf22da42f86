package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.PixelGrid;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Layout;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Σ_C |x ⊙ ∂S/∂x| + Σ over biases b of convolutions and batch normalizations, as the file has them,
 * of |b ⊙ ∂S/∂b| at each position, brought to the pixels bilinearly and summed over channels: [N,
 * H, W], not negative. Biases of dense layers have no position and are left out. Srinivas and
 * Fleuret 2019, arXiv 1905.00780.
 */
@AutoService(Attribution.class)
public record FullGradient(
    @Label(
            value = "Rescale",
            help = "Bring each layer's share to 0..1 first, so that none outshines the others.")
        boolean rescale)
    implements GraphMethod {

  public FullGradient() {
    this(false);
  }

  @Override
  public String id() {
    return "full-gradient";
  }

  @Override
  public String title() {
    return "Full gradient";
  }

  @Override
  public String description() {
    return "See the pixels and, at every depth, the regions that the score comes from.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Srinivas and Fleuret 2019, Full-Gradient Representation for Neural Network"
                + " Visualization",
            "https://arxiv.org/abs/1905.00780"));
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.PIXELS;
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "size of what the pixel, and the biases at its place, add to the score";
  }

  @Override
  public Graph basis(Model model) {
    return model.layers().unfolded();
  }

  @Override
  public Value map(Sketch s) {
    InputSpec input =
        s.model()
            .input()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        s.model().title() + " takes no images, so that there are no pixels."));
    List<Biases.Bias> biases = Biases.of(s.graph(), s.model().scores().scores());
    List<String> by = new ArrayList<>(List.of(s.x().name()));
    biases.forEach(bias -> by.add(bias.value()));
    List<Value> gradients = s.gradients(by);
    GraphBuilder g = s.builder();
    Value x = g.cast(s.x(), DataType.FLOAT);
    Value pixels = term(g, g.mul(x, g.cast(gradients.get(0), DataType.FLOAT)));
    Value sum = overChannels(g, pixels, input);
    // Terms of one size are summed before they are brought to the pixels, which is the same.
    Map<List<Long>, Value> bySize = new LinkedHashMap<>();
    for (int i = 0; i < biases.size(); i++) {
      Value gradient = gradients.get(i + 1);
      float[] numbers = biases.get(i).numbers();
      Value bias = g.constant(Tensor.of(numbers, 1, numbers.length, 1, 1));
      Value term = g.sum(term(g, g.mul(gradient, g.cast(bias, gradient.type()))), true, 1);
      bySize.merge(
          List.of(term.dim(2), term.dim(3)), g.cast(term, DataType.FLOAT), (a, b) -> g.add(a, b));
    }
    for (Value plane : bySize.values()) {
      Value up = PixelGrid.resized(g, plane, input.height(), input.width());
      sum = g.add(sum, g.squeeze(up, 1));
    }
    return sum;
  }

  /** The absolute value; rescaled it goes from 0 to 1 in each image. */
  private Value term(GraphBuilder g, Value product) {
    Value size = g.abs(product);
    if (!rescale) {
      return size;
    }
    long[] axes = LongStream.range(1, size.rank()).toArray();
    Value low = g.reduce("ReduceMin", size, true, axes);
    Value width = g.sub(g.reduce("ReduceMax", size, true, axes), low);
    // Where all numbers are the same, zero over the smallest number is zero.
    return g.div(g.sub(size, low), g.max(width, g.scalarLike(width, Float.MIN_NORMAL)));
  }

  /** [N, H, W] of a value in the layout of the input. */
  private static Value overChannels(GraphBuilder g, Value x, InputSpec input) {
    long batch = input.shape().dim(0);
    int height = input.height();
    int width = input.width();
    if (input.layout() == Layout.NCHW) {
      return g.sum(x, false, 1);
    }
    return g.sum(g.reshape(x, batch, height, width, input.channels()), false, 3);
  }
}
