package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.belief.Check;
import dev.picasso.belief.Checks;
import dev.picasso.belief.Objects;
import dev.picasso.belief.Requirement;
import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.run.Judging;
import dev.picasso.run.Provenance;
import dev.picasso.settings.Field;
import dev.picasso.settings.Named;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code picasso check}: whether methods' maps of images may be believed, and which one more. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells whether methods' maps of images may be believed, in a line for each image and method;"
          + " of several images also the means with their intervals, and how the methods differ on"
          + " the same images.",
      "With --output, a folder gets all numbers (measures.csv, measures.h5), what they say"
          + " (summary.csv, differences.csv, summary.json, summary.svg) and how they were made"
          + " (evaluation.json). Named again, the same folder is gone on with: what is there is not"
          + " computed again. 'picasso explain -m belief' draws the curves and maps of the checks."
    },
    footer = {
      "",
      "Two methods:  picasso check model.h5 photos -m grad-cam,saliency -o checks",
      "A bound:      picasso check model.h5 photo.jpg --require 'deletion.area<=0.3'",
      "'--check list' names the checks, their settings and what they measure.",
      "Exit code: 0 if every image is checked, 3 if a --require is not met, 2 if an image could not"
          + " be checked or something given was wrong, 1 for a fault in Picasso."
    })
final class CheckCommand implements Callable<Integer> {
  /** The exit code where a number does not keep the bound that was asked for. */
  static final int UNMET = 3;

  private static final String LIST = "list";

  @Mixin private ImageArguments given = new ImageArguments();

  @Option(
      names = {"-m", "--method"},
      paramLabel = "NAME[,NAME]",
      description =
          "Which methods, with settings in parentheses, as in 'grad-cam,occlusion(patch=16)'."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> methods = List.of("grad-cam");

  @Option(
      names = "--check",
      paramLabel = "NAME[,NAME]",
      description =
          "quick, all, or which checks, with settings in parentheses; 'list' for all of them and"
              + " their settings. Default: ${DEFAULT-VALUE}.")
  private List<String> checks = List.of(Checks.QUICK);

  @Option(
      names = "--class",
      paramLabel = "K",
      description =
          "Checks the map of this class of every image, by its number or label, instead of the most"
              + " probable one.")
  private Optional<String> chosen = Optional.empty();

  @Mixin private ObjectOptions objects = new ObjectOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "For what is drawn at random; the same seed repeats it. Default: 0.")
  private long seed;

  @Option(
      names = "--require",
      paramLabel = "BOUND",
      description =
          "A bound that each image's number is to keep, as in 'deletion.area<=0.3' or"
              + " 'stability.holds>=1'. Several may be given.")
  private List<String> bounds = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where all numbers go; made if it is missing.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--json", description = "Prints JSON instead of lines and tables.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Whether nothing but the list of checks is asked for, which takes no model. */
  static boolean listsChecks(ParameterException problem) {
    return problem instanceof MissingParameterException
        && problem.getCommandLine().getCommand() instanceof CheckCommand command
        && command.checks.equals(List.of(LIST));
  }

  /** Prints all checks, their settings and their measures. */
  static void list(PrintWriter out) {
    for (Check check : Checks.builtIn().all()) {
      String effort = check.effort() == Check.Effort.QUICK ? "" : " (not among 'quick')";
      out.println(check.id() + ": " + check.description() + effort);
      for (Field field : Checks.schema(check).fields()) {
        out.println("    " + field.name() + ": " + SettingOptions.description(field));
      }
      if (!check.measures().isEmpty()) {
        out.println("    measures " + String.join(", ", check.measures()));
      }
    }
    out.flush();
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (checks.equals(List.of(LIST))) {
      list(out);
      return ExitCode.OK;
    }
    // What is wrong with all this is said before anything takes time.
    List<Attribution> asked = methods();
    List<Check> made = Checks.builtIn().chosen(String.join(",", checks));
    Requirements required =
        new Requirements(bounds.stream().map(b -> Requirement.parse(b, made)).toList());
    Objects known = objects.read();
    PrintWriter err = spec.commandLine().getErr();
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      Classes classes =
          chosen
              .map(c -> Classes.chosen(List.of(Targets.one(model.model(), c))))
              .orElseGet(() -> Classes.top(1));
      Judging judging = new Judging(model, asked, classes, known, seed, new CommandFaults());
      CheckWords words = CheckWords.of(asked, made);
      Provenance provenance = Provenance.of(model, "check", settings(words), classes);
      CheckReport report = new CheckReport(words, required);
      ProgressBar bar = ProgressBar.onTerminal();
      try (CheckedFolder folder = CheckedFolder.open(output, provenance, words, err);
          CheckPrinter printer = CheckPrinter.of(json, provenance, bar, words, out)) {
        Pace pace = new Pace(bar, files, err, System::nanoTime);
        try {
          judging.all(
              GivenImage.all(files),
              folder::wanted,
              new JudgedSinks(List.of(folder, printer, report, pace)),
              pace);
        } finally {
          bar.clear();
        }
        Evaluation evaluation = folder.finish(report);
        printer.end(evaluation, required);
      }
      return report.print(err, output);
    }
  }

  private List<Attribution> methods() {
    Methods all = Methods.builtIn();
    List<Attribution> asked =
        Named.list(String.join(",", methods)).stream().map(all::named).distinct().toList();
    if (asked.isEmpty()) {
      throw new PicassoException("Which methods? Name them after --method.");
    }
    return asked;
  }

  /** All that the numbers follow from, beside model, images and class. */
  private Map<String, String> settings(CheckWords words) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("methods", words.methods().values().stream().collect(Collectors.joining(", ")));
    settings.put("checks", words.checks().values().stream().collect(Collectors.joining(", ")));
    settings.put("object", objects.words());
    settings.put("seed", String.valueOf(seed));
    return settings;
  }
}
