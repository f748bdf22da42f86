package dev.picasso.visualization;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.PredictedClasses;
import dev.picasso.attribution.Target;
import dev.picasso.image.Frame;
import dev.picasso.image.Prediction;
import dev.picasso.model.Model;
import dev.picasso.settings.RegionChoice;
import dev.picasso.settings.SettingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is asked of an image's classes: each as a whole, or where a region of the picture asks for
 * it; or how far one is ahead of another.
 *
 * @param classes those of the image's classes that there is something to explain of
 * @param asked what is explained, a map each
 * @param where the places that are asked about, for what is said of a map; empty for a class as a
 *     whole
 */
record AskedClasses(List<Prediction> classes, List<One> asked, String where) {
  /**
   * One of them.
   *
   * @param label what heads its map
   * @param number what stands below that: its probability, or what is said
   * @param numberOf what the number is, where it is no probability of a class
   * @param score what "the score" is where people read it; empty where it is that of the class
   */
  record One(Target target, String label, double number, Optional<String> numberOf, String score) {
    private static One of(Prediction p, Target target) {
      return new One(target, p.label(), p.probability(), Optional.empty(), "");
    }
  }

  /**
   * What the setting is called wherever there is one.
   *
   * @see RegionChoice
   */
  static final String SETTING = "region";

  AskedClasses {
    classes = List.copyOf(classes);
    asked = List.copyOf(asked);
  }

  /** The targets, one for each map. */
  List<Target> targets() {
    return asked.stream().map(One::target).toList();
  }

  /** What heads the maps. */
  List<String> labels() {
    return asked.stream().map(One::label).toList();
  }

  /** Whether a region is of places, of this model. */
  private static boolean isOfPlaces(Model model, RegionChoice region) {
    return model.scores().dense().isPresent() && !(region instanceof RegionChoice.Everywhere);
  }

  /** A target of the kind that is asked about, of the first class. */
  static Target like(Model model, RegionChoice region) {
    return isOfPlaces(model, region)
        ? new Target.Region(0, new Target.Area.Point(.5, .5))
        : Target.ofClass(0);
  }

  /** A target of the kind that is asked about of a pair. */
  static Target like(Model model, RegionChoice region, Classes pair) {
    return isOfPlaces(model, region)
        ? new Target.RegionDifference(pair.ofPair(), pair.against(), new Target.Area.Point(.5, .5))
        : new Target.Difference(pair.ofPair(), pair.against());
  }

  /**
   * Refuses a region of a model that has one answer for a whole picture.
   *
   * @throws SettingException if a region is asked for
   */
  static void require(Model model, RegionChoice region) {
    boolean none =
        region instanceof RegionChoice.Automatic || region instanceof RegionChoice.Everywhere;
    if (!none && model.scores().dense().isEmpty()) {
      throw SettingException.of(
          SETTING,
          SETTING
              + " is "
              + region
              + "; "
              + model.title()
              + " has one answer for a whole picture and none for a part of it. Leave it "
              + RegionChoice.automatic()
              + ".");
    }
  }

  /**
   * The classes of an image where they are asked about.
   *
   * @throws SettingException if the region is not in the picture
   * @throws InapplicableException if none of the classes is there
   */
  static AskedClasses of(Context context, ImageInput image, RegionChoice region) {
    Model model = context.explainer().model();
    require(model, region);
    boolean pair = context.classes().isPair();
    List<Prediction> all = context.predict(image);
    if (!isOfPlaces(model, region)) {
      return pair
          ? new PairOfClasses(context, image, all).asked()
          : at(all, p -> Target.ofClass(p.index()), "");
    }
    Where where = Where.of(image.prepared().frame(), region);
    if (pair) {
      return new PairOfClasses(context, image, all).asked(where);
    }
    return at(
        where.area() instanceof Target.Area.Predicted ? predicted(context, image, all) : all,
        p -> new Target.Region(p.index(), where.area()),
        "of the " + model.targetNoun() + " " + where.words());
  }

  /**
   * The part of a picture that a region is.
   *
   * @param words as in "at the point 3,4"
   */
  record Where(Target.Area area, String words) {
    private static Where of(Frame frame, RegionChoice region) {
      if (region instanceof RegionChoice.Box box) {
        return new Where(PicturePlaces.area(frame, box), "in the box " + box);
      }
      if (region instanceof RegionChoice.Point point) {
        return new Where(PicturePlaces.area(frame, point), "at the point " + point);
      }
      return new Where(new Target.Area.Predicted(), "where it is predicted");
    }
  }

  private static AskedClasses at(
      List<Prediction> classes, Function<Prediction, Target> target, String where) {
    return new AskedClasses(
        classes, classes.stream().map(p -> One.of(p, target.apply(p))).toList(), where);
  }

  /** Those that are predicted anywhere in the picture; the others are told. */
  private static List<Prediction> predicted(
      Context context, ImageInput image, List<Prediction> all) {
    Set<Integer> there =
        PredictedClasses.of(context.explainer(), image.prepared().x()).shares().keySet();
    List<Prediction> found = all.stream().filter(p -> there.contains(p.index())).toList();
    String missing =
        all.stream()
            .filter(p -> !there.contains(p.index()))
            .map(Prediction::label)
            .collect(Collectors.joining(", "));
    if (found.isEmpty()) {
      throw new InapplicableException(
          "The model predicts "
              + missing
              + " nowhere in the picture, so that there is no region to explain. Choose other"
              + " classes, a box or a point, or all places (region all).");
    }
    if (!missing.isEmpty()) {
      context.warn("Predicted nowhere in the picture, and so not explained: " + missing + ".");
    }
    return found;
  }

  /** What a map's numbers are, with the places that they are of. */
  String meaning(String whole) {
    return where.isEmpty() ? whole : whole + ", " + where;
  }
}
