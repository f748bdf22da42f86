package dev.picasso.app.report;

import dev.picasso.PicassoException;
import dev.picasso.app.archive.SmallPicture;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.FileRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files inside the page. Pictures have at most 1024 pixels a side. The numbers of a map are whole
 * numbers from 0 to 65,534 between its smallest and its largest, and 65,535 where it has none; so a
 * number that is read there is right to a 131,000th of the map's range.
 */
record EmbeddedFiles(Path folder) implements ReportFiles {
  private static final int SIDE = 1024;
  private static final int STEPS = 65_534;

  @Override
  public String picture(String name) {
    Path file = file(name);
    String type = FileRole.ofFile(name).map(FileRole::mediaType).orElse("image/png");
    try {
      byte[] bytes =
          type.equals("image/png") ? SmallPicture.png(file, SIDE) : Files.readAllBytes(file);
      return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    } catch (IOException e) {
      throw new PicassoException(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  @Override
  public Map<String, String> numbers(String array) {
    Tensor tensor = NpyFile.read(file(array));
    if (tensor.shape().rank() != 2) {
      return Map.of();
    }
    float[] values = tensor.floats();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    double range = high > low ? (double) high - low : 1;
    ByteBuffer steps = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      long step = Math.round((value - (double) low) / range * STEPS);
      steps.putShort((short) (Float.isFinite(value) ? step : STEPS + 1));
    }
    Map<String, String> told = new LinkedHashMap<>();
    told.put("data-rows", String.valueOf(tensor.shape().dim(0)));
    told.put("data-columns", String.valueOf(tensor.shape().dim(1)));
    told.put("data-least", String.valueOf(Float.isFinite(low) ? low : 0));
    told.put("data-range", String.valueOf(range));
    told.put("data-steps", Base64.getEncoder().encodeToString(steps.array()));
    return told;
  }

  /** Names have no folders in them; what is no plain file is not read. */
  private Path file(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new PicassoException(file + ": is missing, and results.json names it.");
    }
    return file;
  }
}
