package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.docs.Section;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * docs/methods-on-models.md says which methods run on which architectures. The models are too large
 * for the repository: {@code tools/oracle/method_networks.py} makes them, and {@code
 * -Dpicasso.method-models} names their folder. With {@code -Dpicasso.write-docs} the table is
 * written anew; {@code -Dpicasso.methods=a,b} runs these alone and leaves the other rows as they
 * are.
 */
class MethodsOnModelsTest {
  private static final Section TABLE = Section.of("methods-on-models.md", "## The table");
  private static final String AGAIN =
      "written anew by ./mvnw test -Dtest=MethodsOnModelsTest -Dpicasso.write-docs=yes"
          + " -Dpicasso.method-models=FOLDER -Dsurefire.failIfNoSpecifiedTests=false";
  private static final String YES = "yes";

  /** Files, and what people call them; .onnx are of torchvision, .keras of keras.applications. */
  private static final List<Network> NETWORKS =
      List.of(
          new Network("resnet50.onnx", "ResNet-50"),
          new Network("vgg11.onnx", "VGG-11"),
          new Network("densenet121.onnx", "DenseNet-121"),
          new Network("mobilenet_v2.onnx", "MobileNetV2"),
          new Network("mobilenet_v3_large.onnx", "MobileNetV3"),
          new Network("efficientnet_b0.onnx", "EfficientNet-B0"),
          new Network("inception_v3.onnx", "Inception-v3"),
          new Network("squeezenet1_1.onnx", "SqueezeNet 1.1"),
          new Network("shufflenet_v2_x1_0.onnx", "ShuffleNetV2"),
          new Network("regnet_y_400mf.onnx", "RegNetY-400MF"),
          new Network("convnext_tiny.onnx", "ConvNeXt-T"),
          new Network("vit_b_16.onnx", "ViT-B/16"),
          new Network("swin_t.onnx", "Swin-T"),
          new Network("swin_v2_t.onnx", "SwinV2-T"),
          new Network("keras_mobilenet_v2.keras", "Keras MobileNetV2"),
          new Network("keras_resnet50.keras", "Keras ResNet50"),
          new Network("keras_convnext_tiny.keras", "Keras ConvNeXtTiny"));

  private record Network(String file, String title) {
    boolean isIn(Path folder) {
      return Files.exists(folder.resolve(file));
    }

    ConfiguredModel configured(Path folder) {
      return ConfiguredModel.of(folder.resolve(file));
    }

    String stem() {
      return file.substring(0, file.lastIndexOf('.'));
    }
  }

  @Test
  void theTableNamesMethodsThatThereAre() throws IOException {
    List<String> ids = Methods.builtIn().all().stream().map(Attribution::id).toList();
    Map<String, List<String>> rows = MethodRows.of(TABLE.text());
    assertThat(ids).containsAll(rows.keySet());
    ids.stream()
        .filter(id -> !rows.containsKey(id))
        .forEach(id -> System.err.println("NOT IN docs/methods-on-models.md: " + id));
    assertThat(rows).isNotEmpty();
  }

  @Test
  void everyMethodThatAppliesRunsOnEveryArchitecture() throws IOException {
    Path folder = folder();
    List<Network> there = NETWORKS.stream().filter(n -> n.isIn(folder)).toList();
    Map<String, List<String>> cells = MethodRows.of(TABLE.text());
    List<Attribution> methods = MethodRows.asked();
    methods.forEach(method -> cells.putIfAbsent(method.id(), unknown()));
    for (Network network : there) {
      Model model = ModelLoader.standard().load(network.configured(folder).request());
      Images image = image(folder, network, model);
      int top = top(model, image);
      for (Attribution method : methods) {
        String cell = tried(Fewer.HARDLY_ANY.of(method), model, image, top);
        System.err.println(network.title() + ", " + method.id() + ": " + cell);
        Objects.requireNonNull(cells.get(method.id())).set(NETWORKS.indexOf(network), cell);
      }
    }
    TABLE.holds(table(cells), AGAIN);
    assertThat(cells.values())
        .allSatisfy(row -> assertThat(row).noneMatch(c -> c.startsWith("fail")));
  }

  /** A row of networks of which nothing is known yet. */
  private static List<String> unknown() {
    return new ArrayList<>(Collections.nCopies(NETWORKS.size(), "?"));
  }

  private static Path folder() {
    Path folder = Path.of(System.getProperty("picasso.method-models", "there is none"));
    List<String> missing =
        NETWORKS.stream().filter(n -> !n.isIn(folder)).map(Network::file).toList();
    if (!missing.isEmpty()) {
      System.err.println("SKIPPED: -Dpicasso.method-models names no folder with " + missing);
    }
    Assumptions.assumeTrue(missing.size() < NETWORKS.size(), "no models for all methods");
    return folder;
  }

  private static Images image(Path folder, Network network, Model model) {
    Tensor x = NpyFile.read(folder.resolve(network.stem() + ".npy"));
    ModelInput input = ModelInput.of(network.configured(folder).preprocessing(), model);
    return Images.of(x, input.preprocessor());
  }

  private static int top(Model model, Images image) {
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      return explainer.predict(image.tensor()).top(0, 1).get(0);
    }
  }

  /** With an explainer of its own, so that not all methods' programs are in memory together. */
  private static String tried(Attribution method, Model model, Images image, int target) {
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Maps maps = method.explain(explainer, image, List.of(Target.ofClass(target)), Progress.NONE);
      for (float number : maps.values().floats()) {
        if (!Float.isFinite(number)) {
          return "fails: not finite";
        }
      }
      return YES;
    } catch (InapplicableException e) {
      return needs(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return "fails: " + e;
    }
  }

  private static String needs(String message) {
    if (message.contains("linear layers on the mean")) {
      return "needs a linear end";
    }
    if (message.contains("not between all tokens")) {
      return "needs attention between all tokens";
    }
    if (message.contains("no attention")) {
      return "needs attention";
    }
    return "does not apply: " + message;
  }

  private static String table(Map<String, List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder(MethodRows.before(TABLE.text()) + "| |");
    NETWORKS.forEach(network -> text.append(" ").append(network.title()).append(" |"));
    text.append("\n|---|").append("---|".repeat(NETWORKS.size())).append("\n");
    return text + MethodRows.lines(rows);
  }
}
