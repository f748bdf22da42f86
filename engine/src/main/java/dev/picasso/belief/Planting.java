package dev.picasso.belief;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Progress;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Searches patches that change what a model says of a picture. Patches are tried at random; of the
 * classes, the one counts whose probability a patch raises the most.
 *
 * @param plants how many are wanted
 * @param size side of the square, as a share of the picture's shorter side
 * @param tries how many patches are tried
 * @param effect how far a patch must raise the probability
 */
record Planting(int plants, double size, int tries, double effect, long seed) {
  /** Pictures that are held at once. */
  private static final int MOST_AT_ONCE = 32;

  /** A patch that was tried; its picture is drawn again when it is wanted. */
  private record Tried(int index, int target, double before, double with) {
    double rise() {
      return with - before;
    }
  }

  /**
   * The strongest patches, at places that are not the same.
   *
   * @return at most as many as are wanted, the strongest first
   * @throws InapplicableException if the model has no probabilities, or no patch changes them
   *     enough
   */
  List<Plant> in(
      Explainer explainer, ImagePreprocessor preprocessor, Picture picture, Progress progress) {
    if (!explainer.model().scores().areProbabilities()) {
      throw new InapplicableException(
          "The model has no probabilities, so that it cannot be told how far a patch changes"
              + " them.");
    }
    int side = side(picture);
    Predictions alone = explainer.predict(preprocessor.normalize(List.of(picture)));
    List<Tried> tried = new ArrayList<>();
    for (int from = 0; from < tries; from += MOST_AT_ONCE) {
      int to = Math.min(tries, from + MOST_AT_ONCE);
      List<Picture> pictures = new ArrayList<>();
      for (int i = from; i < to; i++) {
        pictures.add(Patch.draw(picture, side, i, seed).planted());
      }
      Predictions found = explainer.predict(preprocessor.normalize(pictures));
      for (int i = from; i < to; i++) {
        tried.add(strongest(i, found, i - from, alone));
      }
      explainer.check();
      progress.done(.9 * to / tries);
    }
    tried.sort(Comparator.comparingDouble(Tried::rise).reversed());
    List<Plant> chosen = new ArrayList<>();
    double best = 0;
    for (int i = 0; i < tried.size() && chosen.size() < plants; i++) {
      Tried one = tried.get(i);
      if (i > 0 && one.rise() < effect) {
        break;
      }
      Plant plant = plant(explainer, preprocessor, picture, side, one);
      best = Math.max(best, plant.effect());
      explainer.check();
      if (plant.effect() >= effect && chosen.stream().noneMatch(plant::overlaps)) {
        chosen.add(plant);
      }
    }
    if (chosen.isEmpty()) {
      throw new InapplicableException(
          String.format(
              Locale.ROOT,
              "None of %d patches raises a probability by %.2f or more beyond what a plain square"
                  + " in its place does (the best by %.2f), so that there is nothing to find; try"
                  + " more or larger ones, or a smaller effect.",
              tries,
              effect,
              best));
    }
    progress.done(1);
    return List.copyOf(chosen);
  }

  private int side(Picture picture) {
    int shorter = Math.min(picture.width(), picture.height());
    int side = (int) Math.max(2, Math.round(size * shorter));
    if (side > shorter) {
      throw new InapplicableException(
          "The model's input has %d × %d pixels, too few for a patch."
              .formatted(picture.width(), picture.height()));
    }
    return side;
  }

  /** The class whose probability a patch raises the most; its score must rise too. */
  private static Tried strongest(int index, Predictions found, int row, Predictions alone) {
    Tried best = new Tried(index, 0, 0, 0);
    for (int target = 0; target < found.targets(); target++) {
      double before = alone.probability(0, target);
      double with = found.probability(row, target);
      boolean rises = found.score(row, target) > alone.score(0, target);
      if (rises && with - before > best.rise()) {
        best = new Tried(index, target, before, with);
      }
    }
    return best;
  }

  private Plant plant(
      Explainer explainer, ImagePreprocessor preprocessor, Picture picture, int side, Tried one) {
    Patch patch = Patch.draw(picture, side, one.index(), seed);
    Picture plain = plain(picture);
    List<Picture> pictures =
        List.of(
            picture.covered(patch.where(), plain), plain.covered(patch.where(), patch.planted()));
    Predictions found = explainer.predict(preprocessor.normalize(pictures));
    return new Plant(
        patch,
        one.target(),
        one.before(),
        one.with(),
        found.probability(0, one.target()),
        found.probability(1, one.target()));
  }

  /** The mean colour everywhere; the fourth channel stays as it is. */
  private static Picture plain(Picture picture) {
    int channels = picture.hasFourth() ? 4 : 3;
    int pixels = picture.width() * picture.height();
    float[] samples = new float[channels * pixels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = 0; i < pixels; i++) {
        samples[channels * i + c] = picture.sample(i % picture.width(), i / picture.width(), c);
        sum += samples[channels * i + c];
      }
      for (int i = 0; i < pixels && c < 3; i++) {
        samples[channels * i + c] = (float) (sum / pixels);
      }
    }
    return channels == 4
        ? Picture.ofFour(picture.width(), picture.height(), samples)
        : Picture.of(picture.width(), picture.height(), samples);
  }
}
