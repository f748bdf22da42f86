package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Prediction;
import dev.picasso.model.Model;
import dev.picasso.run.Explained;
import dev.picasso.run.Explaining;
import dev.picasso.run.Provenance;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.run.ResultsWriter;
import dev.picasso.run.Sink;
import dev.picasso.visualization.ClassProbabilities;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso predict}: what a model takes images for. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the most probable classes of images.",
      "Of a model of numbers, as of a regression, it prints these in the order of the file."
    },
    footer = {
      "",
      "A folder:  picasso predict model.h5 photos --top 3",
      "Exit code: 0 if every image has its result, 2 if some have not or something given was wrong,"
          + " 1 for a fault in Picasso."
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin private ImageArguments given = new ImageArguments();

  @Mixin private TopOption top = new TopOption();

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      Explaining<ClassProbabilities.Settings> explaining =
          new Explaining<>(
              model,
              new ClassProbabilities(),
              new ClassProbabilities.Settings(),
              Classes.top(top.of(model.configured())),
              new CommandFaults());
      Report report = new Report();
      if (json) {
        printJson(explaining, files, report);
      } else {
        printTable(explaining, files, report);
      }
      return report.print(err);
    }
  }

  private void printTable(Explaining<?> explaining, List<Path> files, Report report) {
    Table table = new Table();
    Model model = explaining.model().model();
    String noun = model.scores().areProbabilities() ? "probability" : "value";
    Sink rows =
        new Sink() {
          @Override
          public void explained(Explained image) {
            if (report.explained() == 0) {
              table.row("image", noun, model.targetNoun(), "label");
            }
            for (Prediction p : image.result().predictions()) {
              table.row(
                  image.result().image(),
                  Table.number(p.probability()),
                  String.valueOf(p.index()),
                  p.label());
            }
          }

          @Override
          public void failed(int index, String image, String problem) {}
        };
    explain(explaining, files, Sinks.of(rows, report));
    table.print(spec.commandLine().getOut());
  }

  private void printJson(
      Explaining<ClassProbabilities.Settings> explaining, List<Path> files, Report report)
      throws IOException {
    Provenance provenance = Provenance.of(explaining);
    PrintWriter out = spec.commandLine().getOut();
    try (ResultsWriter writer = ResultsWriter.to(out, ProvenanceJson.of(provenance))) {
      Sink images =
          new Sink() {
            @Override
            public void explained(Explained image) {
              ObjectNode result = ResultJson.of(image.result());
              image.sha256().ifPresent(hash -> result.put("sha256", hash));
              write(result);
            }

            @Override
            public void failed(int index, String image, String problem) {
              write(ResultJson.of(ImageResult.failed(image, problem)));
            }

            private void write(ObjectNode result) {
              try {
                writer.image(result);
              } catch (IOException e) {
                throw new UncheckedIOException(e); // of a PrintWriter there is none
              }
            }
          };
      explain(explaining, files, Sinks.of(images, report));
    }
    out.flush();
  }

  private static void explain(Explaining<?> explaining, List<Path> files, Sink sink) {
    ProgressBar bar = ProgressBar.onTerminal();
    try {
      explaining.all(GivenImage.all(files), sink, new Watching(bar, files));
    } finally {
      bar.clear();
    }
  }
}
