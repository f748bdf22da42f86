package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.attribution.Attribution;
import dev.picasso.belief.Check;
import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.belief.evaluation.MeasuresFile;
import dev.picasso.belief.evaluation.SummaryFiles;
import dev.picasso.run.Judged;
import dev.picasso.run.Judging;
import dev.picasso.run.Provenance;
import dev.picasso.run.ProvenanceJson;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that {@code check} writes into, or none: one run at a time. What is in it of the same
 * model, class, seed and preparation is gone on with; of another, it is refused.
 */
final class CheckedFolder implements Judging.Sink, Closeable {
  private static final String HEADER = "evaluation.json";

  private final CheckWords words;
  private final Optional<Open> open;

  /** A folder that this run has. */
  private record Open(Path folder, RunningFile running, MeasuresFile table) {}

  private CheckedFolder(CheckWords words, Optional<Open> open) {
    this.words = words;
    this.open = open;
  }

  /**
   * Takes a folder for a run; it is made if it is missing.
   *
   * @param folder if numbers are kept
   * @throws PicassoException if another run is at work in it, or it holds other numbers
   */
  static CheckedFolder open(
      Optional<Path> folder, Provenance provenance, CheckWords words, PrintWriter err)
      throws IOException {
    if (folder.isEmpty()) {
      return new CheckedFolder(words, Optional.empty());
    }
    Path at = folder.get();
    ResultsFolder.make(at);
    RunningFile running = RunningFile.take(at);
    try {
      ObjectNode header = ProvenanceJson.of(provenance);
      Path table = at.resolve(MeasuresFile.NAME);
      if (Files.exists(table)) {
        requireSame(at, header);
      }
      WholeFile.write(
          at.resolve(HEADER), (header.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
      MeasuresFile opened = MeasuresFile.open(table);
      if (opened.size() > 0) {
        err.println(
            "note: %s has %d checks already; they are not made again."
                .formatted(at, opened.size()));
      }
      return new CheckedFolder(words, Optional.of(new Open(at, running, opened)));
    } catch (IOException | RuntimeException e) {
      running.leave();
      throw e;
    }
  }

  /** What two runs must have in common for their numbers to be of one kind. */
  private static final Map<String, String> COMMON =
      Map.of(
          "/model/graph", "another model",
          "/classes", "another class",
          "/settings/object", "another place of the class",
          "/settings/seed", "another seed",
          "/preprocessing", "images prepared otherwise",
          "/held", "other inputs of the model");

  private static void requireSame(Path folder, ObjectNode header) throws IOException {
    Path file = folder.resolve(HEADER);
    if (!Files.isRegularFile(file)) {
      throw new PicassoException(
          "%s: there is a %s whose %s is missing, so that nobody knows what it is of. Name another"
                  .formatted(folder, MeasuresFile.NAME, HEADER)
              + " folder with --output.");
    }
    JsonNode before = new ObjectMapper().readTree(file.toFile());
    JsonNode now = new ObjectMapper().readTree(header.toString());
    COMMON.forEach(
        (at, what) -> {
          if (!before.at(at).equals(now.at(at))) {
            throw new PicassoException(
                folder + ": holds measures of " + what + ". Name another folder with --output.");
          }
        });
  }

  /** The checks of a map that are not in the folder. */
  List<Check> wanted(String sha256, Attribution method) {
    return words.checks().entrySet().stream()
        .filter(
            e -> open.filter(o -> o.table().has(sha256, words.of(method), e.getValue())).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void judged(Judged judged) {
    open.ifPresent(o -> o.table().add(words.rows(judged)));
  }

  @Override
  public void finished(int index) {}

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {}

  /**
   * Writes what all numbers say, those of earlier runs included.
   *
   * @return what they say
   */
  Evaluation finish(CheckReport report) throws IOException {
    if (open.isPresent()) {
      Path folder = open.get().folder();
      Path table = folder.resolve(MeasuresFile.NAME);
      report.beginAnew();
      MeasuresFile.each(table, report::take);
      SummaryFiles.write(folder, report.evaluation());
    }
    return report.evaluation();
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().table().close();
      open.get().running().leave();
    }
  }
}
