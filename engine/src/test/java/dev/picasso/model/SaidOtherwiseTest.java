package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.Stop;
import dev.picasso.attribution.Explainer;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of which something else is said is as if it had been loaded so. */
class SaidOtherwiseTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir Path folder;

  /** The means of three channels, as they are or behind a softmax; labels lie beside. */
  private ModelRequest request(boolean softmax) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3));
    Value scores = g.mean(x, false, 1, 2);
    Path file = folder.resolve("net.onnx");
    OnnxWriter.write(g.build(softmax ? g.softmax(scores, 1) : scores), file);
    Files.writeString(folder.resolve("net.txt"), "red\ngreen\nblue");
    return ModelRequest.of(file);
  }

  private record Change(String name, List<String> labels, Optional<Head.Kind> head) {
    ModelRequest of(ModelRequest request) {
      return request.withLabels(labels, "").withHead(head);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> changes() {
    List<Change> all =
        List.of(
            new Change("nothing", List.of(), Optional.empty()),
            new Change("labels", NAMES, Optional.empty()),
            new Change("softmax", List.of(), Optional.of(Head.Kind.SOFTMAX)),
            new Change("sigmoid", NAMES, Optional.of(Head.Kind.SIGMOID)),
            new Change("numbers", NAMES, Optional.of(Head.Kind.NUMBERS)));
    return Stream.of(true, false)
        .flatMap(
            softmax ->
                all.stream()
                    .flatMap(from -> all.stream().map(to -> Arguments.of(softmax, from, to))));
  }

  @ParameterizedTest(name = "softmax {0}: {1} to {2}")
  @MethodSource("changes")
  void isAsIfItHadBeenLoadedSo(boolean softmax, Change from, Change to) throws IOException {
    ModelRequest plain = request(softmax);
    Model before = ModelLoader.standard().load(from.of(plain));
    Model changed =
        SaidOtherwise.of(before, from.of(plain), to.of(plain), new Stop()).orElseThrow();
    Model loaded = ModelLoader.standard().load(to.of(plain));
    assertThat(changed.classes()).isEqualTo(loaded.classes());
    assertThat(changed.notes()).isEqualTo(loaded.notes());
    assertThat(changed.head()).isEqualTo(loaded.head());
    assertThat(changed.scores().areProbabilities()).isEqualTo(loaded.scores().areProbabilities());
    assertThat(changed.layers().all()).isEqualTo(loaded.layers().all());
    assertThat(predicted(changed)).isEqualTo(predicted(loaded));
  }

  private static List<Float> predicted(Model model) {
    float[] pixels = new float[48];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 7 % 11) / 11f;
    }
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      var said = explainer.predict(Tensor.of(pixels, 1, 4, 4, 3));
      return Stream.of(0, 1, 2)
          .flatMap(i -> Stream.of(said.score(0, i), said.probability(0, i)))
          .toList();
    }
  }

  @Test
  void anotherOutputOrFileIsRead() throws IOException {
    ModelRequest plain = request(true);
    Model model = ModelLoader.standard().load(plain);
    ModelRequest other = plain.with(ImportOptions.none().withOutputs(List.of("y")));
    assertThat(SaidOtherwise.of(model, plain, other, new Stop())).isEmpty();
  }
}
