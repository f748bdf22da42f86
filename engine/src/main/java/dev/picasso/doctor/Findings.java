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
 * @param right how often the network is right with an input, where that is known
 */
record Findings(
    Model model,
    Preprocessing given,
    PixelEvidence told,
    Optional<TrainedMean> trained,
    boolean statistics,
    int images,
    Function<Preprocessing, Hits> right) {
  /** Without statistics of training nothing is sure, nor is what was fitted to them. */
  private static final double MOST_WITHOUT_STATISTICS = .9;

  /** Too little to act upon. */
  private static final double OPEN = .79;

  /** Images of another kind have such a distance, and colours of their own. */
  private static final double APART = .15;

  private static final double OF_ANOTHER_KIND = .4;

  /** Up to which distance activations are taken for those of training. */
  static final double FITTING = .9;

  /** So many images of known classes tell something by themselves. */
  private static final int SOME_KNOWN = 8;

  /** Of how many more of those it must be right, to change what it is given without being sure. */
  private static final int GAIN = 2;

  Diagnosis of(List<Ranked> ranked) {
    Choice<Scaling> scaling = choice(ranked, Candidate::scaling);
    Choice<Boolean> order = choice(ranked, Candidate::blueFirst);
    Choice<Boolean> turned = choice(ranked, Candidate::inverted);
    boolean fits = !statistics || nearest(ranked) < FITTING;
    Hits now = right.apply(given);
    boolean enough = trained.filter(TrainedMean::isTold).isPresent() || now.known() >= SOME_KNOWN;
    boolean near =
        !statistics
            || trained.filter(TrainedMean::exact).isPresent()
            || nearest(ranked) < OF_ANOTHER_KIND;
    Aspects aspects =
        new Aspects(
                aspect(scaling.value().words(), scaling.probability(), enough)
                    .atMost(scaling.value().isFitted() ? MOST_WITHOUT_STATISTICS : 1),
                aspect(order.value() ? "blue first" : "red first", order.probability(), enough)
                    .atMost(near ? 1 : OPEN),
                aspect(
                        turned.value() ? "dark and bright exchanged" : "as they are",
                        turned.probability(),
                        true)
                    .atMost(isApart(ranked) ? 1 : MOST_WITHOUT_STATISTICS))
            .atMost(fits || told.range().isPresent() ? 1 : OPEN);
    Preprocessing repaired = repaired(scaling, order, turned, aspects);
    List<String> rests = rests(ranked, fits);
    Hits then = right.apply(repaired);
    if (now.areKnown()) {
      rests.add(known(now, ranked));
    }
    Diagnosis found = diagnosis(repaired, aspects, ranked, fits, rests);
    boolean tells = now.known() >= SOME_KNOWN && !found.isSure();
    if (found.isRepaired() && then.right() < now.right() + (tells ? GAIN : 0)) {
      rests.add(useless(repaired, then));
      found = diagnosis(given, aspects.atMost(OPEN), ranked, fits, rests);
    }
    return found.with(
        new Problems(model, given, told, images)
            .of(found.repaired(), ranked, scaling.value(), found.pixels(), found.isSure()));
  }

  private Diagnosis diagnosis(
      Preprocessing repaired,
      Aspects aspects,
      List<Ranked> ranked,
      boolean fits,
      List<String> rests) {
    return new Diagnosis(
        given,
        repaired,
        aspects.pixels(),
        given.colour() == ColourMode.GRAY ? Optional.empty() : Optional.of(aspects.channels()),
        aspects.inversion(),
        ranked,
        fits || aspects.pixels().isAnswered(),
        rests,
        List.of());
  }

  /** Whether activations tell dark from bright, and not only what is usual. */
  private static boolean isApart(List<Ranked> ranked) {
    return Math.abs(nearest(ranked, true) - nearest(ranked, false)) > APART;
  }

  private static double nearest(List<Ranked> ranked, boolean inverted) {
    return nearest(ranked.stream().filter(r -> r.candidate().inverted() == inverted).toList());
  }

  private record Aspects(Aspect pixels, Aspect channels, Aspect inversion) {
    Aspects atMost(double most) {
      return new Aspects(pixels.atMost(most), channels.atMost(most), inversion.atMost(most));
    }
  }

  private static String known(Hits now, List<Ranked> ranked) {
    int best = ranked.stream().mapToInt(r -> r.hits().right()).max().orElse(0);
    return "Of %d images whose true classes are known it is right for %d as it is given them%s."
        .formatted(
            now.known(),
            now.right(),
            best > now.right()
                ? ", and for %d otherwise".formatted(best)
                : ", and for no more otherwise");
  }

  private static String useless(Preprocessing repaired, Hits then) {
    return "By the rest it would be %s; so it is right for %d, and it is left as it is."
        .formatted(DiagnosisText.numbers(repaired), then.right());
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
    double most = enough ? MOST_WITHOUT_STATISTICS : OPEN;
    return new Aspect(answer, grounded ? probability : Math.min(probability, most));
  }

  private static double nearest(List<Ranked> ranked) {
    return ranked.stream().mapToDouble(r -> r.distance().orElse(0)).min().orElse(0);
  }

  /** What was answered is taken over; all else stays as it is. */
  private Preprocessing repaired(
      Choice<Scaling> scaling, Choice<Boolean> order, Choice<Boolean> turned, Aspects aspects) {
    Scaling now = Scaling.of("given", "", given, 0);
    Scaling wanted =
        aspects.pixels().isAnswered() && !scaling.value().isLike(now) ? scaling.value() : now;
    boolean blue =
        aspects.channels().isAnswered() ? order.value() : Scaling.blueFirst(given.colour());
    boolean inverted = aspects.inversion().isAnswered() ? turned.value() : given.scale() < 0;
    boolean same =
        wanted.equals(now)
            && blue == Scaling.blueFirst(given.colour())
            && inverted == given.scale() < 0;
    return same ? given : new Candidate(wanted, blue, inverted).in(given);
  }

  private List<String> rests(List<Ranked> ranked, boolean fits) {
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
      if (!fits) {
        said.add(
            "With every input that was tried they are far from training's (%.1f, where 0 is the"
                    .formatted(nearest)
                + " same): the images are of another kind, or the input is one that was not"
                + " tried.");
      }
    } else {
      said.add(
          "The network has kept no statistics of training (no batch normalization, or one that was"
              + " folded into its weights): there is little to tell by.");
      if (model.tellsNumbers()) {
        said.add("Its outputs are numbers and no classes, which tell nothing of its input.");
      }
    }
    trained.filter(TrainedMean::isTold).ifPresent(t -> said.add(mean(t)));
    return said;
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
