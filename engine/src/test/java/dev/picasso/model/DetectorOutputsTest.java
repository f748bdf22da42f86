package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.SmallModels;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Head.Places;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that find objects are told from classifiers, and the scores of their classes are found.
 */
class DetectorOutputsTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 3, 8, 8);
  private static final Map<String, String> DETECT =
      Map.of("task", "detect", "names", "{0: 'cat', 1: \"dog's\", 2: 'owl'}", "imgsz", "[8, 8]");

  @TempDir Path folder;

  /**
   * A detector.
   *
   * @param classes how many it tells apart
   * @param part what is explained, as a person would write it
   */
  private record Case(
      String name,
      int classes,
      String part,
      Map<String, String> metadata,
      BiFunction<GraphBuilder, Value, List<Value>> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(
      String name,
      int classes,
      String part,
      Map<String, String> metadata,
      BiFunction<GraphBuilder, Value, Value> layers) {
    return new Case(
        name, classes, part, metadata, (g, x) -> List.of(g.named(layers.apply(g, x), "y")));
  }

  static Stream<Case> detectors() {
    Map<String, String> none = Map.of();
    return Stream.of(
        of("boxes, classes", 3, "y[:, 4:]", DETECT, (g, x) -> boxesAndClasses(g, x)),
        of("the same by its operators", 3, "y[:, 4:]", none, (g, x) -> boxesAndClasses(g, x)),
        of(
            "places first",
            3,
            "y[:, :, 4:]",
            DETECT,
            (g, x) -> g.transpose(boxesAndClasses(g, x), 0, 2, 1)),
        of(
            "places first, by its operators",
            3,
            "y[:, :, 4:]",
            none,
            (g, x) -> g.transpose(boxesAndClasses(g, x), 0, 2, 1)),
        of(
            "of one layer, by metadata alone",
            3,
            "y[:, 4:]",
            DETECT,
            (g, x) -> row(g, convolved(g, x, 7))),
        of(
            "more classes than places",
            70,
            "y[:, 4:]",
            Map.of("task", "detect", "names", IntStream.range(0, 70).boxed().toList().toString()),
            (g, x) -> row(g, convolved(g, x, 74))),
        of(
            "outlines behind",
            3,
            "y[:, 4:7]",
            Map.of("task", "segment", "names", "['a', 'b', 'c']"),
            (g, x) ->
                g.concat(
                    1,
                    List.of(
                        row(g, convolved(g, x, 4)),
                        g.sigmoid(row(g, convolved(g, x, 3))),
                        row(g, convolved(g, x, 9))))),
        of(
            "a pose of one class",
            1,
            "y[:, 4:5]",
            Map.of("task", "pose", "names", "{0: 'person'}"),
            (g, x) -> row(g, g.sigmoid(convolved(g, x, 4 + 1 + 6)))),
        of(
            "an object, a box, classes",
            4,
            "y[:, 5:]",
            none,
            (g, x) ->
                g.concat(
                    1,
                    List.of(
                        g.sigmoid(convolved(g, x, 1)),
                        convolved(g, x, 4),
                        g.softmax(convolved(g, x, 4), 1)))),
        of(
            "a point, a size, an object and classes",
            2,
            "y[:, :, 5:]",
            none,
            (g, x) -> {
              Value p = g.sigmoid(g.transpose(row(g, convolved(g, x, 7)), 0, 2, 1));
              return g.concat(
                  2,
                  List.of(
                      g.mul(g.slice(p, 2, 0, 2), 8),
                      g.square(g.slice(p, 2, 2, 4)),
                      g.slice(p, 2, 4, 7)));
            }),
        of(
            "as many columns as names, a box and an object",
            2,
            "y[:, :, 5:]",
            Map.of("names", "{0: 'a', 1: 'b'}", "stride", "32"),
            (g, x) -> g.sigmoid(g.transpose(row(g, convolved(g, x, 7)), 0, 2, 1))),
        new Case(
            "boxes and scores apart",
            6,
            "scores",
            none,
            (g, x) ->
                List.of(
                    g.named(places(g, convolved(g, x, 4)), "boxes"),
                    g.named(g.softmax(places(g, convolved(g, x, 6)), 2), "scores"))),
        new Case(
            "scores before boxes, columns first",
            6,
            "a",
            none,
            (g, x) ->
                List.of(
                    g.named(g.sigmoid(row(g, convolved(g, x, 6))), "a"),
                    g.named(row(g, convolved(g, x, 4)), "b"))),
        new Case(
            "several sizes of one class",
            1,
            "cls_8, cls_16",
            none,
            (g, x) ->
                List.of(
                    g.named(g.sigmoid(places(g, convolved(g, x, 1))), "cls_8"),
                    g.named(g.sigmoid(places(g, halved(g, convolved(g, x, 1)))), "cls_16"),
                    g.named(g.sigmoid(places(g, convolved(g, x, 1))), "obj_8"),
                    g.named(places(g, convolved(g, x, 4)), "bbox_8"),
                    g.named(places(g, halved(g, convolved(g, x, 4))), "bbox_16"),
                    g.named(places(g, convolved(g, x, 10)), "kps_8"))),
        new Case(
            "TensorFlow's names",
            3,
            "raw_detection_scores",
            none,
            (g, x) -> {
              Value scores = g.sigmoid(places(g, convolved(g, x, 3)));
              return List.of(
                  g.named(places(g, convolved(g, x, 4)), "detection_boxes"),
                  g.named(g.reduce("ReduceMax", scores, false, 2), "detection_scores"),
                  g.named(scores, "raw_detection_scores"));
            }),
        new Case(
            "a NonMaxSuppression",
            3,
            "scores",
            none,
            (g, x) -> {
              Value scores = g.named(g.sigmoid(row(g, convolved(g, x, 3))), "scores");
              Value boxes = places(g, convolved(g, x, 4));
              Value chosen =
                  g.shaped(
                      "NonMaxSuppression",
                      Attributes.none(),
                      DataType.INT64,
                      Shape.of(7, 3),
                      boxes,
                      scores,
                      g.longs(5));
              return List.of(g.named(g.cast(chosen, DataType.FLOAT), "chosen"));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("detectors")
  void theScoresOfItsClassesAreExplained(Case c) throws IOException {
    Model model = load(c, ImportOptions.none());
    assertThat(model.scores().assumed())
        .anyMatch(a -> a.startsWith("The model finds objects and is no classifier: "))
        .anyMatch(a -> a.contains("scores of its classes, " + c.part() + "."))
        .noneMatch(a -> a.contains("softmax is added for"));
    assertThat(model.head().places()).isEqualTo(Places.HIGHEST);
    assertThat(model.scores().targets()).isEqualTo(Math.max(2, c.classes()));
    if (c.metadata().containsKey("names")) {
      assertThat(model.classes()).hasSize(Math.max(2, c.classes()));
    }
    Tensor x = Tensor.of(SmallModels.zigzag(2 * 192), 2, 3, 8, 8);
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Tensor gradient = explainer.gradient(x, List.of(0, 1), Quantity.LOGITS, Gradients.PLAIN);
      assertThat(gradient.shape()).isEqualTo(x.shape());
      assertThat(IntStream.range(0, gradient.floats().length))
          .anyMatch(i -> gradient.floats()[i] != 0);
    }
  }

  @Test
  void aScoreIsTheHighestOfAllPlaces() throws IOException {
    Case boxes = detectors().findFirst().orElseThrow();
    Model model = load(boxes, ImportOptions.none());
    Tensor x = Tensor.of(SmallModels.zigzag(192), 1, 3, 8, 8);
    float[] raw = run(model.imported().graph(), x); // [7, 64]
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      float[] probabilities = explainer.predict(x).probabilities().floats();
      for (int c = 0; c < 3; c++) {
        float highest = 0;
        for (int i = 0; i < 64; i++) {
          highest = Math.max(highest, raw[(4 + c) * 64 + i]);
        }
        assertThat(probabilities[c]).isEqualTo(highest);
      }
    }
    assertThat(model.classes()).containsExactly("cat", "dog's", "owl");
  }

  private static float[] run(Graph graph, Tensor x) {
    return new dev.picasso.runtime.OneOff()
        .run(graph, Map.of(graph.inputs().get(0).name(), x))
        .values()
        .iterator()
        .next()
        .floats();
  }

  @Test
  void aPersonChoosesAnotherPart() throws IOException {
    Case boxes = detectors().findFirst().orElseThrow();
    Model one = load(boxes, ImportOptions.none().withOutputs(List.of("y[:, 5:6]")));
    assertThat(one.scores().targets()).isEqualTo(2);
    assertThat(one.scores().assumed()).contains("The classes are y[:, 5:6], as chosen.");
    assertThat(one.classes())
        .as("two names are no names of one class")
        .containsExactly("no", "yes");
    Model place = load(boxes, ImportOptions.none().withOutputs(List.of("y[:, 4:, 7]")));
    assertThat(place.scores().targets()).isEqualTo(3);
    assertThat(place.scores().places()).isEmpty();
    assertThatThrownBy(() -> load(boxes, ImportOptions.none().withOutputs(List.of("y[:, 9:]"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("output: y[:, 9:] is empty; y is [N, 7, 64].");
  }

  @Test
  void whereClassesAreNotKnownThatIsSaid() throws IOException {
    Case grids =
        new Case(
            "grids",
            0,
            "",
            Map.of(),
            (g, x) ->
                List.of(
                    g.named(pooled(g, convolved(g, x, 27), 8), "a"),
                    g.named(pooled(g, convolved(g, x, 27), 16), "b")));
    Model model = load(grids, Shape.of(Shape.BATCH, 3, 64, 64), ImportOptions.none());
    assertThat(model.scores().areProbabilities()).isFalse();
    assertThat(model.scores().assumed())
        .anyMatch(a -> a.contains("three boxes with 4 classes each"))
        .anyMatch(a -> a.contains("--target-output"));
  }

  @Test
  void aClassifierWithMetadataIsOne() throws IOException {
    Case classifier =
        of(
            "classifier",
            3,
            "",
            Map.of("task", "classify", "names", "{0: 'cat', 1: 'dog', 2: 'owl'}"),
            (g, x) -> g.softmax(g.mean(convolved(g, x, 3), false, 2, 3), 1));
    Model model = load(classifier, ImportOptions.none());
    assertThat(model.classes()).containsExactly("cat", "dog", "owl");
    assertThat(model.scores().assumed()).isEmpty();
    assertThat(model.head().kind()).isEqualTo(Head.Kind.SOFTMAX);
  }

  @Test
  void namesThatAreNotAsManyAsClassesAreLeftOut() throws IOException {
    Case classifier =
        of(
            "classifier",
            3,
            "",
            Map.of("names", "{0: 'cat', 1: 'dog'}"),
            (g, x) -> g.softmax(g.mean(convolved(g, x, 3), false, 2, 3), 1));
    assertThat(load(classifier, ImportOptions.none()).classes()).isEmpty();
  }

  @Test
  void twoHeadsOfAClassifierAreNoDetector() throws IOException {
    Case heads =
        of(
            "heads",
            7,
            "",
            Map.of(),
            (g, x) ->
                g.concat(
                    1,
                    List.of(
                        g.mean(convolved(g, x, 4), false, 2, 3),
                        g.sigmoid(g.mean(convolved(g, x, 3), false, 2, 3)))));
    Model model = load(heads, ImportOptions.none());
    assertThat(model.scores().targets()).isEqualTo(7);
    assertThat(model.scores().assumed()).noneMatch(a -> a.contains("finds objects"));
  }

  @Test
  void theSizeInTheMetadataFillsAnOpenOne() throws IOException {
    Path file = folder.resolve("open.onnx");
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGES);
    OnnxWriter.write(g.build(g.named(g.mean(convolved(g, x, 3), false, 2, 3), "y")), file);
    ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    var shape =
        proto
            .getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    shape.getDimBuilder(2).setDimParam("height");
    shape.getDimBuilder(3).setDimParam("width");
    proto.addMetadataProps(
        StringStringEntryProto.newBuilder().setKey("imgsz").setValue("[48, 64]"));
    Files.write(file, proto.build().toByteArray());
    Model model = ModelLoader.standard().load(ModelRequest.of(file));
    assertThat(model.input().orElseThrow().shape()).isEqualTo(Shape.of(Shape.BATCH, 3, 48, 64));
    assertThat(model.imported().notes()).anyMatch(n -> n.contains("which its metadata tell"));
  }

  private Model load(Case c, ImportOptions options) throws IOException {
    return load(c, IMAGES, options);
  }

  private Model load(Case c, Shape images, ImportOptions options) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, images);
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(g.build(new ArrayList<>(c.layers().apply(g, x))), file);
    ModelProto.Builder proto = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    c.metadata()
        .forEach(
            (key, value) ->
                proto.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    Files.write(file, proto.build().toByteArray());
    return ModelLoader.standard().load(ModelRequest.of(file).with(options));
  }

  private static Value boxesAndClasses(GraphBuilder g, Value x) {
    return g.concat(
        1, List.of(g.mul(row(g, convolved(g, x, 4)), 8), g.sigmoid(row(g, convolved(g, x, 3)))));
  }

  private static Value convolved(GraphBuilder g, Value x, int channels) {
    Value kernel = g.constant(Tensor.of(SmallModels.zigzag(channels * 3), channels, 3, 1, 1));
    return g.conv(x, kernel, Optional.empty(), Attributes.none());
  }

  private static Value halved(GraphBuilder g, Value x) {
    return pooled(g, x, 2);
  }

  private static Value pooled(GraphBuilder g, Value x, int step) {
    return g.op(
        "MaxPool",
        Attributes.of("kernel_shape", new int[] {step, step})
            .with("strides", new int[] {step, step}),
        x);
  }

  /** [N, C, places]. */
  private static Value row(GraphBuilder g, Value x) {
    return g.reshape(x, Shape.BATCH, x.dim(1), x.dim(2) * x.dim(3));
  }

  /** [N, places, C]. */
  private static Value places(GraphBuilder g, Value x) {
    return g.transpose(row(g, x), 0, 2, 1);
  }
}
