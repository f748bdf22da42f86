package dev.picasso.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Prediction;
import dev.picasso.visualization.ClassProbabilities;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Provenance;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    description = "Prints the most probable classes of images.",
    footer = {
      "",
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
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ClassProbabilities probabilities = new ClassProbabilities();
    try (ReadyModel model = given.ready()) {
      List<Path> files = given.files(model.configured());
      given.printNotes(model, err);
      List<ImageResult> results =
          new Explanations(
                  model,
                  probabilities,
                  Map.of(),
                  top.of(model.configured()),
                  ProgressBar.onTerminal())
              .explain(files, Explanations.Sink.NONE);
      if (json) {
        out.println(json(Provenance.of(model, probabilities, Map.of()), results));
      } else {
        table(results, model.model().scores().areProbabilities()).print(out);
      }
      return Failures.report(results, err);
    }
  }

  private static String json(Provenance provenance, List<ImageResult> results)
      throws JsonProcessingException {
    ObjectNode json = ResultJson.of(provenance);
    ArrayNode array = json.putArray("images");
    results.forEach(r -> array.add(ResultJson.of(r)));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private static Table table(List<ImageResult> results, boolean probabilities) {
    Table table = new Table();
    if (results.stream().anyMatch(r -> !r.predictions().isEmpty())) {
      table.row("image", probabilities ? "probability" : "value", "class", "label");
    }
    for (ImageResult result : results) {
      for (Prediction p : result.predictions()) {
        table.row(
            result.image(), Table.number(p.probability()), String.valueOf(p.index()), p.label());
      }
    }
    return table;
  }
}
