package dev.picasso.model.pixels;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Layout;
import dev.picasso.model.InputSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the steps before a model's first convolution tell of its pixels, in numbers and words. */
final class GraphEvidence {
  private GraphEvidence() {}

  /**
   * What a graph tells of an input.
   *
   * @param graph with batch normalizations folded into convolutions, so that their weights are
   *     those that pixels meet
   */
  static PixelEvidence of(Graph graph, InputSpec input) {
    FirstSteps steps = FirstSteps.of(graph, input.name(), pixels(input));
    List<Pixels.Channel> constants =
        steps.statistics().map(FirstSteps.Measured::of).orElse(steps.last()).channels();
    Optional<PixelRange> range = RangeRules.ofConstants(constants);
    if (range.isPresent()) {
      return PixelEvidence.of(range.get(), PixelWords.ofConstants(bySource(constants)))
          .ordered(
              KnownMeans.order(
                  bySource(constants).stream().map(Pixels.Channel::zero).toList(), range.get()));
    }
    return steps
        .statistics()
        .flatMap(GraphEvidence::ofStatistics)
        .or(() -> steps.kernel().flatMap(GraphEvidence::ofKernel).filter(e -> isBare(constants)))
        .orElse(PixelEvidence.none());
  }

  private static Pixels pixels(InputSpec input) {
    int axis = input.layout() == Layout.NHWC ? 3 : input.layout() == Layout.NCHW ? 1 : -1;
    return Pixels.input(axis, axis < 0 ? 1 : input.channels());
  }

  private static Optional<PixelEvidence> ofStatistics(FirstSteps.Measured measured) {
    List<Double> means = DoubleStream.of(RangeRules.means(measured)).boxed().toList();
    return RangeRules.ofStatistics(measured)
        .map(
            range ->
                PixelEvidence.of(range, PixelWords.ofStatistics(means))
                    .ordered(KnownMeans.order(means, range)));
  }

  private static Optional<PixelEvidence> ofKernel(Tensor kernel) {
    if (!RangeRules.isFolded(kernel)) {
      return Optional.empty();
    }
    float[] weights = kernel.floats();
    double largest =
        IntStream.range(0, weights.length).mapToDouble(i -> Math.abs(weights[i])).max().orElse(0);
    return Optional.of(PixelEvidence.of(PixelRange.BYTES, PixelWords.ofKernel(largest)));
  }

  /** Whether pixels reach the convolution about as they are. */
  private static boolean isBare(List<Pixels.Channel> channels) {
    return channels.stream().allMatch(c -> Math.abs(c.scale()) > .5 && Math.abs(c.scale()) < 2);
  }

  /** In the order of the input's channels, where each of them is there once. */
  private static List<Pixels.Channel> bySource(List<Pixels.Channel> channels) {
    boolean once =
        channels.stream().map(Pixels.Channel::source).distinct().count() == channels.size();
    return once
        ? channels.stream().sorted((a, b) -> Integer.compare(a.source(), b.source())).toList()
        : channels;
  }
}
