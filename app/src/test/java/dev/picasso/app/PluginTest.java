package dev.picasso.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import dev.picasso.visualization.testkit.VisualizationContract;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample plugin: built, put into a folder, found, and run. */
class PluginTest {
  private static final String ID = "gradient-times-input";
  private static final Path REPOSITORY = repository();
  private static final Path SAMPLE = REPOSITORY.resolve("examples/plugin-" + ID);

  @TempDir static Path folder;

  @BeforeAll
  static void build() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> words = new ArrayList<>(List.of("-Xlint:all,-processing", "-Werror"));
    words.addAll(List.of("-proc:none", "--release", "17", "-d", classes.toString()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    files(SAMPLE.resolve("src")).filter(f -> f.endsWith(".java")).forEach(words::add);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                words.toArray(String[]::new));
    assertThat(code).isZero();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (OutputStream file = Files.newOutputStream(plugins.resolve("plugin.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      add(jar, classes);
      add(jar, SAMPLE.resolve("src/main/resources"));
    }
  }

  private static void add(JarOutputStream jar, Path root) throws IOException {
    for (String file : files(root).toList()) {
      jar.putNextEntry(new JarEntry(root.relativize(Path.of(file)).toString().replace('\\', '/')));
      Files.copy(Path.of(file), jar);
    }
  }

  private static Stream<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList().stream();
    }
  }

  private static Path repository() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/adding-a-visualization.md"))) {
      at = at.getParent();
    }
    return at;
  }

  private static Visualization<?> plugin() {
    return Visualizations.withPlugins(folder.resolve("plugins")).get(ID);
  }

  @Test
  void itIsFoundBesideTheBuiltInOnes() {
    assertThat(Visualizations.withPlugins(folder.resolve("plugins")).all())
        .extracting(Visualization::id)
        .contains(ID, "saliency");
    assertThat(Visualizations.withPlugins(folder.resolve("nowhere")).all())
        .extracting(Visualization::id)
        .doesNotContain(ID)
        .contains("saliency");
  }

  @Test
  void itKeepsTheContract() {
    VisualizationContract.in(folder).check(plugin());
  }

  /** The standard row is the page's; here anything stands for it. */
  @Test
  void itsTemplateShowsTheRowAndMore() throws IOException {
    ClasspathLoader own = new ClasspathLoader(plugin().getClass().getClassLoader());
    own.setPrefix("com/example/picasso/");
    MemoryLoader pages = new MemoryLoader();
    pages.addTemplate("result.peb", "ROW");
    StringWriter out = new StringWriter();
    new PebbleEngine.Builder()
        .loader(new DelegatingLoader(List.of(own, pages)))
        .strictVariables(true)
        .build()
        .getTemplate(plugin().template().orElseThrow())
        .evaluate(
            out,
            Map.of(
                "result", Map.of("image", "<cat>"),
                "visualization", Map.of("title", plugin().title())));
    assertThat(out.toString())
        .contains(
            "ROW", "Red pixels of &lt;cat&gt; speak for the class", "Gradient × input compares");
  }

  @Test
  void aJarThatHoldsNoSuchClassIsNamed() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("broken"));
    try (OutputStream file = Files.newOutputStream(plugins.resolve("a.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      add(jar, SAMPLE.resolve("src/main/resources"));
    }
    Visualizations found = Visualizations.withPlugins(plugins);
    assertThat(found.all()).hasSameSizeAs(Visualizations.builtIn().all());
    assertThat(found.problems())
        .singleElement()
        .asString()
        .startsWith("broken/a.jar: com.example.picasso.GradientTimesInput cannot be used: ");
  }

  @Test
  void theGuideShowsTheSampleAsItIs() throws IOException {
    String guide = Files.readString(REPOSITORY.resolve("docs/adding-a-visualization.md"));
    for (String file : files(SAMPLE.resolve("src")).toList()) {
      assertThat(guide).contains("\n" + Files.readString(Path.of(file)) + "```");
    }
  }
}
