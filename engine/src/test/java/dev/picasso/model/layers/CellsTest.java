package dev.picasso.model.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Region;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where in the image the rows of a layer look, through all that models do with axes. */
class CellsTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 2, 16, 24);

  @TempDir Path folder;

  /**
   * A layer made of images [N, 2, 16, 24].
   *
   * @param rows where the first row looks and how far it is to the next, in pixels; empty where
   *     that cannot be told
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Case(String name, BiFunction<GraphBuilder, Value, Value> make, double... rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("as it is", GraphBuilder::relu, .5, 1),
        new Case("padded before and after", (g, x) -> conv(g, x, 3, 1, 1, 1), .5, 1),
        new Case("padded after only, as by TensorFlow", (g, x) -> conv(g, x, 3, 2, 0, 1), 1.5, 2),
        new Case("padded before only, as by PyTorch", (g, x) -> conv(g, x, 3, 2, 1, 1), .5, 2),
        new Case("twice", (g, x) -> conv(g, conv(g, x, 3, 2, 0, 1), 3, 2, 0, 1), 3.5, 4),
        new Case("pooled by two", (g, x) -> pool(g, x), 1, 2),
        new Case(
            "channels last", (g, x) -> g.transpose(conv(g, x, 3, 2, 0, 1), 0, 2, 3, 1), 1.5, 2),
        new Case("patches as tokens", (g, x) -> tokens(g, conv(g, x, 4, 4, 0, 0)), 2, 4),
        new Case(
            "patches by reshaping",
            (g, x) ->
                g.reshape(
                    g.transpose(g.reshape(x, -1, 2, 4, 4, 6, 4), 0, 2, 4, 3, 5, 1), -1, 24, 32),
            2,
            4),
        new Case(
            "a class token before them",
            (g, x) -> {
              Value t = tokens(g, conv(g, x, 4, 4, 0, 0));
              return g.concat(1, List.of(g.mean(t, true, 1), t));
            },
            2,
            4),
        new Case(
            "attention between them",
            (g, x) -> {
              Value t = tokens(g, conv(g, x, 4, 4, 0, 0));
              return g.add(t, g.matMul(g.softmax(g.matMul(t, g.transpose(t, 0, 2, 1)), 2), t));
            },
            2,
            4),
        new Case("four neighbours merged", CellsTest::merged, 1, 2),
        new Case("every second row from the second", (g, x) -> g.slice(x, 2, 1, 16, 2), 1.5, 2),
        new Case("turned upside down", (g, x) -> reversed(g, x)),
        new Case(
            "rolled, and added to what was not",
            (g, x) -> {
              Value rolled = g.concat(2, List.of(g.slice(x, 2, 3, 16), g.slice(x, 2, 0, 3)));
              return g.add(rolled, x);
            },
            .5,
            1),
        new Case(
            "a gate that is the same everywhere",
            (g, x) -> {
              Value y = conv(g, x, 3, 2, 0, 1);
              return g.mul(y, g.sigmoid(g.mean(y, true, 2, 3)));
            },
            1.5,
            2),
        new Case(
            "two ways, the wider of which is shifted",
            (g, x) -> g.add(conv(g, x, 3, 2, 0, 1), conv(g, x, 1, 2, 0, 0)),
            1,
            2),
        new Case("twice as large", (g, x) -> doubled(g, conv(g, x, 3, 2, 0, 1)), 1, 1));
  }

  private static Value conv(GraphBuilder g, Value x, int size, int stride, int before, int after) {
    float[] ones = new float[4 * size * size];
    Arrays.fill(ones, .1f);
    Attributes attributes =
        Attributes.of("strides", new int[] {stride, stride})
            .with("pads", new int[] {before, before, after, after});
    return g.conv(x, g.constant(Tensor.of(ones, 2, 2, size, size)), Optional.empty(), attributes);
  }

  private static Value pool(GraphBuilder g, Value x) {
    int[] two = {2, 2};
    return g.op("MaxPool", Attributes.of("kernel_shape", two).with("strides", two), x);
  }

  private static Value tokens(GraphBuilder g, Value x) {
    return g.transpose(g.reshape(x, -1, 2, x.dim(2) * x.dim(3)), 0, 2, 1);
  }

  /** As Swin does between its stages: [N, h, w, C] to [N, h/2, w/2, 4C]. */
  private static Value merged(GraphBuilder g, Value x) {
    Value last = g.transpose(x, 0, 2, 3, 1);
    List<Value> parts =
        Stream.of(new int[] {0, 0}, new int[] {1, 0}, new int[] {0, 1}, new int[] {1, 1})
            .map(at -> g.slice(g.slice(last, 1, at[0], 16, 2), 2, at[1], 24, 2))
            .toList();
    return g.concat(3, parts);
  }

  private static Value reversed(GraphBuilder g, Value x) {
    return g.op("Slice", x, g.longs(-1), g.longs(Long.MIN_VALUE), g.longs(2), g.longs(-1));
  }

  private static Value doubled(GraphBuilder g, Value x) {
    return g.emit(
            "Resize",
            Attributes.of("mode", "linear").with("coordinate_transformation_mode", "half_pixel"),
            1,
            List.of(
                Optional.of(x),
                Optional.empty(),
                Optional.of(g.constant(Tensor.of(new float[] {1, 1, 2, 2}, 4)))))
        .get(0);
  }

  private Layer layer(BiFunction<GraphBuilder, Value, Value> make) throws IOException {
    return model(make).layers().named("made");
  }

  private Model model(BiFunction<GraphBuilder, Value, Value> make) throws IOException {
    return SmallModels.of(
        folder,
        IMAGES,
        (g, x) -> {
          Value made = g.named(g.relu(make.apply(g, conv(g, x, 1, 1, 0, 0))), "made");
          return g.reshape(g.sum(made, false, LongStream.range(1, made.rank()).toArray()), -1, 1);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void cellsLookWhereTheirWindowsAre(Case c) throws IOException {
    Optional<Row> found = layer(c.make()).cells().rows().map(f -> new Row(f.centre(0), f.stride()));
    assertThat(found.isPresent()).isEqualTo(c.rows().length > 0);
    found.ifPresent(
        f -> {
          assertThat(f.first()).isCloseTo(c.rows()[0], within(1e-4));
          assertThat(f.stride()).isCloseTo(c.rows()[1], within(1e-4));
        });
  }

  private record Row(double first, double stride) {}

  @Test
  void aGridMayReachBeyondTheImage() throws IOException {
    Model model = model((g, x) -> conv(g, x, 3, 2, 0, 1));
    InputSpec input = model.input().orElseThrow();
    Region covered = model.layers().named("made").covered(input);
    assertThat(covered.top()).isCloseTo(.5 / 16, within(1e-6));
    assertThat(covered.bottom()).isCloseTo(16.5 / 16, within(1e-6));
    assertThat(covered.left()).isCloseTo(.5 / 24, within(1e-6));
    assertThat(covered.right()).isCloseTo(24.5 / 24, within(1e-6));
  }

  @Test
  void cellsOfWhichNothingIsKnownTileTheImage() throws IOException {
    Model model = model(CellsTest::reversed);
    Region covered = model.layers().named("made").covered(model.input().orElseThrow());
    assertThat(covered.top()).isZero();
    assertThat(covered.bottom()).isEqualTo(1);
  }
}
