package dev.picasso.visualization;

import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.Drawing;
import dev.picasso.image.segments.CocoJson;
import dev.picasso.image.segments.Island;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of an image where its maps are strong, for whoever goes on with masks and boxes. */
final class StrongParts {
  private StrongParts() {}

  /** Whether a map is shown by where it is strong. */
  static boolean areShown(Panel panel) {
    Blending blending = panel.display().blending();
    return blending == Blending.MASKED || blending == Blending.BOXES;
  }

  /** Those of all maps that are shown so, as COCO has them; empty where none is. */
  static Optional<CocoJson> of(ImageInput image, ImageResult result, Drawing drawing) {
    List<Panel> panels = result.panels().stream().filter(StrongParts::areShown).toList();
    if (panels.isEmpty()) {
      return Optional.empty();
    }
    int width = drawing.frame().originalWidth();
    int height = drawing.frame().originalHeight();
    List<CocoJson.Part> parts = new ArrayList<>();
    for (Panel panel : panels) {
      int category = category(panel, result.predictions());
      for (Island island : drawing.strong(panel.map(), panel.scale(), panel.display()).islands()) {
        parts.add(
            new CocoJson.Part(category, panel.label(), panel.number(), island.mask(width, height)));
      }
    }
    return Optional.of(
        new CocoJson(List.of(new CocoJson.Annotated(image.name(), width, height, parts))));
  }

  /** The class that a map is of. */
  private static int category(Panel panel, List<Prediction> predictions) {
    return predictions.stream()
        .filter(p -> p.label().equals(panel.label()))
        .findFirst()
        .map(Prediction::index)
        .orElse(0);
  }
}
