package dev.picasso.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that hold all that came of one image, also of other inputs beside it.
 *
 * @param own of the image itself
 * @param others of each other input, in their order; none of one that has a problem
 */
public record ExplainedFiles(Explained explained, ResultFiles own, List<ResultFiles> others) {
  public ExplainedFiles {
    others = List.copyOf(others);
  }

  /**
   * Writes results, each file whole or not at all.
   *
   * @param folder where to; made where it does not exist
   * @param stem what all file names begin with; made by the caller, never by a stranger
   * @param watch hears of files as they are written
   * @throws dev.picasso.PicassoException if a file cannot be written
   */
  public static ExplainedFiles write(
      Path folder, String stem, Explained explained, ResultFiles.Watch watch) {
    int all = 1 + explained.others().size();
    ResultFiles own =
        ResultFiles.write(
            folder,
            stem,
            explained.image(),
            explained.result(),
            (file, share) -> watch.written(file, share / all));
    List<ResultFiles> others = new ArrayList<>();
    for (int i = 0; i < explained.others().size(); i++) {
      int before = i + 1;
      OfInput other = explained.others().get(i);
      others.add(
          other
              .image()
              .map(
                  image ->
                      ResultFiles.write(
                          folder,
                          ResultFiles.ofInput(stem, before + 1),
                          image,
                          other.result(),
                          (file, share) -> watch.written(file, (before + share) / all)))
              .orElseGet(() -> new ResultFiles(List.of())));
    }
    return new ExplainedFiles(explained, own, others);
  }

  /** All that is told of them, as {@code results.json} has it. */
  public ObjectNode json() {
    ObjectNode json = ResultJson.of(explained.result(), own, explained.image().prepared().frame());
    explained.sha256().ifPresent(hash -> json.put("sha256", hash));
    explained.input().ifPresent(input -> json.put(ResultJson.INPUT, input));
    if (!others.isEmpty()) {
      ArrayNode array = json.putArray(ResultJson.INPUTS);
      for (int i = 0; i < others.size(); i++) {
        array.add(json(explained.others().get(i), others.get(i)));
      }
    }
    return json;
  }

  private static ObjectNode json(OfInput other, ResultFiles files) {
    ObjectNode json =
        other
            .image()
            .map(image -> ResultJson.of(other.result(), files, image.prepared().frame()))
            .orElseGet(() -> ResultJson.of(other.result()));
    return json.put(ResultJson.INPUT, other.input());
  }
}
