package dev.picasso.doctor;

import dev.picasso.image.PixelSource;
import dev.picasso.model.CalledClass;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An image that the doctor may look at.
 *
 * @param image reads it, once, if it is chosen
 * @param truth the class that it truly shows; empty where nobody says so
 */
public record Specimen(Supplier<? extends PixelSource> image, OptionalInt truth) {

  /** An image of which nobody says what it shows. */
  public static Specimen of(PixelSource image) {
    return new Specimen(() -> image, OptionalInt.empty());
  }

  /**
   * An image of which somebody says what it shows.
   *
   * @param label as people call it; of no use where it is no class of the model
   */
  public static Specimen called(
      Supplier<? extends PixelSource> image, Optional<String> label, Model model) {
    Optional<Integer> truth =
        model.tellsNumbers()
            ? Optional.empty()
            : label.flatMap(called -> CalledClass.find(model, called));
    return new Specimen(image, truth.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  /**
   * The ones to look at, spread evenly over all, since folders list one class after another. Those
   * whose activations are compared come first, then further ones of known classes.
   *
   * @param most whose activations are compared
   * @param mostKnown how many of known classes there are to be, the former among them
   */
  static List<Specimen> chosen(List<Specimen> all, int most, int mostKnown) {
    List<Specimen> chosen = new ArrayList<>(spread(all, most));
    Predicate<Specimen> known = s -> s.truth().isPresent();
    List<Specimen> more = all.stream().filter(known).filter(s -> !chosen.contains(s)).toList();
    chosen.addAll(spread(more, mostKnown - (int) chosen.stream().filter(known).count()));
    return List.copyOf(chosen);
  }

  private static List<Specimen> spread(List<Specimen> all, int most) {
    List<Specimen> some = new ArrayList<>();
    int n = Math.min(all.size(), most);
    for (int i = 0; i < n; i++) {
      some.add(all.get((int) ((long) i * all.size() / n)));
    }
    return some;
  }
}
