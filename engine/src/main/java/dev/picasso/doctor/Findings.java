package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import dev.picasso.model.Model;
import dev.picasso.model.pixels.PixelEvidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers in words, and what is wrong.
 *
 * @param told what the file and its first steps tell of pixels
 * @param trained what the first layer's weights tell
 * @param statistics whether there are running statistics
 * @param images how many images were looked at; 0 for textures
 */
record Findings(
    Model model,
    Preprocessing given,
    PixelEvidence told,
    Optional<TrainedMean> trained,
    boolean statistics,
    int images) {
  /** Without statistics of training nothing is sure, and little is told by a few images. */
  private static final double MOST_WITHOUT_STATISTICS = .9;

  private static final double MOST_OF_A_FEW = .79;
  private static final int A_FEW = 6;

  /** Images of another kind have such a distance, and colours of their own. */
  private static final double OF_ANOTHER_KIND = .4;

  private static final double FAR = 1.2;

  Diagnosis of(List<Ranked> ranked) {
    boolean colours = given.colour() != ColourMode.GRAY;
    Choice<Scaling> scaling = choice(ranked, Candidate::scaling);
    Choice<Boolean> order = choice(ranked, Candidate::blueFirst);
    Choice<Boolean> turned = choice(ranked, Candidate::inverted);
    boolean enough = trained.filter(t -> isTold(t)).isPresent() || images >= A_FEW;
    Aspect pixels = aspect(scaling.value().words(), scaling.probability(), enough);
    boolean near =
        !statistics
            || trained.filter(TrainedMean::exact).isPresent()
            || nearest(ranked) < OF_ANOTHER_KIND;
    Aspect channels =
        aspect(
            order.value() ? "blue first" : "red first",
            near ? order.probability() : Math.min(order.probability(), MOST_OF_A_FEW),
            enough);
    Aspect inversion =
        aspect(
            turned.value() ? "dark and bright exchanged" : "as they are",
            turned.probability(),
            true);
    Preprocessing repaired = repaired(scaling, order, turned, pixels, channels, inversion);
    return new Diagnosis(
        given,
        repaired,
        pixels,
        colours ? Optional.of(channels) : Optional.empty(),
        inversion,
        ranked,
        rests(ranked),
        new Problems(model, given, told, images)
            .of(
                repaired,
                ranked,
                scaling.value(),
                pixels,
                isSure(repaired, pixels, channels, inversion)));
  }

  /** Whether nothing was changed that is only likely. */
  private boolean isSure(Preprocessing repaired, Aspect pixels, Aspect channels, Aspect inversion) {
    boolean turned = (repaired.scale() < 0) != (given.scale() < 0);
    boolean ordered = repaired.colour() != given.colour();
    boolean scaled = !Scaling.of("", "", repaired, 0).isLike(Scaling.of("", "", given, 0));
    return !(turned && isLikely(inversion))
        && !(ordered && isLikely(channels))
        && !(scaled && isLikely(pixels));
  }

  private static boolean isLikely(Aspect aspect) {
    return aspect.certainty() == Aspect.Certainty.LIKELY;
  }

  private record Choice<T>(T value, double probability) {}

  /** The most probable answer, whatever the other answers are. */
  private static <T> Choice<T> choice(List<Ranked> ranked, Function<Candidate, T> question) {
    Map<T, Double> sums = new LinkedHashMap<>();
    ranked.forEach(r -> sums.merge(question.apply(r.candidate()), r.probability(), Double::sum));
    return sums.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(e -> new Choice<>(e.getKey(), Math.min(1, e.getValue())))
        .orElseThrow();
  }

  /**
   * An answer, of which no more is said than can be known.
   *
   * @param enough whether there is something to tell by even without statistics
   */
  private Aspect aspect(String answer, double probability, boolean enough) {
    boolean grounded = statistics || told.range().isPresent();
    double most = enough ? MOST_WITHOUT_STATISTICS : MOST_OF_A_FEW;
    return new Aspect(answer, grounded ? probability : Math.min(probability, most));
  }

  private static double nearest(List<Ranked> ranked) {
    return ranked.stream().mapToDouble(r -> r.distance().orElse(0)).min().orElse(0);
  }

  /** What was answered is taken over; all else stays as it is. */
  private Preprocessing repaired(
      Choice<Scaling> scaling,
      Choice<Boolean> order,
      Choice<Boolean> turned,
      Aspect pixels,
      Aspect channels,
      Aspect inversion) {
    Scaling now = Scaling.of("given", "", given, 0);
    Scaling wanted = pixels.isAnswered() && !scaling.value().isLike(now) ? scaling.value() : now;
    boolean blue = channels.isAnswered() ? order.value() : Scaling.blueFirst(given.colour());
    boolean inverted = inversion.isAnswered() ? turned.value() : given.scale() < 0;
    boolean same =
        wanted.equals(now)
            && blue == Scaling.blueFirst(given.colour())
            && inverted == given.scale() < 0;
    return same ? given : new Candidate(wanted, blue, inverted).in(given);
  }

  private List<String> rests(List<Ranked> ranked) {
    List<String> said = new ArrayList<>();
    if (images == 0) {
      said.add("No images were given: textures with the statistics of photographs were.");
    }
    if (told.range().isPresent()) {
      said.add(told.reason() + ".");
    }
    if (statistics) {
      double nearest = nearest(ranked);
      said.add(
          "The network has kept what its layers saw in training; activations are compared with"
              + " that.");
      if (nearest > FAR) {
        said.add(
            "With every input that was tried they are far from training's (%.1f, where 0 is the"
                    .formatted(nearest)
                + " same): the images are of another kind, or the input is one that was not"
                + " tried.");
      }
    } else {
      said.add(
          "The network has kept no statistics of training (no batch normalization, or one that was"
              + " folded into its weights): answers rest on what it says of the images, and on its"
              + " first weights.");
    }
    trained.filter(Findings::isTold).ifPresent(t -> said.add(mean(t)));
    return said;
  }

  private static boolean isTold(TrainedMean trained) {
    double largest = trained.means().stream().mapToDouble(Math::abs).max().orElse(0);
    return trained.error() < .15 * largest;
  }

  private static String mean(TrainedMean trained) {
    String numbers =
        String.join(
            ", ",
            trained.means().stream().map(m -> String.format(Locale.ROOT, "%.3g", m)).toList());
    return "By the weights of its first layer the mean of its training pixels was "
        + numbers
        + (trained.exact() ? "." : ", about.");
  }
}
