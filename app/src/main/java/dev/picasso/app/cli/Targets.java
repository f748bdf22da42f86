package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.attribution.Target;
import dev.picasso.model.Model;
import dev.picasso.visualization.Classes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks of classes that a person names by number. */
final class Targets {
  /** Which number means what, for the help of commands. */
  static final String HELP =
      "Which class: its number or its label. Of a single output s with a sigmoid, 1 is s and 0 is"
          + " −s; without one, 0 is s and 1 is −s.";

  private Targets() {}

  /**
   * What is explained: a class by its number or label, or the difference of two, as in {@code 3-5}.
   *
   * @throws PicassoException if there is no such class, or it is set against itself
   */
  static Target parse(Model model, String text) {
    Optional<Integer> one = model.find(text);
    if (one.isPresent()) {
      return Target.ofClass(one.get());
    }
    return pair(model, text)
        .orElseThrow(
            () -> new PicassoException(unknown(model, text, ", or two with a hyphen between")));
  }

  /** Two classes with a hyphen between, which may be in their names as well. */
  private static Optional<Target> pair(Model model, String text) {
    for (int at = text.indexOf('-'); at > 0; at = text.indexOf('-', at + 1)) {
      Optional<Integer> first = model.find(text.substring(0, at));
      Optional<Integer> second = model.find(text.substring(at + 1));
      if (first.isPresent() && first.equals(second)) {
        throw new PicassoException(
            "--class is " + text + "; a class cannot be set against itself. Name another one.");
      }
      if (first.isPresent() && second.isPresent()) {
        return Optional.of(new Target.Difference(first.get(), second.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * The same classes of every image, by numbers or labels; or one against another, as in {@code
   * 3-5}.
   *
   * @throws PicassoException if there is no such class, or a pair does not stand alone
   */
  static Classes classes(Model model, List<String> texts) {
    if (texts.size() == 1 && parse(model, texts.get(0)) instanceof Target.Difference two) {
      Classes pair = Classes.pair(two.index(), two.against());
      pair.require(model);
      return pair;
    }
    return Classes.chosen(texts.stream().map(text -> one(model, text)).toList());
  }

  /**
   * A class by its number or label.
   *
   * @throws PicassoException if there is none
   */
  static int one(Model model, String text) {
    return model
        .find(text)
        .orElseThrow(
            () ->
                new PicassoException(
                    pair(model, text).isPresent()
                        ? "--class is "
                            + text
                            + ", one class against another; here each must be one class alone."
                        : unknown(model, text, "")));
  }

  /**
   * What is explained, of a class maybe in a region only.
   *
   * @throws PicassoException if there is no such class, or the region is none
   */
  static Target parse(Model model, String text, Optional<String> region) {
    Target whole = parse(model, text);
    if (region.isEmpty()) {
      return whole;
    }
    Target.Area area = area(region.get());
    if (whole instanceof Target.Difference two) {
      return new Target.RegionDifference(two.index(), two.against(), area);
    }
    if (whole instanceof Target.OfClass one) {
      return new Target.Region(one.index(), area);
    }
    throw new IllegalArgumentException("a text is of one class or of two");
  }

  private static Target.Area area(String text) {
    if (text.strip().equalsIgnoreCase("predicted")) {
      return new Target.Area.Predicted();
    }
    double[] shares = Arrays.stream(text.split(",", -1)).mapToDouble(Targets::share).toArray();
    boolean inside = Arrays.stream(shares).allMatch(s -> s >= 0 && s <= 1);
    if (inside && shares.length == 2) {
      return new Target.Area.Point(shares[0], shares[1]);
    }
    if (inside && shares.length == 4 && shares[0] < shares[2] && shares[1] < shares[3]) {
      return new Target.Area.Box(shares[0], shares[1], shares[2], shares[3]);
    }
    throw new PicassoException(
        "--region is "
            + text
            + "; it must be predicted, X,Y or LEFT,TOP,RIGHT,BOTTOM with numbers from 0 to 1.");
  }

  /** NaN for what is no number. */
  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * What to say of a class that the model has not.
   *
   * @param more what else it might be
   */
  private static String unknown(Model model, String text, String more) {
    int targets = model.scores().targets();
    return "--class is "
        + text
        + Words.nearest(text, model.classes())
            .map(n -> "; did you mean " + n + "?")
            .orElse(
                "; it must be one of the classes 0 to "
                    + (targets - 1)
                    + (model.classes().isEmpty()
                        ? ""
                        : more.isEmpty() ? " or a label" : ", a label")
                    + more
                    + ".");
  }
}
