package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds out where a row of two classes shows one map twice: what speaks for the one speaks against
 * the other, so that many methods answer alike for both.
 */
final class SameMaps {
  /** How far numbers may be apart, as a share of the largest. */
  private static final double CLOSE = 1e-4;

  private SameMaps() {}

  /**
   * Where the second map is the first one, says so in its panel: {@code "same"} is "the same map",
   * or "the same map with the other sign".
   */
  static void mark(ShownRun run, ObjectNode result, ObjectNode row) {
    JsonNode panels = row.path("panels");
    if (panels.size() != 2 || row.path("predictions").size() != 2) {
      return;
    }
    try {
      Optional<float[]> first = numbers(run, result, 0);
      Optional<float[]> second = numbers(run, result, 1);
      if (first.isPresent() && second.isPresent() && panels.path(1) instanceof ObjectNode panel) {
        if (alike(first.get(), second.get(), 1)) {
          panel.put("same", "the same map");
        } else if (alike(first.get(), second.get(), -1)) {
          panel.put("same", "the same map with the other sign");
        }
      }
    } catch (IOException | PicassoException e) {
      // Both are shown then.
    }
  }

  private static Optional<float[]> numbers(ShownRun run, ObjectNode result, int part)
      throws IOException {
    Optional<Path> file =
        ResultFiles.in(result).of(Optional.of(part)).stream()
            .filter(entry -> entry.role() == FileRole.ARRAY)
            .map(entry -> run.folder().resolve(entry.name()))
            .findFirst();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return Optional.of(NpyFile.read(String.valueOf(file.get().getFileName()), in).floats());
    }
  }

  /** Whether all numbers of one are those of the other times a sign; maps of zeros are no maps. */
  static boolean alike(float[] one, float[] other, int sign) {
    if (one.length != other.length) {
      return false;
    }
    double most = 0;
    double apart = 0;
    for (int i = 0; i < one.length; i++) {
      if (Float.isNaN(one[i]) != Float.isNaN(other[i])) {
        return false;
      }
      if (!Float.isNaN(one[i])) {
        most = Math.max(most, Math.abs(one[i]));
        apart = Math.max(apart, Math.abs(one[i] - (double) sign * other[i]));
      }
    }
    return most > 0 && apart <= CLOSE * most;
  }
}
