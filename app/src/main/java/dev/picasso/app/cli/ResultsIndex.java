package dev.picasso.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.WholeFile;
import dev.picasso.run.Explained;
import dev.picasso.run.ExplainedFiles;
import dev.picasso.run.Provenance;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.run.ResultsReader;
import dev.picasso.run.ResultsWriter;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultJson;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * {@code results.json} while it grows: how results were made, and image after image what became of
 * it. It is called otherwise until it is complete.
 */
final class ResultsIndex {
  /** Its name while it is not complete. */
  static final String PART = WholeFile.UNFINISHED + "results";

  private static final String UNFINISHED = "The run ended before this image was finished.";

  private final Path folder;
  private final Path part;
  private final List<Path> images;
  private final ResultsWriter out;
  private final Truths truths;
  private int written;

  /**
   * Begins an index.
   *
   * @param images in the order in which they will come
   */
  ResultsIndex(Path folder, Provenance provenance, List<Path> images, Truths truths)
      throws IOException {
    this.truths = truths;
    this.folder = folder;
    this.part = folder.resolve(PART);
    this.images = images;
    // Not a channel: an interrupted thread would close it, and the rest has to be said yet.
    this.out =
        ResultsWriter.to(
            new BufferedOutputStream(new FileOutputStream(this.part.toFile())),
            ProvenanceJson.of(provenance));
  }

  /** An image's results, which lie in these files. */
  void put(ExplainedFiles files) throws IOException {
    Explained explained = files.explained();
    ObjectNode json = files.json();
    json.put("file", RecordedPath.of(folder, images.get(explained.index())));
    truths.add(explained, json);
    put(explained.index(), json);
  }

  /** What went wrong with an image. */
  void put(int index, String image, String problem) throws IOException {
    put(index, ResultJson.of(ImageResult.failed(image, problem)));
  }

  private void put(int index, ObjectNode json) throws IOException {
    if (index != written) {
      throw new IllegalStateException("image " + index + " after " + written + " others");
    }
    out.image(json);
    written++;
  }

  /** Says of all others that they were not finished, and takes its name. */
  void finish() throws IOException {
    while (written < images.size()) {
      put(written, images.get(written).toString(), UNFINISHED);
    }
    out.end(truths.last());
    Files.move(part, folder.resolve(ResultsReader.FILE_NAME), StandardCopyOption.REPLACE_EXISTING);
  }
}
