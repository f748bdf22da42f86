package dev.picasso.app.cli;

import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso compare}: methods, layers, classes or models on the same images, in one grid. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sets maps of several methods, layers, classes or models beside one another.",
      "The output folder gets grid.png, a row for each image and a column for each map, and what"
          + " 'picasso explain --method compare' writes: each map with its numbers, and how far"
          + " the maps agree."
    },
    footer = {
      "",
      "Two models:  picasso compare a.onnx cat.jpg --with b.keras --method grad-cam",
      "Two layers:  picasso compare a.onnx cat.jpg -m 'grad-cam(layer=conv3),grad-cam'",
      "Exit code: 0 if every image has its results, 2 if some have not or something given was"
          + " wrong, 1 for a fault in Picasso."
    })
final class CompareCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @Option(
      names = {"-m", "--method"},
      paramLabel = "NAME[,NAME]",
      description =
          "Which methods, with commas between them; their settings in parentheses. Default:"
              + " ${DEFAULT-VALUE}.")
  private String methods = "saliency,grad-cam,occlusion";

  @Option(
      names = "--with",
      paramLabel = "MODEL",
      description =
          "Another model to set beside the first: a file, or an id in the same picasso.yaml."
              + " Several may be given.")
  private List<String> others = new ArrayList<>();

  @Option(
      names = "--class",
      paramLabel = "K",
      description =
          "Explains this class of every image, by its number or label, instead of the most"
              + " probable one. Several may be given. K-L explains how far K is ahead of L.")
  private List<String> chosen = new ArrayList<>();

  @Option(
      names = "--common-scale",
      description = "One scale for all maps of an image, which compares their sizes.")
  private boolean common;

  @Option(
      names = "--difference",
      description = "Shows the first map less the next of its method, or less the second.")
  private boolean difference;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where the results go; made if it is missing. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("picasso-comparison");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("methods", methods);
    settings.put("models", String.join(",", others));
    settings.put("scaling", common ? "common" : "own");
    settings.put("difference", String.valueOf(difference));
    Grid grid = new Grid();
    int code =
        new IntoFolder(given, output, spec)
            .explain(new SideBySide(), settings, this::classes, new TrueLabels(), grid);
    if (grid.write(output.resolve(Grid.FILE_NAME))) {
      spec.commandLine().getOut().println("The grid is " + output.resolve(Grid.FILE_NAME) + ".");
    }
    return code;
  }

  private Classes classes(ReadyModel model) {
    return chosen.isEmpty() ? Classes.top(1) : Targets.classes(model.model(), chosen);
  }
}
