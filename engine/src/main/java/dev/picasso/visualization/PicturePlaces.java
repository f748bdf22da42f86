package dev.picasso.visualization;

import dev.picasso.Words;
import dev.picasso.attribution.Target;
import dev.picasso.image.Frame;
import dev.picasso.image.Region;
import dev.picasso.settings.RegionChoice;
import dev.picasso.settings.SettingException;

/** Places of a picture, in its pixels, as areas of what the model sees of it. */
final class PicturePlaces {
  private PicturePlaces() {}

  /**
   * The part of a box that the model sees.
   *
   * @throws SettingException if the box leaves the picture, or the model sees nothing of it
   */
  static Target.Area area(Frame frame, RegionChoice.Box box) {
    double right = box.x() + box.width();
    double bottom = box.y() + box.height();
    if (right > frame.originalWidth() || bottom > frame.originalHeight()) {
      throw outside(frame, box, "it reaches to " + place(right, bottom) + ",");
    }
    double left = share(frame.modelX(box.x()), frame.width());
    double top = share(frame.modelY(box.y()), frame.height());
    double to = share(frame.modelX(right), frame.width());
    double down = share(frame.modelY(bottom), frame.height());
    if (!(left < to && top < down)) {
      throw unseen(frame, box);
    }
    return new Target.Area.Box(left, top, to, down);
  }

  /**
   * The place that the model sees at a point.
   *
   * @throws SettingException if the point is not in the picture, or the model does not see it
   */
  static Target.Area area(Frame frame, RegionChoice.Point point) {
    if (point.x() > frame.originalWidth() || point.y() > frame.originalHeight()) {
      throw outside(frame, point, "it is");
    }
    double x = frame.modelX(point.x()) / frame.width();
    double y = frame.modelY(point.y()) / frame.height();
    if (x < 0 || x > 1 || y < 0 || y > 1) {
      throw unseen(frame, point);
    }
    return new Target.Area.Point(x, y);
  }

  private static double share(double place, int length) {
    return Math.max(0, Math.min(1, place / length));
  }

  private static SettingException outside(Frame frame, RegionChoice region, String what) {
    return wrong(
        region,
        what
            + " outside of the picture, which is "
            + frame.originalWidth()
            + " × "
            + frame.originalHeight()
            + " pixels.");
  }

  private static SettingException unseen(Frame frame, RegionChoice region) {
    Region seen = frame.seen();
    return wrong(
        region,
        "the model sees the picture from "
            + place(Math.rint(seen.left()), Math.rint(seen.top()))
            + " to "
            + place(Math.rint(seen.right()), Math.rint(seen.bottom()))
            + " only.");
  }

  private static SettingException wrong(RegionChoice region, String why) {
    String name = AskedClasses.SETTING;
    return SettingException.of(name, name + " is " + region + "; " + why);
  }

  private static String place(double x, double y) {
    return Words.number(x) + "," + Words.number(y);
  }
}
