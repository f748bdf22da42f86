package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.model.config.ConfiguredModel;
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
    int wanted = top.orElse(model.top());
    if (wanted < 1) {
      throw new PicassoException("--top is " + wanted + "; it must be at least 1.");
    }
    return wanted;
  }
}
