package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.Words;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.archive.KeptRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code picasso runs}: what the page has kept. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the runs of the web page that are kept, the newest first. A server may be at work.",
      "'picasso report RUN' makes a page of one."
    },
    footer = {"", "For scripts:  picasso runs --json"})
final class RunsCommand implements Callable<Integer> {
  private static final int MOST = 10_000;
  private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path folder = data.folder();
    List<KeptRun> runs = List.of();
    Optional<Archive> archive = Archive.read(folder);
    if (archive.isPresent()) {
      try (Archive reading = archive.get()) {
        runs = reading.newest(Optional.empty(), MOST);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(folder, runs));
    } else if (runs.isEmpty()) {
      out.println("No runs are kept in " + folder + ".");
    } else {
      print(runs, out);
    }
    return 0;
  }

  private static void print(List<KeptRun> runs, PrintWriter out) {
    Table table = new Table();
    for (KeptRun run : runs) {
      table.row(
          run.id(),
          made(run.made()),
          run.finished() == run.images().size()
              ? images(run.images().size())
              : run.finished() + " of " + images(run.images().size()) + ", " + run.state(),
          Words.bytes(run.bytes()),
          run.name().isEmpty()
              ? run.title()
              : run.name() + " (" + KeptRun.title(run.method(), run.model()) + ")");
    }
    table.print(out);
  }

  private static String images(int count) {
    return count + (count == 1 ? " image" : " images");
  }

  private static String made(Instant moment) {
    return MADE.format(moment.atZone(ZoneId.systemDefault()));
  }

  private static String json(Path folder, List<KeptRun> runs) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode list = mapper.createArrayNode();
    for (KeptRun run : runs) {
      ObjectNode one = list.addObject();
      one.put("id", run.id()).put("name", run.name());
      one.put("model", run.model()).put("graph", run.graph());
      one.put("visualization", run.visualization()).put("method", run.method());
      one.put("state", run.state()).put("finished", run.finished());
      run.images().forEach(image -> one.withArray("images").add(image.name()));
      one.put("made", run.made().toString()).put("bytes", run.bytes());
      one.put("folder", folder.resolve("runs").resolve(run.id()).toString());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(list);
  }
}
