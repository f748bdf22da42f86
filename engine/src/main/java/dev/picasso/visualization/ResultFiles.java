package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files that hold one image's results: pictures as PNG, maps as arrays of numbers.
 *
 * @param original the image, at the size of the maps
 * @param example the picture with the method drawn in, where there is one
 * @param panels for each panel its files
 */
public record ResultFiles(String original, Optional<String> example, List<OfPanel> panels) {
  /**
   * The files of one map.
   *
   * @param overlay the map over the picture, as the settings say
   * @param map the map alone, transparent where the model sees nothing
   * @param array its numbers, float32 .npy [height, width] in the frame of the model's input
   */
  public record OfPanel(String overlay, String map, String array) {}

  public ResultFiles {
    panels = List.copyOf(panels);
  }

  /**
   * Writes results, each file whole or not at all.
   *
   * @see #write(Path, String, ImageInput, ImageResult, Consumer)
   */
  public static ResultFiles write(Path folder, String stem, ImageInput image, ImageResult result) {
    return write(folder, stem, image, result, file -> {});
  }

  /**
   * Writes results, map after map.
   *
   * @param folder where to; made where it does not exist
   * @param stem what all file names begin with; made by the caller, never by a stranger
   * @param written hears of each file as soon as it is there; it may throw to stop
   * @throws PicassoException if a file cannot be written
   */
  public static ResultFiles write(
      Path folder, String stem, ImageInput image, ImageResult result, Consumer<Path> written) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be made (" + e.getMessage() + ").", e);
    }
    Drawing drawing = image.drawing();
    String original = png(folder, stem + "-original", drawing.original(), written);
    Optional<String> example =
        result.example().map(e -> png(folder, stem + "-example", Canvas.of(e), written));
    List<OfPanel> panels = new ArrayList<>();
    for (int i = 0; i < result.panels().size(); i++) {
      panels.add(panel(folder, stem + "-" + (i + 1), drawing, result.panels().get(i), written));
    }
    return new ResultFiles(original, example, panels);
  }

  private static OfPanel panel(
      Path folder, String stem, Drawing drawing, Panel panel, Consumer<Path> written) {
    Canvas overlay = drawing.overlay(panel.map(), panel.scale(), panel.transparency());
    String array = stem + ".npy";
    NpyFile.write(folder.resolve(array), panel.map().tensor());
    written.accept(folder.resolve(array));
    return new OfPanel(
        png(folder, stem, overlay, written),
        png(folder, stem + "-map", drawing.map(panel.map(), panel.scale()), written),
        array);
  }

  private static String png(Path folder, String stem, Canvas canvas, Consumer<Path> written) {
    String name = stem + ".png";
    WholeFile.write(folder.resolve(name), canvas.png());
    written.accept(folder.resolve(name));
    return name;
  }
}
