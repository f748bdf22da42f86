package dev.picasso.examples;

import dev.picasso.attribution.Predictions;
import dev.picasso.graph.Tensor;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of bundled examples, read as Picasso reads it. */
public final class Examples {
  private static final ModelLoader LOADER = ModelLoader.standard();

  private Examples() {}

  public static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("examples/tanks"))) {
        return at.resolve("examples");
      }
    }
    throw new AssertionError("there is no folder examples above " + Path.of("").toAbsolutePath());
  }

  public static Configuration configuration(String example) {
    return Configuration.read(
        folder().resolve(example).resolve(Configuration.FILE_NAME),
        Examples.class.getClassLoader());
  }

  public static ReadyModel load(ConfiguredModel configured) {
    return ReadyModel.load(configured, LOADER, RuntimeOptions.defaults());
  }

  public static ImageInput image(ReadyModel model, Path image) {
    return model.prepare(ImageDecoder.standard().decode(image));
  }

  static Tensor pixels(ReadyModel model, Path image) {
    return image(model, image).prepared().x();
  }

  /** The most probable class. */
  static String answer(ReadyModel model, Tensor x) {
    Predictions predictions = model.explainer().predict(x);
    return model.model().label(predictions.top(0, 1).get(0));
  }

  public static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
