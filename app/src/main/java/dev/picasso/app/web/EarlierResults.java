package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The results of a run that was not finished, for one of the same images that goes on with it. They
 * are taken where they would be made again in the same way: by the same graph, given images in the
 * same way, with the same settings, program, runtime and machine. So all rows of a run are of one
 * kind, as its file of results says.
 */
record EarlierResults(StoredRun earlier) {
  static EarlierResults of(KeptRun run, Path folder) {
    return new EarlierResults(StoredRun.read(run, folder));
  }

  /**
   * Puts the files of results into the folder of the run that goes on.
   *
   * @param run it has begun
   * @return by the indexes of their images; none where something is otherwise now
   */
  Map<Integer, RunResult> into(LiveRun run) {
    Map<Integer, RunResult> taken = new TreeMap<>();
    if (!isAlike(run) || seesOtherModels(run.order())) {
      return taken;
    }
    for (int i = 0; i < Math.min(earlier.total(), run.total()); i++) {
      Path result = earlier.folder().resolve(KeptFiles.result(i));
      if (Files.isRegularFile(result) && take(i, run.folder())) {
        taken.put(i, new RunResult(run.folder().resolve(KeptFiles.result(i)), Optional.empty()));
      }
    }
    return taken;
  }

  private boolean isAlike(LiveRun run) {
    return way(run.provenance()).equals(way(earlier.provenance()))
        && run.order().path("given").equals(earlier.order().path("given"));
  }

  /** What tells one way of making results from another; not what the model is called. */
  private static JsonNode way(ObjectNode provenance) {
    provenance.remove("made");
    if (provenance.path("model") instanceof ObjectNode model) {
      model.remove(List.of("id", "file", "sha256")); // its graph stands there, with all numbers
    }
    return Json.parse(Json.text(provenance));
  }

  /** Such a run is made anew, whatever the others are. */
  private static boolean seesOtherModels(ObjectNode order) {
    return order.path("visualization").asText().equals(SideBySide.ID)
        && !order.at("/settings/models").asText().isBlank();
  }

  /** All files of an image, or none. */
  private boolean take(int index, Path folder) {
    Optional<ObjectNode> result = earlier.result(index);
    List<String> names =
        Stream.concat(
                result.stream().flatMap(json -> ResultFiles.in(json).names()),
                Stream.of(KeptFiles.result(index)))
            .toList();
    try {
      for (String name : names) {
        RunShelf.take(earlier.folder().resolve(name), folder.resolve(name));
      }
    } catch (IOException e) {
      return false; // it is explained anew
    }
    return names.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }
}
