package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.SmallPicture;
import dev.picasso.run.ResultsWriter;
import dev.picasso.run.Tally;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written into the folder of a run that has ended: all results in one file, what is told of
 * the run, and small pictures for lists.
 *
 * @param told of the run, as {@link StoredRun#of} has it
 * @param results the images that have some, by their indexes: they lie in the folder, but for those
 *     with which something went wrong, where what is told instead stands here
 */
record EndedFiles(Path folder, ObjectNode told, SortedMap<Integer, Optional<ObjectNode>> results) {
  private static final Logger LOG = LoggerFactory.getLogger(EndedFiles.class);

  /** So many images have a small map, for lists. */
  static final int SMALL = 4;

  /**
   * Writes all of it.
   *
   * @param state the last one, as answers call it
   * @param problem why the run failed
   */
  void write(String state, Optional<String> problem) throws IOException {
    ObjectNode json = told.deepCopy();
    json.set("status", status(state, problem));
    ObjectNode failed = json.putObject("failed");
    Tally tally = new Tally();
    try (Writer text = Files.newBufferedWriter(folder.resolve(KeptFiles.RESULTS));
        ResultsWriter all = ResultsWriter.to(text, object(told.path("provenance")))) {
      for (Map.Entry<Integer, Optional<ObjectNode>> each : results.entrySet()) {
        int index = each.getKey();
        Optional<ObjectNode> problemAlone = each.getValue();
        ObjectNode result = problemAlone.isPresent() ? problemAlone.get().deepCopy() : read(index);
        if (problemAlone.isPresent()) {
          failed.set(String.valueOf(index), problemAlone.get());
        } else if (index < SMALL) {
          small(index, result);
        }
        String image = told.path("images").path(index).path("imageId").asText();
        all.image(result.put("file", KeptFiles.image(image)));
        tally.add(result);
      }
      all.end(tally.last());
    }
    Files.writeString(folder.resolve(KeptFiles.RUN), Json.text(json));
  }

  private ObjectNode read(int index) throws IOException {
    return object(Json.parse(Files.readString(folder.resolve(KeptFiles.result(index)))));
  }

  private static ObjectNode object(JsonNode json) {
    return json instanceof ObjectNode object ? object : Json.object();
  }

  private ObjectNode status(String state, Optional<String> problem) {
    int total = told.path("images").size();
    ObjectNode json = Json.object().put("state", state);
    problem.ifPresent(words -> json.put("problem", words));
    return json.put("progress", state.equals("done") ? 1 : (double) results.size() / total)
        .put("finished", results.size())
        .put("total", total);
  }

  private void small(int index, ObjectNode result) {
    Optional<String> picture =
        ResultJson.all(result).stream()
            .flatMap(input -> ResultFiles.in(input).entries().stream())
            .filter(f -> f.role() == FileRole.OVERLAY || f.role() == FileRole.PICTURE)
            .map(ResultFiles.Entry::name)
            .findFirst();
    try {
      if (picture.isPresent()) {
        SmallPicture.write(folder.resolve(picture.get()), folder.resolve(KeptFiles.small(index)));
      }
    } catch (IOException e) {
      LOG.debug("lists show the image alone", e);
    }
  }
}
