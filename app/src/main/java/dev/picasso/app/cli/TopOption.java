package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.Visualization;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many classes of an image are shown. */
final class TopOption {
  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "How many of the most probable classes. Default: what the picasso.yaml says, or "
              + ConfiguredModel.TOP
              + ".")
  private Optional<Integer> top = Optional.empty();

  int of(ConfiguredModel model) {
    return orElse(model.top());
  }

  /** So many as were asked for; what the visualization shows by itself, or else the model. */
  int of(ConfiguredModel model, Visualization<?> visualization) {
    return orElse(visualization.top().orElse(model.top()));
  }

  private int orElse(int usual) {
    int wanted = top.orElse(usual);
    if (wanted < 1) {
      throw new PicassoException("--top is " + wanted + "; it must be at least 1.");
    }
    return wanted;
  }
}
