package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.report.Report;
import dev.picasso.app.report.ReportSource;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code picasso report}: results as one file for a browser. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes one HTML file of results: pictures, maps that tell their numbers where one points,"
          + " settings, model and versions. It needs nothing else, no network and no Picasso.",
      "RUN is the id of a kept run, as 'picasso runs' lists them, or a folder that 'picasso"
          + " explain' wrote."
    },
    footer = {
      "",
      "A folder:    picasso report maps -o report.html",
      "A kept run:  picasso report 9yry56c5b9 -o report.html --title Skies"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A kept run, or a folder of results.")
  private String run = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The HTML file; what is there is replaced if it is a report.")
  private Path output = Path.of("");

  @Option(names = "--title", paramLabel = "TEXT", description = "What it is headed with.")
  private Optional<String> title = Optional.empty();

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Found found = find();
    requireOutput();
    ReportSource source = ReportSource.of(found.folder());
    WholeFile.write(
        output,
        stream -> {
          Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          new Report().write(source, title.or(found::name), text);
          text.flush();
        });
    spec.commandLine().getOut().println(output + ": " + source.title());
    return 0;
  }

  /** Where the results lie, and what they are called. */
  private record Found(Path folder, Optional<String> name) {}

  private Found find() {
    Path given = Path.of(run);
    if (Files.isDirectory(given)) {
      return new Found(given, Optional.empty());
    }
    if (Files.isRegularFile(given)) {
      return new Found(given.toAbsolutePath().resolveSibling(""), Optional.empty());
    }
    Optional<Archive> archive = Archive.read(data.folder());
    if (archive.isPresent()) {
      try (Archive reading = archive.get()) {
        Optional<KeptRun> kept = reading.find(run);
        if (kept.isPresent()) {
          return new Found(
              reading.folder(kept.get().id()),
              Optional.of(kept.get().name()).filter(n -> !n.isEmpty()));
        }
      }
    }
    throw new PicassoException(
        run
            + ": is neither a folder of results nor a run that is kept in "
            + data.folder()
            + "; 'picasso runs' lists those.");
  }

  /** A report may give way to another; any other file stays. */
  private void requireOutput() {
    if (!Files.isRegularFile(output)) {
      return;
    }
    try (var in = Files.newInputStream(output)) {
      String begin = new String(in.readNBytes(400), StandardCharsets.UTF_8);
      if (!begin.isEmpty()
          && !(begin.startsWith("<!doctype html>") && begin.contains("default-src 'none'"))) {
        throw new PicassoException(
            output + ": is not written over, since it is no report. Name another file.");
      }
    } catch (java.io.IOException e) {
      throw WholeFile.problem(output, e);
    }
  }
}
