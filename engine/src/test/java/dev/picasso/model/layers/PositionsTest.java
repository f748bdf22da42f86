package dev.picasso.model.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where rows and columns of the image are, whatever a graph does with its axes. */
class PositionsTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 3, 4, 6);

  @TempDir Path folder;

  /**
   * A value made of features [N, 2, 4, 6].
   *
   * @param grid how positions lie in it
   */
  record Case(String name, BiFunction<GraphBuilder, Value, Value> make, Grid grid) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Grid none = new Grid.None();
    return Stream.of(
        new Case("as it is", GraphBuilder::relu, new Grid.Spatial(4, 6)),
        new Case("channels last", (g, x) -> g.transpose(x, 0, 2, 3, 1), new Grid.SpatialLast(4, 6)),
        new Case("flattened", (g, x) -> g.reshape(x, -1, 2, 24), new Grid.TokensLast(tokens(0, 0))),
        new Case("tokens", PositionsTest::tokensOf, tokens(0, 0)),
        new Case(
            "tokens of a transposed image",
            (g, x) -> tokensOf(g, g.transpose(x, 0, 1, 3, 2)),
            none),
        new Case(
            "tokens among others",
            (g, x) -> g.concat(1, List.of(others(g, x, 2), tokensOf(g, x), others(g, x, 1))),
            tokens(2, 1)),
        new Case(
            "some of the others cut off",
            (g, x) ->
                g.slice(
                    g.concat(1, List.of(others(g, x, 2), tokensOf(g, x), others(g, x, 1))),
                    1,
                    1,
                    26),
            tokens(1, 0)),
        new Case("one of the positions cut off", (g, x) -> g.slice(tokensOf(g, x), 1, 1, 24), none),
        new Case(
            "two grids beside one another",
            (g, x) -> g.concat(1, List.of(tokensOf(g, x), tokensOf(g, g.relu(x)))),
            none),
        new Case("as windows", PositionsTest::windows, none),
        new Case(
            "windows put together again",
            (g, x) ->
                g.reshape(
                    g.transpose(g.reshape(windows(g, x), -1, 2, 3, 2, 2, 2), 0, 5, 1, 3, 2, 4),
                    -1,
                    2,
                    4,
                    6),
            new Grid.Spatial(4, 6)),
        new Case(
            "pixels moved to channels",
            (g, x) ->
                g.reshape(
                    g.transpose(g.reshape(x, -1, 2, 2, 2, 3, 2), 0, 1, 3, 5, 2, 4), -1, 8, 2, 3),
            new Grid.Spatial(2, 3)),
        new Case(
            "rounds of pixels, coarse rows among the channels",
            (g, x) ->
                g.reshape(
                    g.transpose(g.reshape(x, -1, 2, 2, 2, 3, 2), 0, 1, 2, 4, 3, 5), -1, 12, 2, 2),
            none),
        new Case(
            "every second row and column",
            (g, x) -> g.slice(g.slice(x, 2, 0, 4, 2), 3, 1, 6, 2),
            new Grid.Spatial(2, 3)),
        new Case(
            "attention over tokens",
            (g, x) -> {
              Value t = tokensOf(g, x);
              return g.matMul(g.softmax(g.matMul(t, g.transpose(t, 0, 2, 1)), 2), t);
            },
            tokens(0, 0)),
        new Case(
            "of what attention looks at",
            (g, x) -> {
              Value t = tokensOf(g, x);
              return g.matMul(t, g.transpose(t, 0, 2, 1));
            },
            none),
        new Case(
            "an Einsum over channels",
            (g, x) ->
                g.op(
                    "Einsum",
                    Attributes.of("equation", "nchw,cd->nhwd"),
                    x,
                    g.constant(Tensor.of(SmallModels.zigzag(10), 2, 5))),
            new Grid.SpatialLast(4, 6)),
        new Case(
            "a product of flat rows",
            (g, x) -> {
              Value rows = g.reshape(tokensOf(g, x), -24, 2);
              Value w = g.constant(Tensor.of(SmallModels.zigzag(10), 2, 5));
              return g.reshape(g.op("Gemm", rows, w), -1, 24, 5);
            },
            tokens(0, 0)),
        new Case(
            "nothing of it, among what is left",
            (g, x) -> {
              Value flat = g.reshape(x, -1, 2, 24);
              return g.concat(2, List.of(g.slice(flat, 2, 0, 0), flat));
            },
            new Grid.TokensLast(tokens(0, 0))),
        new Case("summed over columns", (g, x) -> g.sum(x, true, 3), new Grid.Spatial(4, 1)),
        new Case("their mean", (g, x) -> g.mean(x, false, 2, 3), none));
  }

  private static Grid.Tokens tokens(int leading, int trailing) {
    return new Grid.Tokens(4, 6, leading, trailing);
  }

  private static Value tokensOf(GraphBuilder g, Value x) {
    return g.transpose(g.reshape(x, -1, 2, 24), 0, 2, 1);
  }

  private static Value others(GraphBuilder g, Value x, int count) {
    Value mean = g.reshape(g.mean(x, false, 2, 3), -1, 1, 2);
    return count == 1 ? mean : g.concat(1, List.of(mean, mean));
  }

  /** [N·6, 4, C] in windows of 2 by 2. */
  private static Value windows(GraphBuilder g, Value x) {
    Value split = g.transpose(g.reshape(x, -1, 2, 2, 2, 3, 2), 0, 2, 4, 3, 5, 1);
    return g.reshape(split, -6, 4, 2);
  }

  private Model model(BiFunction<GraphBuilder, Value, Value> make) throws IOException {
    return SmallModels.of(
        folder,
        IMAGES,
        (g, x) -> {
          Value w = g.constant("w", Tensor.of(SmallModels.zigzag(6), 2, 3, 1, 1));
          Value made =
              g.named(make.apply(g, g.conv(x, w, Optional.empty(), Attributes.none())), "made");
          long[] rest = java.util.stream.LongStream.range(1, made.rank()).toArray();
          Value each =
              made.dim(0) == Shape.BATCH
                  ? g.sum(made, false, rest)
                  : g.sum(g.reshape(made, -1, 48), false, 1);
          return g.reshape(each, -1, 1);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void positionsAreFollowed(Case c) throws IOException {
    assertThat(model(c.make()).layers().named("made").grid()).isEqualTo(c.grid());
  }

  @Test
  void aModelOfRowsOfNumbersHasNoLayerToLookAt() throws IOException {
    Model model =
        SmallModels.of(
            folder, IMAGES, (g, x) -> SmallModels.linear(g, x, SmallModels.zigzag(72 * 2), 2));
    assertThat(model.layers().lastSpatial()).isEmpty();
    assertThat(model.layers().stages()).isEmpty();
    assertThat(model.layers().all()).isNotEmpty();
  }

  @Test
  void scoresAtEachPositionAreNotLookedAtButWhatTheyAreMadeOf() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            IMAGES,
            (g, x) -> {
              Value w = g.constant("w", Tensor.of(SmallModels.zigzag(6), 2, 3, 1, 1));
              Value v = g.constant("v", Tensor.of(SmallModels.zigzag(6), 3, 2, 1, 1));
              Value a = g.relu(g.conv(x, w, Optional.empty(), Attributes.none()));
              return g.softmax(g.conv(g.named(a, "a"), v, Optional.empty(), Attributes.none()), 1);
            });
    assertThat(model.layers().lastSpatial().map(Layer::value)).hasValue("a");
  }
}
