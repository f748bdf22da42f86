package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.run.Provenance;
import dev.picasso.run.RecordedImage;
import dev.picasso.run.ResultsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code results.json} says.
 *
 * @param images those that have results
 */
record RecordedResults(Provenance provenance, List<RecordedImage> images) {
  RecordedResults {
    images = List.copyOf(images);
  }

  /**
   * Reads one.
   *
   * @throws PicassoException if it is not Picasso's, or has no results
   */
  static RecordedResults read(Path file) throws IOException {
    List<RecordedImage> images = new ArrayList<>();
    Provenance provenance =
        ResultsReader.read(
                file,
                json -> {
                  RecordedImage image = RecordedImage.of(json);
                  if (image.problem().isEmpty()) {
                    images.add(image);
                  }
                })
            .map(ResultsReader::provenance)
            .orElseThrow(
                () ->
                    new PicassoException(
                        file + ": is no results.json that Picasso wrote, or a damaged one."));
    if (images.isEmpty()) {
      throw new PicassoException(file + ": tells of no image that has results.");
    }
    return new RecordedResults(provenance, images);
  }
}
