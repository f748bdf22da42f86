package dev.picasso.docs.methods;

import dev.picasso.TestData;
import java.nio.file.Path;
import java.util.List;

/**
 * A photograph of the test data, and where in it the thing is that it shows: boxes drawn by eye, as
 * close as boxes are.
 */
record Photograph(String name, List<Box> boxes) {
  /** In shares of the sides. */
  record Box(double left, double top, double right, double bottom) {}

  static List<Photograph> all() {
    return List.of(
        new Photograph("bird.bmp", List.of(new Box(.07, .21, .70, .80))),
        new Photograph("bird_segmentation.bmp", List.of(new Box(.20, .13, .86, .68))),
        new Photograph("cat.bmp", List.of(new Box(.10, .10, .71, 1))),
        new Photograph("cat_720p.jpg", List.of(new Box(.10, .10, .71, 1))),
        new Photograph("dragonfly.bmp", List.of(new Box(.30, .03, 1, .66))),
        new Photograph("owl.jpg", List.of(new Box(.31, .03, .66, .97))),
        new Photograph("parrot.jpg", List.of(new Box(.19, .11, .92, .97))),
        new Photograph(
            "pets.jpg", List.of(new Box(.20, .02, .52, .68), new Box(.66, .38, .98, .86))),
        new Photograph("sunflower.bmp", List.of(new Box(.12, .05, .83, 1))));
  }

  Path file() {
    return TestData.require("images/" + name);
  }

  /**
   * Whether a place is on the thing, or beside it by no more than a margin.
   *
   * @param acrossMargin a share of the width
   * @param downMargin a share of the height
   */
  boolean isOfTheThing(Place place, double acrossMargin, double downMargin) {
    return boxes.stream()
        .anyMatch(
            b ->
                place.x() >= b.left() - acrossMargin
                    && place.x() <= b.right() + acrossMargin
                    && place.y() >= b.top() - downMargin
                    && place.y() <= b.bottom() + downMargin);
  }

  @Override
  public String toString() {
    return name;
  }
}
