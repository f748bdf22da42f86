package dev.picasso.app.cli;

import dev.picasso.model.ModelLoader;
import dev.picasso.visualization.Visualizations;
import java.nio.file.Path;

/** The folder that Picasso is installed in; the launcher tells it. */
final class Home {
  private Home() {}

  /**
   * Where jars and Java files of the user's lie; it may be missing. A folder of that name beside a
   * model is not looked into, since models are data and what lies there is run.
   */
  static Path plugins() {
    return folder().resolve("plugins");
  }

  /** Opens models, by the adapters among the plugins where these say so. */
  static ModelLoader loader() {
    return ModelLoader.standard().adaptedBy(Visualizations.withPlugins(Home.plugins()).adapters());
  }

  /** Where the bundled examples lie, a folder each; it may be missing. */
  static Path examples() {
    return folder().resolve("examples");
  }

  private static Path folder() {
    return Path.of(System.getProperty("picasso.home", ""));
  }
}
