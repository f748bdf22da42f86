package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.WholeFile;
import dev.picasso.image.Frame;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Provenance;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code results.json} says: how results were made, and what became of each image. */
final class ResultsIndex {
  private final Provenance provenance;
  private final List<ObjectNode> images = new ArrayList<>();

  /** An index in which no image is finished yet. */
  ResultsIndex(Provenance provenance, List<Path> files) {
    this.provenance = provenance;
    for (Path file : files) {
      ImageResult unfinished =
          ImageResult.failed(file.toString(), "The run ended before this image was finished.");
      images.add(ResultJson.of(unfinished));
    }
  }

  void put(int image, ImageResult result, ResultFiles files, Frame frame) {
    images.set(image, ResultJson.of(result, files, frame));
  }

  void put(int image, ImageResult failed) {
    images.set(image, ResultJson.of(failed));
  }

  void write(Path file) {
    ObjectNode json = ResultJson.of(provenance);
    ArrayNode array = json.putArray("images");
    images.forEach(array::add);
    WholeFile.write(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
