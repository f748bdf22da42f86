package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Drawing;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.ResultFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One image with its results, as numbers and as pictures.
 *
 * @param explained the image and all that came out
 */
public record Explanation(Explained explained) {
  /** All of it: classes, parts, warnings. */
  public ImageResult result() {
    return explained.result();
  }

  /** The classes that are shown, in the order of the maps. */
  public List<Prediction> predictions() {
    return result().predictions();
  }

  /** The maps' numbers, in the frame of the model's input and of any resolution. */
  public List<HeatMap> maps() {
    return result().panels().stream().map(Panel::map).toList();
  }

  /** What a person should know before believing it, a sentence each. */
  public List<String> warnings() {
    return result().warnings();
  }

  /**
   * The same of another input of the model beside this image; empty where that was not asked for.
   *
   * @throws PicassoException if that input could not be explained
   */
  public Optional<Explanation> ofInput(String name) {
    return explained.others().stream()
        .filter(other -> other.input().equals(name))
        .findFirst()
        .map(this::of);
  }

  private Explanation of(OfInput other) {
    other
        .result()
        .problem()
        .ifPresent(
            problem -> {
              throw new PicassoException(other.input() + ": " + problem);
            });
    return new Explanation(
        new Explained(
            explained.index(),
            other.image().orElseThrow(),
            Optional.empty(),
            Optional.of(other.input()),
            other.result(),
            List.of()));
  }

  /** A map over the image, in the image's own frame. */
  public BufferedImage overlay(int index) {
    Panel panel = result().panels().get(index);
    return drawing().draw(panel.map(), panel.scale(), panel.display()).image();
  }

  /** A map alone, in the image's own frame; transparent where the model sees nothing. */
  public BufferedImage map(int index) {
    Panel panel = result().panels().get(index);
    return drawing().map(panel.map(), panel.scale()).image();
  }

  private Drawing drawing() {
    return explained.image().drawing();
  }

  /**
   * Writes all of it into files: pictures as PNG, numbers as .npy and CSV.
   *
   * @param folder made where it does not exist
   * @param stem what the names of the files begin with
   * @throws dev.picasso.PicassoException if a file cannot be written
   */
  public ResultFiles write(Path folder, String stem) {
    return ExplainedFiles.write(folder, stem, explained, (file, share) -> {}).own();
  }
}
