package dev.picasso.app.cli;

import dev.picasso.image.Prediction;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Provenance;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "'picasso visualizations' lists the methods; 'picasso explain --method ID --help' shows the"
          + " settings of one.",
      "Exit code: 0 if every image has its results, 2 if some have not or something given was"
          + " wrong, 1 for a fault in Picasso."
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @Option(
      names = {"-m", "--method", "--visualization"},
      paramLabel = "ID",
      description = "Which visualization. Default: ${DEFAULT-VALUE}.")
  private String method = SettingOptions.USUAL;

  @Mixin private TopOption top = new TopOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where the results go; made if it is missing. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("picasso-results");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return explain(SettingOptions.visualization(method));
  }

  private <S extends Record> int explain(Visualization<S> visualization) throws IOException {
    Map<String, String> settings =
        SettingOptions.given(spec.commandLine().getParseResult(), visualization);
    // What is wrong with them is said before anything takes time.
    Schema.of(visualization.defaults()).parse(visualization.title(), settings);
    PrintWriter err = spec.commandLine().getErr();
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      int classes = top.of(model.configured());
      Provenance provenance = Provenance.of(model, visualization, settings);
      Explanations explanations =
          new Explanations(model, visualization, settings, classes, ProgressBar.onTerminal());
      List<ImageResult> results;
      try (ResultsFolder folder = ResultsFolder.open(output, provenance, files)) {
        if (folder.replaced() > 0) {
          err.println(
              "note: the results of an earlier run in %s were replaced (%d files)."
                  .formatted(output, folder.replaced()));
        }
        results = explanations.explain(files, folder);
      }
      results.stream().filter(r -> r.problem().isEmpty()).forEach(this::printLine);
      spec.commandLine()
          .getOut()
          .println(
              "Results of %d of %d %s are in %s."
                  .formatted(
                      results.stream().filter(r -> r.problem().isEmpty()).count(),
                      files.size(),
                      files.size() == 1 ? "image" : "images",
                      output));
      return Failures.report(results, err);
    }
  }

  private void printLine(ImageResult result) {
    String classes =
        result.predictions().stream().map(ExplainCommand::text).collect(Collectors.joining(", "));
    spec.commandLine().getOut().println(Shown.line(result.image()) + ": " + classes);
  }

  private static String text(Prediction p) {
    return Shown.line(p.label()) + " " + Table.number(p.probability());
  }
}
