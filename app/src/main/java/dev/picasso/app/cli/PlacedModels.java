package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.run.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the models again that results set beside their own: those that are named now, by what they
 * compute, and the others where they lay.
 *
 * @param folder of the results
 * @param before where the results come from
 * @param models by their files
 */
record PlacedModels(Path folder, Provenance before, FileModels models) {
  /**
   * Has each name of the results mean a file.
   *
   * @param names what the settings call the models
   * @param given files that were named for them, in any order
   * @throws PicassoException if there are more than the results have, or one cannot be found
   */
  void find(List<String> names, List<Path> given) {
    List<String> open = new ArrayList<>(new LinkedHashSet<>(names));
    if (given.size() > open.size()) {
      throw new PicassoException(
          "--with names %d %s, and the results have %d beside their own."
              .formatted(given.size(), given.size() == 1 ? "model" : "models", open.size()));
    }
    List<Path> unlike = new ArrayList<>();
    for (Path file : given) {
      Optional<String> name = open.stream().filter(n -> isThat(n, file)).findFirst();
      name.ifPresent(open::remove);
      name.ifPresentOrElse(n -> place(n, file.toString()), () -> unlike.add(file));
    }
    for (Path file : unlike) { // told and refused, unless it is wanted anyway
      place(open.remove(0), file.toString());
    }
    open.forEach(this::asItLay);
  }

  private void place(String name, String place) {
    models.place(name, place, was(name).map(Provenance.OfModel::title).orElse(""));
  }

  private Optional<Provenance.OfModel> was(String name) {
    return Optional.ofNullable(before.others().get(name)).map(Provenance.Beside::model);
  }

  private boolean isThat(String name, Path file) {
    String graph = models.identity(file.toString()).graph();
    return was(name).filter(was -> was.graph().equals(graph)).isPresent();
  }

  private void asItLay(String name) {
    before
        .given()
        .flatMap(given -> Optional.ofNullable(given.others().get(name)))
        .ifPresent(text -> place(name, RecordedPath.in(folder, text).toString()));
    if (!models.has(name)) {
      String file =
          was(name)
              .map(Provenance.OfModel::file)
              .filter(text -> !text.equals(name))
              .map(text -> " (" + text + ")")
              .orElse("");
      throw new PicassoException(
          "The model %s%s, which stands beside the first, is not where it was, or the results do"
                  .formatted(name, file)
              + " not say where it lies; name it with --with.");
    }
  }
}
