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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The classes of an image that are explained, each as a target: as a whole, or where a region of
 * the picture asks for them.
 *
 * @param classes those of the image's classes that there is something to explain of
 * @param targets one for each
 * @param where the places that are asked about, for what is said of a map, as in "of the class in
 *     the box 4,2,12,10"; empty for a class as a whole
 */
record AskedClasses(List<Prediction> classes, List<Target> targets, String where) {
  /**
   * What the setting is called wherever there is one.
   *
   * @see RegionChoice
   */
  static final String SETTING = "region";

  AskedClasses {
    classes = List.copyOf(classes);
    targets = List.copyOf(targets);
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
    List<Prediction> all = context.predict(image);
    if (!isOfPlaces(model, region)) {
      return at(all, p -> Target.ofClass(p.index()), "");
    }
    Frame frame = image.prepared().frame();
    String whole = "of the " + model.targetNoun();
    if (region instanceof RegionChoice.Box box) {
      Target.Area area = PicturePlaces.area(frame, box);
      return at(all, p -> new Target.Region(p.index(), area), whole + " in the box " + box);
    }
    if (region instanceof RegionChoice.Point point) {
      Target.Area area = PicturePlaces.area(frame, point);
      return at(all, p -> new Target.Region(p.index(), area), whole + " at the point " + point);
    }
    return at(
        predicted(context, image, all),
        p -> new Target.Region(p.index(), new Target.Area.Predicted()),
        whole + " where it is predicted");
  }

  private static AskedClasses at(
      List<Prediction> classes, Function<Prediction, Target> target, String where) {
    return new AskedClasses(classes, classes.stream().map(target).toList(), where);
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
