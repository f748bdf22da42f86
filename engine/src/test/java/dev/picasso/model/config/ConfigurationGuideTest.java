package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Quantity;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.NamedValues;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ClassProbabilities;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualizations;
import dev.picasso.visualization.testkit.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference of {@code picasso.yaml}, and the classes of the user's that it shows. */
class ConfigurationGuideTest {
  private static final String UNKNOWN = "key-that-nobody-would-ever-think-of";

  @TempDir static Path folder;
  private static String guide = "";
  private static ClassLoader plugins = ConfigurationGuideTest.class.getClassLoader();

  @BeforeAll
  static void buildTheGuidesClasses() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/configuration.md"))) {
      at = at.getParent();
    }
    guide = Files.readString(at.resolve("docs/configuration.md"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> words = new ArrayList<>(List.of("-Xlint:all,-processing", "-Werror"));
    words.addAll(List.of("-proc:none", "--release", "17", "-d", classes.toString()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (String source : blocks("java")) {
      Matcher name = Pattern.compile("public final class (\\w+)").matcher(source);
      assertThat(name.find()).isTrue();
      Path file = Files.writeString(folder.resolve(name.group(1) + ".java"), source);
      words.add(file.toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                words.toArray(String[]::new));
    assertThat(code).isZero();
    Path jars = Files.createDirectory(folder.resolve("plugins"));
    Path packed = classes.resolve("com/example");
    try (OutputStream file = Files.newOutputStream(jars.resolve("mine.jar"));
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> compiled = Files.list(packed)) {
      for (Path c : compiled.toList()) {
        jar.putNextEntry(new JarEntry("com/example/" + c.getFileName()));
        Files.copy(c, jar);
      }
    }
    plugins = Visualizations.folder(jars).classes();
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
        .matcher(guide)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static Configuration read(String yaml) throws IOException {
    return Configuration.read(Files.writeString(folder.resolve("picasso.yaml"), yaml), plugins);
  }

  /** The keys that a reader asked for are named when it meets another. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "## The file | KEY: 1",
        "## A model | models: [{path: m, KEY: 1}]",
        "In `input`: | models: [{path: m, input: {KEY: 1}}]",
        "In an element of `lambdas` | models: [{path: m, lambdas: {a: {KEY: 1}}}]",
        "## Preprocessing | models: [{path: m, preprocessing: {KEY: 1}}]",
        "## Server | server: {KEY: 1}",
      })
  void everyKeyStandsInItsTable(String heading, String yaml) throws IOException {
    Files.writeString(folder.resolve("m"), "");
    String message = "";
    try {
      read(yaml.replace("KEY", UNKNOWN));
    } catch (ConfigurationException e) {
      message = String.valueOf(e.getMessage());
    }
    Matcher keys = Pattern.compile(UNKNOWN + "'; there are (.*)\\.").matcher(message);
    assertThat(keys.find()).as(message).isTrue();
    int from = guide.indexOf("\n" + heading);
    String table =
        guide.substring(
            guide.indexOf("\n|", from), guide.indexOf("\n\n", guide.indexOf("\n|", from)));
    List<String> documented =
        Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
            .matcher(table)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(documented).containsExactlyInAnyOrder(keys.group(1).split(", "));
  }

  @Test
  void theSampleIsReadWithoutComplaintAndHasEveryKey() throws IOException {
    for (String file :
        List.of("model.h5", "digits.json", "digits-weights.h5", "network.onnx", "saved-model")) {
      Files.writeString(folder.resolve(file), "");
    }
    Files.writeString(folder.resolve("labels.txt"), "zero\none\n");
    Files.createDirectories(folder.resolve("samples"));
    for (String image : List.of("a.png", "b.png")) {
      Files.writeString(folder.resolve("samples").resolve(image), "");
    }
    String sample = blocks("yaml").get(0);
    Configuration read = read(sample);
    assertThat(read.models()).hasSize(7);
    ServerSettings usual = ServerSettings.defaults();
    assertThat(read.server().keeping().data()).contains(Path.of("/srv/picasso").toAbsolutePath());
    assertThat(read.server().keeping(usual.keeping())).isEqualTo(usual);
    Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
        .matcher(guide)
        .results()
        .forEach(key -> assertThat(sample).contains(key.group(1) + ":"));
  }

  @Test
  void examplesOfTheTablesAreReadAsTheyStand() throws IOException {
    Files.writeString(folder.resolve("m"), "");
    Pattern row = Pattern.compile("(?m)^\\| `(\\S+)` \\|.*\\| `(\\S+: [^`]+)` \\|$");
    String part = guide.substring(guide.indexOf("## Preprocessing"), guide.indexOf("## Server"));
    List<String> examples = row.matcher(part).results().map(m -> m.group(2)).toList();
    assertThat(examples).hasSizeGreaterThan(10);
    for (String example : examples) {
      String together = example.equals("resize: 256") ? example + ", crop: 224x224" : example;
      assertThat(read("models: [{path: m, preprocessing: {" + together + "}}]").models())
          .hasSize(1);
    }
  }

  /** x [N, 3, 8] through one Lambda layer. */
  private static Path lambdaModel() throws IOException {
    Path file = folder.resolve("lambda.keras");
    try (InputStream resource =
            ConfigurationGuideTest.class.getResourceAsStream(
                "/dev/picasso/format/keras/activation_softmax.keras");
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(resource.readAllBytes()));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(e.getName()));
        byte[] content = in.readAllBytes();
        String text = new String(content, StandardCharsets.UTF_8);
        out.write(
            e.getName().equals("config.json")
                ? text.replace("\"Activation\"", "\"Lambda\"").getBytes(StandardCharsets.UTF_8)
                : content);
      }
    }
    return file;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "identity, -3, 1",
    "'{scale: 1/2, offset: 4}', 2.5, 0.5",
    "com.example.SignedSquare, -9, 6",
  })
  void aLambdaLayerComputesWhatTheConfigurationSays(String meaning, float y, float slope)
      throws IOException {
    lambdaModel();
    ConfiguredModel configured =
        read("models: [{path: lambda.keras, lambdas: {activation: " + meaning + "}}]")
            .model(Optional.empty());
    Model model = ModelLoader.standard().load(configured.request());
    float[] values = new float[24];
    java.util.Arrays.fill(values, -3);
    Tensor x = Tensor.of(values, 1, 3, 8);
    String input = model.graph().inputs().get(0).name();
    try (CompiledGraph compiled =
            CompiledGraph.of(
                NamedValues.graphFor(model.imported(), "net", Optional.empty()),
                RuntimeOptions.defaults());
        Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      assertThat(compiled.run(Map.of(input, x)).values().iterator().next().floats())
          .containsOnly(y);
      float[] gradient =
          explainer.gradient(x, List.of(0), Quantity.LOGITS, Gradients.PLAIN).floats();
      float sum = 0;
      for (float g : gradient) {
        sum += g;
      }
      assertThat(sum).isCloseTo(slope, within(1e-5f));
    }
  }

  @Test
  void aLambdaLayerOfWhichNothingIsSaidIsRefused() throws IOException {
    lambdaModel();
    ConfiguredModel configured = read("models: [{path: lambda.keras}]").model(Optional.empty());
    assertThatThrownBy(() -> ModelLoader.standard().load(configured.request()))
        .hasMessageContaining("activation (Lambda): holds Python code; Picasso never runs code")
        .hasMessageContaining("lambdas: activation");
  }

  @Test
  void aClassPreparesImagesAndNamesClasses() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 32, 32, 3));
    Value scores =
        g.concat(1, List.of(g.mul(g.mean(x, true, 1, 2, 3), 0), g.mean(x, true, 1, 2, 3)));
    OnnxWriter.write(
        g.build(g.softmax(g.reshape(scores, Shape.BATCH, 2), 1)), folder.resolve("mean.onnx"));
    ConfiguredModel configured =
        read("models: [{path: mean.onnx, preprocessing: {class: com.example.Standardized}}]")
            .model(Optional.empty());
    try (ReadyModel ready =
        ReadyModel.load(configured, ModelLoader.standard(), RuntimeOptions.defaults())) {
      assertThat(ready.input().assumed()).isEmpty();
      ImageInput image = ready.prepare(TestImages.of("a.png", 64, 48, false));
      float[] values = image.prepared().x().floats();
      double sum = 0;
      double squares = 0;
      for (float v : values) {
        sum += v;
        squares += v * v;
      }
      assertThat(sum / values.length).isCloseTo(0, within(1e-4));
      assertThat(squares / values.length).isCloseTo(1, within(1e-3));
      assertThat(image.prepared().frame().scaleX()).isEqualTo(2);
      var result =
          ready
              .explain(new ClassProbabilities(), Map.of(), List.of(image), 5, Listener.NONE)
              .images()
              .get(0);
      assertThat(result.predictions()).hasSize(1);
      assertThat(result.predictions().get(0).label()).endsWith("the second");
    }
  }
}
