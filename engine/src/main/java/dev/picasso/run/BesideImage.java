package dev.picasso.run;

import dev.picasso.model.config.InputSlot;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.SeenInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains the pictures that other inputs of a model hold, while the first holds an image.
 *
 * @param image as the model takes it
 * @param classes that are shown
 */
record BesideImage<S extends Record>(Explaining<S> work, ImageInput image, Classes classes) {
  /** An input's results; what is wrong with it alone is said in their place. */
  OfInput explain(InputSlot slot, Listener listener) {
    String name = slot.holds().map(file -> String.valueOf(file.getFileName())).orElse(slot.name());
    List<OfInput> made = new ArrayList<>();
    Optional<String> problem =
        Guarded.problem(
            () -> made.add(seen(slot, listener)),
            fault -> work.faults().words(work.visualization(), name, fault));
    return problem
        .map(words -> new OfInput(slot.name(), Optional.empty(), ImageResult.failed(name, words)))
        .orElseGet(() -> made.get(0));
  }

  private OfInput seen(InputSlot slot, Listener listener) {
    try (SeenInput seen = work.model().explaining(slot, image.prepared().x())) {
      ImageResult result = work.result(seen.model(), seen.picture(), classes, listener);
      return new OfInput(slot.name(), Optional.of(seen.picture()), result);
    }
  }
}
