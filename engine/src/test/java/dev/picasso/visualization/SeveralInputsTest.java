package dev.picasso.visualization;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.InputSpec;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Explaining;
import dev.picasso.run.Faults;
import dev.picasso.run.Provenance;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.runtime.RuntimeOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that see more than the image to explain; all of these multiply their inputs. */
class SeveralInputsTest {
  private static final int PIXELS = 3 * 5 * 5;
  private static final Shape COLOUR = Shape.of(Shape.BATCH, 3, 5, 5);
  private static final float[] WEIGHTS = zigzag(PIXELS * 2);

  @TempDir Path folder;

  private ConfiguredModel product(Shape second) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value a = g.input("a", DataType.FLOAT, COLOUR);
    Value b = g.input("b", DataType.FLOAT, second);
    return written(g.build(linear(g, g.mul(a, b), WEIGHTS, 2)));
  }

  private ConfiguredModel written(Graph graph) throws IOException {
    Path file = folder.resolve("product.onnx");
    OnnxWriter.write(graph, file);
    return ConfiguredModel.of(file);
  }

  /** All pixels of one colour. */
  private Path image(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 25; i++) {
      image.setRGB(i % 5, i / 5, rgb);
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private Path array(String name, Tensor x) {
    Path file = folder.resolve(name);
    NpyFile.write(file, x);
    return file;
  }

  private static ReadyModel load(ConfiguredModel model, Map<String, Path> held) {
    return ReadyModel.load(model.holding(held), ModelLoader.standard(), RuntimeOptions.defaults());
  }

  /** ∂score₁/∂x of a product with what is held is weight times that. */
  @ParameterizedTest
  @MethodSource("heldAndExplained")
  void oneIsExplainedWhileTheOtherIsHeld(String held, String explained) throws IOException {
    Path orange = image("orange.png", 0xff8000);
    Path grey = image("grey.png", 0x333333);
    try (ReadyModel model = load(product(COLOUR), Map.of(held, orange))) {
      assertThat(model.model().input().map(InputSpec::name)).contains(explained);
      assertThat(model.notes())
          .contains(explained + " is explained; " + held + " holds orange.png.");
      Tensor x = model.prepare(ImageDecoder.standard().decode(grey)).prepared().x();
      Tensor gradient = model.explainer().gradient(x, List.of(1), Quantity.LOGITS, Gradients.PLAIN);
      float score = 0;
      for (int i = 0; i < PIXELS; i++) {
        float other = i < 25 ? 1 : i < 50 ? 128 / 255f : 0;
        assertThat(gradient.floats()[i]).isEqualTo(WEIGHTS[2 * i + 1] * other, within(1e-6f));
        score += WEIGHTS[2 * i + 1] * other * .2f;
      }
      assertThat(model.explainer().predict(x).score(0, 1)).isEqualTo(score, within(1e-5f));
    }
  }

  static Stream<Arguments> heldAndExplained() {
    return Stream.of(Arguments.of("b", "a"), Arguments.of("a", "b"));
  }

  @Test
  void eachOfManyImagesGoesWithWhatIsHeld() throws IOException {
    try (ReadyModel model = load(product(COLOUR), Map.of("b", image("red.png", 0xff0000)))) {
      float[] values = zigzag(70 * PIXELS);
      Tensor many = Tensor.of(values, 70, 3, 5, 5);
      Predictions together = model.explainer().predict(many);
      for (int n : new int[] {0, 33, 69}) {
        float[] row = java.util.Arrays.copyOfRange(values, n * PIXELS, (n + 1) * PIXELS);
        Predictions alone = model.explainer().predict(Tensor.of(row, 1, 3, 5, 5));
        assertThat(together.score(n, 1)).isEqualTo(alone.score(0, 1), within(1e-5f));
      }
    }
  }

  @Test
  void whatIsNoImageIsHeldAsAnArray() throws IOException {
    Shape perChannel = Shape.of(Shape.BATCH, 3, 1, 1);
    Path age = array("age.npy", Tensor.of(new float[] {2, 3, 4}, 3, 1, 1));
    try (ReadyModel model = load(product(perChannel), Map.of("b", age))) {
      Tensor x = Tensor.of(new float[PIXELS], 1, 3, 5, 5);
      Tensor gradient = model.explainer().gradient(x, List.of(0), Quantity.LOGITS, Gradients.PLAIN);
      assertThat(gradient.floats()[0]).isEqualTo(WEIGHTS[0] * 2, within(1e-6f));
      assertThat(gradient.floats()[74]).isEqualTo(WEIGHTS[148] * 4, within(1e-6f));
    }
    Path scale = array("scale.npy", Tensor.scalar(3f));
    try (ReadyModel model = load(product(Shape.scalar()), Map.of("b", scale))) {
      Tensor two = Tensor.of(zigzag(2 * PIXELS), 2, 3, 5, 5);
      assertThat(model.explainer().predict(two).scores().shape()).isEqualTo(Shape.of(2, 2));
    }
  }

  @Test
  void anInputWithChannelsIsExplainedWhereverItStands() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value vector = g.input("vector", DataType.FLOAT, Shape.of(Shape.BATCH, 9));
    Value picture = g.input("picture", DataType.FLOAT, COLOUR);
    Value joined = g.concat(1, List.of(vector, g.reshape(picture, Shape.BATCH, PIXELS)));
    ConfiguredModel model = written(g.build(linear(g, joined, zigzag((PIXELS + 9) * 2), 2)));
    Path nine = array("nine.npy", Tensor.of(new float[9], 1, 9));
    try (ReadyModel ready = load(model, Map.of("vector", nine))) {
      assertThat(ready.model().input().map(InputSpec::name)).contains("picture");
    }
  }

  @Test
  void resultsTellWhatWasHeld() throws IOException {
    try (ReadyModel model = load(product(COLOUR), Map.of("b", image("before.png", 0x102030)))) {
      Provenance provenance =
          Provenance.of(
              new Explaining<>(
                  model,
                  new ClassProbabilities(),
                  new ClassProbabilities.Settings(),
                  Classes.top(5),
                  Faults.told()));
      assertThat(provenance.held()).containsOnlyKeys("b");
      assertThat(ProvenanceJson.of(provenance).at("/held/b/file").asText()).isEqualTo("before.png");
      assertThat(ProvenanceJson.of(provenance).at("/held/b/sha256").asText()).hasSize(64);
    }
  }

  @Test
  void whatDoesNotFitIsSaidWithWhatTheModelTakes() throws IOException {
    Path image = image("one.png", 0xffffff);
    Path vector = array("five.npy", Tensor.of(new float[5], 5));
    ConfiguredModel two = product(COLOUR);
    refuses(two, Map.of(), "takes 2 inputs", "a [N, 3, 5, 5], b [N, 3, 5, 5]", "--image b=FILE");
    refuses(two, Map.of("c", image), "has no input c", "a [N, 3, 5, 5]");
    refuses(two, Map.of("a", image, "b", image), "leave out that which is to be explained");
    refuses(two, Map.of("b", folder.resolve("no.png")), "no.png", "no such file");
    refuses(two, Map.of("b", vector), "five.npy", "[5]", "[1, 3, 5, 5]");
    refuses(product(Shape.scalar()), Map.of("b", image), "takes no image", ".npy");
  }

  private static void refuses(ConfiguredModel model, Map<String, Path> held, String... words) {
    assertThatThrownBy(() -> load(model, held).close())
        .isInstanceOf(PicassoException.class)
        .hasMessageContainingAll(words);
  }
}
