package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code picasso explain}: images in; pictures, arrays and JSON out. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    preprocessor = SettingOptions.class,
    sortOptions = false,
    description = {
      "Shows what a model looks at in images.",
      "For each image and each of its top classes, the output folder gets the map over the picture"
          + " (NAME-1.png), the map alone (NAME-1-map.png) and its numbers (NAME-1.npy);"
          + " results.json tells of all of them, and how they were made. Results of an earlier run"
          + " in the same folder are replaced as a whole; no other file is."
    },
    footer = {
      "",
      "A class:    picasso explain model.h5 photo.jpg --class cat",
      "A setting:  picasso explain model.h5 photos -m partial-occlusion --window 0.2",
      "'picasso explain --method list' lists the methods; 'picasso explain --method NAME --help'"
          + " shows the settings of one.",
      "Exit code: 0 if every image has its results, 2 if some have not or something given was"
          + " wrong, 1 for a fault in Picasso."
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @Option(
      names = {"-m", "--method", "--visualization"},
      paramLabel = "NAME",
      description = "Which visualization, or 'list' for all. Default: ${DEFAULT-VALUE}.")
  private String method = SettingOptions.USUAL;

  @Mixin private TopOption top = new TopOption();

  @Option(
      names = "--class",
      paramLabel = "K",
      description =
          "Explains this class of every image, by its number or label, instead of the most probable"
              + " ones. Several may be given. K-L explains how far K is ahead of L."
              + " 'true-labels' explains what each image truly shows, by --true-labels, or else by"
              + " its folder.")
  private List<String> chosen = new ArrayList<>();

  @Mixin private TrueLabels labels = new TrueLabels();

  @Option(
      names = "--inputs",
      split = ",",
      paramLabel = "NAME",
      description =
          "Of a model with several inputs: which are explained, with commas between them, each"
              + " while the others hold their pictures (--image); 'all' for each that has one."
              + " Default: the one that images go into.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where the results go; made if it is missing. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("picasso-results");

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Whether nothing but the list of methods is asked for, which takes no model. */
  static boolean listsMethods(ParameterException problem) {
    return problem instanceof MissingParameterException
        && problem.getCommandLine().getCommand() instanceof ExplainCommand command
        && command.method.equals(SettingOptions.LIST);
  }

  @Override
  public Integer call() throws IOException {
    if (method.equals(SettingOptions.LIST)) {
      VisualizationsCommand.list(spec.commandLine());
      return 0;
    }
    return explain(SettingOptions.visualization(method));
  }

  private <S extends Record> int explain(Visualization<S> visualization) throws IOException {
    Map<String, String> settings =
        SettingOptions.given(spec.commandLine().getParseResult(), visualization);
    if (ofTruth() && chosen.size() > 1) {
      throw new PicassoException("--class true-labels stands alone; leave the other classes out.");
    }
    TrueLabels known = ofTruth() && !labels.areGiven() ? TrueLabels.folders() : labels;
    return new IntoFolder(given, output, spec)
        .explaining(explained())
        .explain(visualization, settings, model -> classes(model, visualization), known);
  }

  private ExplainedInputs explained() {
    return inputs.equals(List.of(ExplainedInputs.EACH))
        ? ExplainedInputs.ALL
        : ExplainedInputs.named(inputs.stream().map(String::strip).toList());
  }

  private boolean ofTruth() {
    return chosen.contains(Classes.TRUE_LABELS);
  }

  private Classes classes(ReadyModel model, Visualization<?> visualization) {
    if (ofTruth()) {
      return Classes.trueLabels();
    }
    return chosen.isEmpty()
        ? Classes.top(top.of(model.configured(), visualization))
        : Targets.classes(model.model(), chosen);
  }
}
