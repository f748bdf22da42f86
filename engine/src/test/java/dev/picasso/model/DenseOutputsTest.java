package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which axis of an output has the classes, when each class has several places. */
class DenseOutputsTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 3, 8, 8);

  @TempDir Path folder;

  private record Case(
      String name, int classes, List<Long> places, BiFunction<GraphBuilder, Value, Value> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(
      String name, int classes, List<Long> places, BiFunction<GraphBuilder, Value, Value> layers) {
    return new Case(name, classes, places, layers);
  }

  static Stream<Case> cases() {
    List<Long> map = List.of(8L, 8L);
    return Stream.of(
        of("channels of a convolution", 5, map, (g, x) -> convolved(g, x, 5)),
        of("channels put last", 5, map, (g, x) -> g.transpose(convolved(g, x, 5), 0, 2, 3, 1)),
        of("a sigmoid", 3, map, (g, x) -> g.sigmoid(convolved(g, x, 3))),
        of(
            "a sigmoid of channels put last",
            3,
            map,
            (g, x) -> g.sigmoid(g.transpose(convolved(g, x, 3), 0, 2, 3, 1))),
        of("one class", 1, map, (g, x) -> g.sigmoid(convolved(g, x, 1))),
        of("one class without its axis", 1, map, (g, x) -> g.squeeze(convolved(g, x, 1), 1)),
        of("one class in a row", 1, map, (g, x) -> g.sigmoid(flat(g, convolved(g, x, 1), 64))),
        of("a map as a row", 1, map, (g, x) -> flat(g, g.sigmoid(convolved(g, x, 1)), 64)),
        of(
            "classes of a row of pixels",
            4,
            List.of(64L),
            (g, x) ->
                g.softmax(
                    g.reshape(g.transpose(convolved(g, x, 4), 0, 2, 3, 1), Shape.BATCH, 64, 4), 2)),
        of(
            "a layer on pixels",
            7,
            List.of(64L),
            (g, x) -> {
              Value pixels = g.transpose(g.reshape(x, Shape.BATCH, 3, 64), 0, 2, 1);
              return g.transpose(g.matMul(pixels, weights(g, 3, 7)), 0, 2, 1);
            }),
        of("enlarged", 5, List.of(16L, 16L), (g, x) -> g.repeatPixels(convolved(g, x, 5), 2, 2)),
        of(
            "enlarged by matrices",
            5,
            List.of(8L, 16L),
            (g, x) -> g.matMul(convolved(g, x, 5), doubling(g, 8))),
        of("the best of them", 5, map, (g, x) -> best(g, convolved(g, x, 5), 1)),
        of(
            "the best of channels put last",
            5,
            map,
            (g, x) -> best(g, g.transpose(convolved(g, x, 5), 0, 2, 3, 1), 3)),
        of(
            "the best, cut and squeezed",
            5,
            map,
            (g, x) -> {
              Value best =
                  g.op("ArgMax", Attributes.of("axis", 1), convolved(g, x, 5)); // [N, 1, 8, 8]
              return g.squeeze(g.slice(best, 2, 0, 6), 1);
            }),
        of(
            "the best as a colour",
            5,
            map,
            (g, x) -> g.gather(weights(g, 5, 3), best(g, convolved(g, x, 5), 1), 0)),
        of(
            "where a sigmoid is large",
            1,
            map,
            (g, x) -> {
              Value p = g.sigmoid(convolved(g, x, 1));
              return g.cast(g.greater(p, g.scalarLike(p, .5)), DataType.FLOAT);
            }),
        of("letters of a word", 13, List.of(8L), (g, x) -> letters(g, x, 8, 13)),
        of("letters with a softmax", 13, List.of(8L), (g, x) -> g.softmax(letters(g, x, 8, 13), 2)),
        of("the best letters", 13, List.of(8L), (g, x) -> best(g, letters(g, x, 8, 13), 2)),
        of(
            "the best of the first axis of two",
            8,
            List.of(13L),
            (g, x) -> best(g, letters(g, x, 8, 13), 1)),
        of(
            "letters one by one",
            6,
            List.of(4L),
            (g, x) ->
                g.concat(
                    1,
                    IntStream.range(0, 4).mapToObj(i -> g.unsqueeze(dense(g, x, 6), 1)).toList())),
        of(
            "steps before images",
            6,
            List.of(8L),
            (g, x) -> {
              Value steps = g.transpose(g.reshape(x, Shape.BATCH, 24, 8), 2, 0, 1);
              return g.op(
                  "LogSoftmax", Attributes.of("axis", 2), g.matMul(steps, weights(g, 24, 6)));
            }),
        of(
            "rows of several to an image",
            6,
            List.of(8L),
            (g, x) ->
                g.softmax(g.matMul(g.op("Reshape", x, g.longs(-1, 24)), weights(g, 24, 6)), 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theAxisOfClassesIsFollowedToTheOutput(Case c) throws IOException {
    Model model = SmallModels.of(folder, IMAGES, c.layers());
    assertThat(model.scores().single()).isEqualTo(c.classes() == 1);
    assertThat(model.scores().targets()).isEqualTo(Math.max(2, c.classes()));
    assertThat(model.scores().places().stream().reduce(1L, (a, b) -> a * b))
        .isEqualTo(c.places().stream().reduce(1L, (a, b) -> a * b));
    assertThat(model.scores().assumed())
        .noneMatch(a -> a.contains("Nothing tells which axis"))
        .anyMatch(
            a -> a.contains((c.classes() == 1 ? "one class" : c.classes() + " classes") + " at"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void scoresAreMeansOverPlaces(Case c) throws IOException {
    Model model = SmallModels.of(folder, IMAGES, c.layers());
    try (var explainer =
        new dev.picasso.attribution.Explainer(
            model, dev.picasso.runtime.RuntimeOptions.defaults())) {
      Tensor x = Tensor.of(SmallModels.zigzag(2 * 3 * 64), 2, 3, 8, 8);
      Tensor scores = explainer.predict(x).scores();
      assertThat(scores.shape()).isEqualTo(Shape.of(2, Math.max(2, c.classes())));
      assertThat(scores.floats()[0]).isNotEqualTo(scores.floats()[1]);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyOneIsAMapWhoseMeanIsTheScore(Case c) throws IOException {
    Model model = SmallModels.of(folder, IMAGES, c.layers());
    Scores.Dense map = model.scores().dense().orElseThrow();
    long places = c.places().stream().reduce(1L, (a, b) -> a * b);
    assertThat((long) map.height() * map.width()).isEqualTo(places);
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Tensor x = Tensor.of(SmallModels.zigzag(2 * 3 * 64), 2, 3, 8, 8);
      Map<String, Tensor> out = explainer.run(new Forward(List.of(map.scores())), x, Map.of());
      Tensor all = Objects.requireNonNull(out.get(map.scores()));
      int targets = model.scores().targets();
      assertThat(all.shape()).isEqualTo(Shape.of(2, targets, map.height(), map.width()));
      float[] scores = explainer.predict(x).scores().floats();
      for (int row = 0; row < 2 * targets; row++) {
        double sum = 0;
        for (int place = 0; place < places; place++) {
          sum += all.floats()[(int) (row * places) + place];
        }
        assertThat((float) (sum / places)).isEqualTo(scores[row], within(1e-4f));
      }
    }
  }

  @Test
  void placesThatWereFlattenedLieAsInTheImageAndOthersInARow() throws IOException {
    Model flattened =
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 3, 4, 8),
            (g, x) ->
                best(
                    g,
                    g.reshape(g.transpose(convolved(g, x, 5), 0, 2, 3, 1), Shape.BATCH, 32, 5),
                    2));
    assertThat(flattened.scores().dense())
        .hasValueSatisfying(map -> assertThat(map.height()).isEqualTo(4))
        .hasValueSatisfying(map -> assertThat(map.width()).isEqualTo(8));
    Model word = SmallModels.of(folder, IMAGES, (g, x) -> best(g, letters(g, x, 8, 13), 2));
    assertThat(word.scores().dense())
        .hasValueSatisfying(map -> assertThat(map.height()).isEqualTo(1))
        .hasValueSatisfying(map -> assertThat(map.width()).isEqualTo(8));
  }

  private static Value convolved(GraphBuilder g, Value x, int classes) {
    Value kernel = g.constant(Tensor.of(SmallModels.zigzag(classes * 3), classes, 3, 1, 1));
    return g.relu(g.conv(x, kernel, Optional.empty(), Attributes.none()));
  }

  private static Value flat(GraphBuilder g, Value x, long length) {
    return g.reshape(x, Shape.BATCH, length);
  }

  private static Value best(GraphBuilder g, Value x, int axis) {
    return g.op("ArgMax", Attributes.of("axis", axis).with("keepdims", 0), x);
  }

  private static Value dense(GraphBuilder g, Value x, int classes) {
    return g.matMul(flat(g, x, 192), weights(g, 192, classes));
  }

  private static Value letters(GraphBuilder g, Value x, int places, int letters) {
    return g.reshape(dense(g, x, places * letters), Shape.BATCH, places, letters);
  }

  private static Value weights(GraphBuilder g, int rows, int columns) {
    return g.constant(Tensor.of(SmallModels.zigzag(rows * columns), rows, columns));
  }

  /** Each column is one of the old ones. */
  private static Value doubling(GraphBuilder g, int side) {
    float[] numbers = new float[side * side * 2];
    for (int i = 0; i < 2 * side; i++) {
      numbers[(i / 2) * 2 * side + i] = 1;
    }
    return g.constant(Tensor.of(numbers, side, 2 * side));
  }
}
