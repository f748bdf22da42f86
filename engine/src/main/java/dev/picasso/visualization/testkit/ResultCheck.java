package dev.picasso.visualization.testkit;

import dev.picasso.image.Prediction;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Drawing;
import dev.picasso.visualization.Illustration;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What must hold for the results of one image.
 *
 * @param broken is told each promise that is not kept
 */
record ResultCheck(Consumer<String> broken) {
  void check(ImageInput image, ImageResult result, int top) {
    if (!result.image().equals(image.name())) {
      broken.accept("the result of " + image.name() + " is called " + result.image());
    }
    result.problem().ifPresent(p -> broken.accept("fails on " + image.name() + ": " + p));
    if (result.problem().isPresent()) {
      return;
    }
    if (result.predictions().isEmpty() && result.parts().isEmpty()) {
      broken.accept("shows nothing for " + image.name());
    }
    if (result.predictions().size() > top) {
      broken.accept("shows more classes than asked for");
    }
    for (Prediction p : result.predictions()) {
      require(Double.isFinite(p.probability()), image, "a probability is " + p.probability());
      require(!p.label().isBlank(), image, "class " + p.index() + " has no label");
    }
    for (Part part : result.parts()) {
      require(!part.label().isBlank(), image, "a panel has no label");
      if (part instanceof Panel panel) {
        check(image, panel);
      } else if (part instanceof Verdict verdict) {
        require(!verdict.text().isBlank(), image, "a text says nothing");
      }
    }
    draw(image, result);
  }

  private void check(ImageInput image, Panel panel) {
    require(!panel.meaning().isBlank(), image, "a panel does not say what its numbers mean");
    require(Double.isFinite(panel.number()), image, "a panel's number is " + panel.number());
    require(
        panel.transparency() >= 0 && panel.transparency() <= 1,
        image,
        "the transparency is " + panel.transparency());
    double low = panel.scale().low();
    double high = panel.scale().high();
    require(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        image,
        "the scale goes from " + low + " to " + high);
    float[] values = panel.map().values();
    boolean known = false;
    for (float value : values) {
      known |= Float.isFinite(value);
      if (Float.isInfinite(value)) {
        broken.accept("a map of " + image.name() + " holds " + value);
        return;
      }
    }
    require(known, image, "a map knows nothing: all its values are NaN");
  }

  private void require(boolean holds, ImageInput image, String otherwise) {
    if (!holds) {
      broken.accept(otherwise + " (" + image.name() + ")");
    }
  }

  /** The files that pages and commands make of a result. */
  private void draw(ImageInput image, ImageResult result) {
    Drawing drawing = image.drawing();
    for (Part part : result.parts()) {
      for (Part.Content file : part.files(drawing)) {
        require(file.bytes().get().length > 0, image, "a file is empty");
      }
    }
  }

  /** Whether two results tell the same, number for number. */
  static boolean same(ImageResult a, ImageResult b) {
    return a.image().equals(b.image())
        && a.problem().equals(b.problem())
        && a.predictions().equals(b.predictions())
        && sameParts(a.parts(), b.parts());
  }

  private static boolean sameParts(List<Part> a, List<Part> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Part a, Part b) {
    if (!a.label().equals(b.label()) || !a.facts().equals(b.facts())) {
      return false;
    }
    if (a instanceof Panel p && b instanceof Panel q) {
      return Arrays.equals(p.map().values(), q.map().values());
    }
    if (a instanceof Illustration p && b instanceof Illustration q) {
      return Arrays.equals(Canvas.of(p.picture()).png(), Canvas.of(q.picture()).png());
    }
    return a.equals(b);
  }
}
