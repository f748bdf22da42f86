package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.app.web.RowTemplate;
import dev.picasso.attribution.Attribution;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.plugin.PluginFile;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.Field;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import dev.picasso.visualization.testkit.AdapterContract;
import dev.picasso.visualization.testkit.VisualizationContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso check-plugin}: the test kit, for a file or for something that is installed. */
@Command(
    name = "check-plugin",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the test kit over a plugin: what every visualization and every adapter keeps.",
      "Each choice of each setting, small models of all kinds, odd pictures, the same results again"
          + " in two threads, progress, an end when asked to, nothing kept afterwards."
    },
    footer = {
      "",
      "A file:      picasso check-plugin plugins/RedPixels.java",
      "An adapter:  picasso check-plugin plugins/MyNet.java --model my-net/my-net.onnx",
      "Exit code: 0 if it keeps all of it, 2 if it does not; each promise that it breaks is named."
    })
final class CheckPluginCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PLUGIN",
      description = "A Java file, a jar, or the id of something installed.")
  private String plugin = "";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "For an adapter: a model that it is for.")
  private Optional<Path> model = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  private int found;

  @Override
  public Integer call() throws IOException {
    Path work = Files.createTempDirectory("picasso-check");
    try {
      Path file = Path.of(plugin);
      requireFile(file);
      boolean broken =
          Files.isRegularFile(file)
              ? brokenFile(file, work)
              : broken(SettingOptions.visualization(plugin), work);
      return broken ? ExitCode.USAGE : ExitCode.OK;
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }

  /** What looks like the path of a file is no id that is misspelt. */
  private void requireFile(Path file) {
    boolean path = plugin.matches(".*[/\\\\].*|.*\\.(java|jar)");
    if (path && !Files.isRegularFile(file)) {
      throw new PicassoException(
          plugin
              + (Files.isDirectory(file)
                  ? ": is a folder; name a .java file or a .jar in it."
                  : ": there is no such file."));
    }
  }

  /** With the templates and jars beside it, as it would be in the folder of plugins. */
  private boolean brokenFile(Path file, Path work) throws IOException {
    Path alone = Files.createDirectory(work.resolve("plugins"));
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    try (Stream<Path> beside = Files.list(folder)) {
      for (Path one : beside.filter(CheckPluginCommand::mayBeNeeded).toList()) {
        Files.copy(one, alone.resolve(String.valueOf(one.getFileName())));
      }
    }
    Path copy = alone.resolve(String.valueOf(file.getFileName()));
    if (!Files.exists(copy)) {
      Files.copy(file, copy);
    }
    Visualizations with = Visualizations.withPlugins(alone);
    PluginFile loaded =
        with.plugins().stream()
            .filter(f -> f.name().endsWith("/" + file.getFileName()))
            .findFirst()
            .orElseThrow(
                () -> new PicassoException(file + ": is no plugin; name a .java file or a .jar."));
    boolean broken = told(String.valueOf(file.getFileName()), loaded.lines());
    for (Visualization<?> made : loaded.made(Visualization.class)) {
      broken |= broken(made, work);
    }
    for (Attribution made : loaded.made(Attribution.class)) {
      broken |= broken(Visualizations.of(made), work);
    }
    for (ModelAdapter made : loaded.made(ModelAdapter.class)) {
      broken |= broken(made);
    }
    if (found == 0 && !broken) {
      spec.commandLine()
          .getOut()
          .println(
              loaded.made().isEmpty()
                  ? "Its META-INF/services names no plugin; its classes are there for Java files."
                  : "It brings nothing that the test kit is for.");
    }
    return broken;
  }

  private static boolean mayBeNeeded(Path file) {
    return Files.isRegularFile(file)
        && (file.toString().endsWith(".peb") || file.toString().endsWith(".jar"));
  }

  private boolean broken(Visualization<?> made, Path work) {
    helpless(made)
        .forEach(
            field ->
                spec.commandLine()
                    .getOut()
                    .println(
                        "note: "
                            + made.id()
                            + ": the setting "
                            + field.name()
                            + " has no words of help; @Label(value = …, help = …) gives it some."));
    List<String> wrong = new ArrayList<>(VisualizationContract.in(work).broken(made));
    RowTemplate.problem(made).ifPresent(wrong::add);
    return judged(made.id(), wrong);
  }

  private static <S extends Record> List<Field> helpless(Visualization<S> made) {
    return Schema.of(made.defaults()).fields().stream().filter(f -> f.help().isEmpty()).toList();
  }

  private boolean broken(ModelAdapter adapter) {
    if (model.isEmpty()) {
      return judged(
          adapter.id(),
          List.of("it is an adapter; add --model MODEL, a model that it is for, to check it."));
    }
    ModelLoader loader = ModelLoader.standard().adaptedBy(List.of(adapter));
    try (ReadyModel ready =
        ReadyModel.load(ConfiguredModel.of(model.get()), loader, RuntimeOptions.defaults())) {
      return judged(
          adapter.id(),
          ready.model().adapter().isEmpty()
              ? List.of("isFor() does not take " + model.get() + " for one of its models")
              : AdapterContract.broken(ready));
    }
  }

  /** Whether there is something to tell. */
  private boolean told(String name, Collection<String> broken) {
    PrintWriter out = spec.commandLine().getOut();
    if (!broken.isEmpty()) {
      out.println(name + " breaks its contract:");
      broken.forEach(line -> out.println("  " + line));
      out.flush();
    }
    return !broken.isEmpty();
  }

  /** The same of something that was checked, which may also be good. */
  private boolean judged(String id, Collection<String> broken) {
    PrintWriter out = spec.commandLine().getOut();
    found++;
    boolean bad = told(id, broken);
    if (!bad) {
      out.println(id + " keeps its contract.");
      out.flush();
    }
    return bad;
  }
}
