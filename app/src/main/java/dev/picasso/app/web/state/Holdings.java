package dev.picasso.app.web.state;

import dev.picasso.model.config.ConfiguredModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session holds beside its runs.
 *
 * @param images all of them, in the order in which they came
 * @param deleted ids of those that were taken away, the longest first
 * @param models that were uploaded; their files lie in the session's folder
 * @param hashes of their files, by their ids, as far as they are known
 * @param removed models that were taken away and can be restored
 * @param nextNumber of the next image
 */
record Holdings(
    List<StoredImage> images,
    List<String> deleted,
    List<ConfiguredModel> models,
    Map<String, String> hashes,
    List<Removed> removed,
    int nextNumber) {
  static final Holdings NONE =
      new Holdings(List.of(), List.of(), List.of(), Map.of(), List.of(), 0);

  /**
   * A model that was taken away.
   *
   * @param sha256 hash of its file, where that is known
   */
  record Removed(ConfiguredModel model, Optional<String> sha256, Instant at) {}
}
