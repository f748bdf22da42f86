package dev.picasso.model.config;

import dev.picasso.model.ModelRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * One model of a configuration.
 *
 * @param request what the loader needs
 * @param preprocessing what is done to an image before the model sees it
 * @param top how many classes are shown
 * @param images sample images
 */
public record ConfiguredModel(
    ModelRequest request, PreprocessingSettings preprocessing, int top, List<Path> images) {

  /** How many classes are shown where nothing is said. */
  public static final int TOP = 5;

  public ConfiguredModel {
    images = List.copyOf(images);
  }

  /** A model file of which no configuration speaks. */
  public static ConfiguredModel of(Path path) {
    return new ConfiguredModel(ModelRequest.of(path), PreprocessingSettings.none(), TOP, List.of());
  }

  /** The same with another request, as when a command says more. */
  public ConfiguredModel with(ModelRequest changed) {
    return new ConfiguredModel(changed, preprocessing, top, images);
  }

  public String id() {
    return request.id();
  }
}
