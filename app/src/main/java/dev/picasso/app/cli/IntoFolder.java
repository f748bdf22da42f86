package dev.picasso.app.cli;

import dev.picasso.run.Explained;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.run.Explaining;
import dev.picasso.run.OfInput;
import dev.picasso.run.Provenance;
import dev.picasso.run.Sink;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Explains images, and writes all that comes of them into a folder.
 *
 * @param inputs which are explained of a model with several
 */
record IntoFolder(ImageArguments given, Path output, CommandSpec spec, ExplainedInputs inputs) {
  /** Explains the input that images go into. */
  IntoFolder(ImageArguments given, Path output, CommandSpec spec) {
    this(given, output, spec, ExplainedInputs.SHOWN);
  }

  /** The same, explaining these inputs. */
  IntoFolder explaining(ExplainedInputs others) {
    return new IntoFolder(given, output, spec, others);
  }

  /**
   * Explains the images that were given.
   *
   * @param settings by name, as text
   * @param classes which are shown
   * @param labels what images truly show
   * @param more take the results too, after the folder has them
   * @return the exit code
   */
  <S extends Record> int explain(
      Visualization<S> visualization,
      Map<String, String> settings,
      Function<ReadyModel, Classes> classes,
      TrueLabels labels,
      Sink... more)
      throws IOException {
    // What is wrong with them is said before anything takes time.
    Schema.of(visualization.defaults()).parse(visualization.title(), settings);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ProgressBar bar = ProgressBar.onTerminal();
    Report report = new Report();
    try (FileModels others = given.others();
        ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      S parsed = model.settings(visualization, settings);
      Classes asked = classes.apply(model);
      visualization.require(model.model(), parsed, asked);
      Explaining<S> explaining =
          new Explaining<>(
              model.beside(others), visualization, parsed, asked, new CommandFaults(), inputs);
      Provenance made = Provenance.of(explaining);
      ResultsFolder.make(output);
      Provenance provenance =
          made.given(given.by(output).beside(others.places(output, made.others().keySet())));
      List<Optional<String>> shown = labels.of(files);
      Truths truths = new Truths(model, explaining.classes(), shown);
      try (ResultsFolder folder = ResultsFolder.open(output, provenance, files, truths)) {
        folder.printReplaced(err);
        Sink all = Sinks.of(folder, new Lines(bar, out), report, Sinks.of(more));
        explaining.labelled(GivenImage.all(files), shown, all, new Watching(bar, files));
      } finally {
        bar.clear();
      }
      out.println(
          "Results of %d of %d %s are in %s."
              .formatted(
                  report.explained(),
                  files.size(),
                  files.size() == 1 ? "image" : "images",
                  output));
      truths.words().ifPresent(out::println);
      return report.print(err);
    }
  }

  /** A line for each image as soon as its results are there. */
  private record Lines(ProgressBar bar, PrintWriter out) implements Sink {
    @Override
    public void explained(Explained image) {
      bar.clear();
      String classes =
          image.result().predictions().stream()
              .map(p -> Shown.line(p.label()) + " " + Table.number(p.probability()))
              .collect(Collectors.joining(", "));
      String told = image.result().problem().map(Shown::line).orElse(classes);
      out.println(Shown.line(image.result().image()) + ": " + told + lead(image.result()));
      for (OfInput other : image.others()) {
        other
            .result()
            .problem()
            .ifPresent(p -> out.println("  " + Shown.line(other.input() + ": " + p)));
      }
    }

    /** Of a pair how far the one is ahead of the other. */
    private static String lead(ImageResult result) {
      return result.panels().stream()
          .filter(panel -> panel.numberOf().isPresent())
          .findFirst()
          .map(panel -> "; " + panel.numberOf().get() + " " + panel.numberText())
          .orElse("");
    }

    @Override
    public void failed(int index, String image, String problem) {}
  }
}
