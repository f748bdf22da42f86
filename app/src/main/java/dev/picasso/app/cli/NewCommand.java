package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.image.draw.Canvas;
import dev.picasso.visualization.testkit.TestImages;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code picasso new}: something that works, to be changed into something of one's own. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a small plugin that works at once, with a comment at each place to change.",
      "It goes into the folder of plugins; a server that runs takes it up by itself."
    },
    footer = {
      "",
      "To begin with:  picasso new visualization red-pixels",
      "",
      "visualization: something to pick, with settings and a template for its results.",
      "method: an attribution method, as a graph.",
      "model: a folder with a network, a picasso.yaml and a picture, and the adapter that says how"
          + " pictures get into the network and classes out of it.",
      "Nothing is ever written over."
    })
final class NewCommand implements Callable<Integer> {
  /** What can be made. */
  enum Kind {
    VISUALIZATION,
    METHOD,
    MODEL;

    /** Says what there is, in the letters that people write. */
    static final class Reader implements ITypeConverter<Kind> {
      @Override
      public Kind convert(String text) {
        return Stream.of(values())
            .filter(kind -> kind.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        text + " is none; it must be visualization, method or model."));
      }
    }
  }

  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      converter = Kind.Reader.class,
      description = "visualization, method or model.")
  private Kind kind = Kind.VISUALIZATION;

  @Parameters(index = "1", paramLabel = "NAME", description = "Its name, as in red-pixels.")
  private String given = "";

  @Option(
      names = "--in",
      paramLabel = "FOLDER",
      description = "Where it goes instead of the folder of plugins; of a model, its folder.")
  private Optional<Path> folder = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    NewName name = NewName.of(given);
    requireFree(name);
    List<Path> written =
        switch (kind) {
          case VISUALIZATION ->
              new NewFiles()
                  .add(plugin(name, ".java"), name.in(template("visualization.java")))
                  .add(
                      plugin(name, ".java").resolveSibling(name.id() + ".peb"),
                      name.in(template("visualization.peb")))
                  .write();
          case METHOD ->
              new NewFiles().add(plugin(name, ".java"), name.in(template("method.java"))).write();
          case MODEL -> model(name);
        };
    PrintWriter out = spec.commandLine().getOut();
    written.forEach(file -> out.println("wrote " + file));
    out.println("Each place to change says \"Change this\". Try it as it is:");
    hints(name, written.get(0)).forEach(line -> out.println("    picasso " + line));
    if (!isInstalled()) {
      out.println("Others than check-plugin find it when it lies in " + Home.plugins() + ".");
    }
    return 0;
  }

  /** Commands that work with what was written, as it is. */
  private List<String> hints(NewName name, Path plugin) {
    if (kind == Kind.MODEL) {
      Path own = modelFolder(name);
      return List.of(
          "explain " + own,
          "serve --config " + own,
          "check-plugin " + plugin + " --model " + own.resolve(name.id() + ".onnx"));
    }
    String check = "check-plugin " + plugin;
    return isInstalled()
        ? List.of("explain " + explained() + " --method " + name.id(), check)
        : List.of(check);
  }

  /** A model with pictures, if the examples are there. */
  private static String explained() {
    Path tanks = Home.examples().resolve("tanks");
    return Files.isDirectory(tanks) ? tanks + " --id tanks-overcast" : "MODEL IMAGE";
  }

  /** Whether the plugin lies where plugins are looked for. */
  private boolean isInstalled() {
    return kind == Kind.MODEL
        || folder.isEmpty()
        || normal(folder.get()).equals(normal(Home.plugins()));
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** An id that is taken would keep the plugin out. */
  private void requireFree(NewName name) {
    boolean taken =
        kind != Kind.MODEL
            && SettingOptions.visualizations().all().stream()
                .anyMatch(v -> v.id().equals(name.id()));
    if (taken) {
      throw new PicassoException(
          "There is a visualization " + name.id() + " already; choose another name.");
    }
  }

  private Path plugin(NewName name, String ending) {
    Path plugins = kind == Kind.MODEL ? Home.plugins() : folder.orElseGet(Home::plugins);
    return plugins.resolve(name.className() + ending);
  }

  private Path modelFolder(NewName name) {
    return folder.orElse(Path.of("")).resolve(name.id());
  }

  private List<Path> model(NewName name) {
    Path own = modelFolder(name);
    return new NewFiles()
        .add(plugin(name, ".java"), name.in(template("model.java")))
        .add(own.resolve("picasso.yaml"), name.in(template("model.yaml")))
        .add(own.resolve(name.id() + ".onnx"), network())
        .add(
            own.resolve("images").resolve("sample.png"),
            Canvas.of(TestImages.of("sample.png", WIDTH, HEIGHT, false)).png())
        .write();
  }

  private static byte[] network() {
    try {
      Path between = Files.createTempDirectory("picasso-new");
      Path file = TestModel.COLOUR.write(between);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(between);
      return bytes;
    } catch (IOException e) {
      throw new PicassoException("The network cannot be written (" + e.getMessage() + ").", e);
    }
  }

  private static String template(String name) {
    try (InputStream in =
        Optional.ofNullable(NewCommand.class.getResourceAsStream("new/" + name + ".txt"))
            .orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e); // it lies in our own jar
    }
  }
}
