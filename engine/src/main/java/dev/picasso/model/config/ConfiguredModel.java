package dev.picasso.model.config;

import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.Device;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One model of a configuration.
 *
 * @param request what the loader needs
 * @param preprocessing what is done to an image before the model sees it
 * @param top how many classes are shown
 * @param images sample images
 * @param held images, or arrays, for the inputs that are not explained, by input name
 * @param device where it runs
 */
public record ConfiguredModel(
    ModelRequest request,
    PreprocessingSettings preprocessing,
    int top,
    List<Path> images,
    Map<String, Path> held,
    Device device) {

  /** How many classes are shown where nothing is said. */
  public static final int TOP = 5;

  public ConfiguredModel {
    images = List.copyOf(images);
    held = Map.copyOf(held);
  }

  /** A model on the processor. */
  public ConfiguredModel(
      ModelRequest request,
      PreprocessingSettings preprocessing,
      int top,
      List<Path> images,
      Map<String, Path> held) {
    this(request, preprocessing, top, images, held, Device.CPU);
  }

  /** A model of one input. */
  public ConfiguredModel(
      ModelRequest request, PreprocessingSettings preprocessing, int top, List<Path> images) {
    this(request, preprocessing, top, images, Map.of());
  }

  /** A model file of which no configuration speaks. */
  public static ConfiguredModel of(Path path) {
    return new ConfiguredModel(ModelRequest.of(path), PreprocessingSettings.none(), TOP, List.of());
  }

  /** The same with another request, as when a command says more. */
  public ConfiguredModel with(ModelRequest changed) {
    return new ConfiguredModel(changed, preprocessing, top, images, held, device);
  }

  /** The same with other preprocessing. */
  public ConfiguredModel with(PreprocessingSettings changed) {
    return new ConfiguredModel(request, changed, top, images, held, device);
  }

  /** The same with more inputs that are held; what is held twice holds this. */
  public ConfiguredModel holding(Map<String, Path> more) {
    Map<String, Path> all = new LinkedHashMap<>(held);
    all.putAll(more);
    return new ConfiguredModel(request, preprocessing, top, images, all, device);
  }

  /** The same with these inputs held and no others. */
  public ConfiguredModel holdingOnly(Map<String, Path> all) {
    return new ConfiguredModel(request, preprocessing, top, images, all, device);
  }

  /** The same on another device. */
  public ConfiguredModel on(Device other) {
    return new ConfiguredModel(request, preprocessing, top, images, held, other);
  }

  public String id() {
    return request.id();
  }
}
