package dev.picasso.app.cli;

import dev.picasso.catalogue.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where runs are kept, for commands that read them. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Where the server keeps its runs. Default: what PICASSO_DATA names, else a folder of"
              + " yours (docs/runs.md).")
  private Optional<Path> data = Optional.empty();

  Path folder() {
    return data.orElseGet(DataFolder::runs).toAbsolutePath().normalize();
  }
}
