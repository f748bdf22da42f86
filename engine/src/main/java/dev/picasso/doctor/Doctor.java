package dev.picasso.doctor;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelSearch;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds out which pixels a network was trained on. Its normalizations have kept the mean and the
 * variance of what they saw in training; images that are given in the right way make activations
 * like those. Where there are none, what is left are the weights of the first layer and the answers
 * for different images.
 *
 * @param held what the inputs hold that are not explained
 */
public record Doctor(Model model, Map<String, Tensor> held, RuntimeOptions options, Stop stop) {
  /** More images cost time and tell no more. */
  public static final int MOST_IMAGES = 12;

  private static final double WORTH_A_LOOK = .005;

  /** How far it is when the network can be run, and when all scalings were tried. */
  private static final double READY = .1;

  private static final double SCALED = .7;

  public Doctor {
    held = Map.copyOf(held);
  }

  /** A doctor for a model of one input, whom nobody stops. */
  public Doctor(Model model) {
    this(model, Map.of(), RuntimeOptions.defaults(), new Stop());
  }

  /**
   * Tries inputs.
   *
   * @param given how the model is given images now
   * @param images of the kind that the model is for; the first {@value #MOST_IMAGES} are looked at,
   *     and without any, textures that look like none
   * @throws dev.picasso.PicassoException if the model takes no images
   */
  public Diagnosis examine(Preprocessing given, List<? extends PixelSource> images) {
    return examine(given, images, share -> {});
  }

  /**
   * Tries inputs.
   *
   * @param progress is told how far it is, from 0 to 1, about
   * @see #examine(Preprocessing, List)
   */
  public Diagnosis examine(
      Preprocessing given, List<? extends PixelSource> images, DoubleConsumer progress) {
    InputSpec input =
        model
            .input()
            .orElseThrow(() -> new PicassoException(model.id() + ": does not take images."));
    Preprocessor way = new Preprocessor(given);
    List<Picture> pictures =
        images.isEmpty()
            ? Textures.of(given.width(), given.height(), given.colour().channels())
            : images.stream().limit(MOST_IMAGES).map(i -> way.fit(i).pixels()).toList();
    PixelEvidence told = PixelSearch.of(model, input);
    Optional<TrainedMean> trained = TrainedMean.of(model.imported().graph(), input);
    List<Scaling> scalings = scalings(given, told);
    try (Measuring measuring = new Measuring(model, input, held, options, stop)) {
      stop.check();
      progress.accept(READY);
      Weighing weighing =
          new Weighing(
              measuring.hasStatistics(),
              trained,
              told.range(),
              given.colour() != ColourMode.GRAY,
              images.isEmpty() ? 1 : pictures.size(),
              !images.isEmpty() && Strokes.areDarkOnWhite(given, pictures));
      Function<Candidate, Evidence> measure = c -> measuring.measure(c, given, pictures);
      List<Ranked> ranked =
          ranked(scalings, given.colour() != ColourMode.GRAY, measure, weighing, progress);
      return new Findings(model, given, told, trained, measuring.hasStatistics(), images.size())
          .of(ranked);
    }
  }

  /** Known ways, what the model tells, and what it is given now. */
  private List<Scaling> scalings(Preprocessing given, PixelEvidence told) {
    List<Scaling> all = new ArrayList<>(Scaling.of(given.colour()));
    if (told.range().isPresent()
        && ModelInput.of(PreprocessingSettings.none(), model).preprocessor()
            instanceof Preprocessor p) {
      addNew(all, Scaling.of("told", "as the model tells", p.settings(), .2));
    }
    addNew(all, Scaling.of("given", "as it is given now", given, .1));
    return all;
  }

  private static void addNew(List<Scaling> all, Scaling scaling) {
    if (all.stream().noneMatch(scaling::isLike)) {
      all.add(scaling);
    }
  }

  /** All scalings first; orders and inversions of those that are worth a look. */
  private static List<Ranked> ranked(
      List<Scaling> scalings,
      boolean colours,
      Function<Candidate, Evidence> measure,
      Weighing weighing,
      DoubleConsumer progress) {
    List<Candidate> first =
        scalings.stream()
            .map(s -> new Candidate(s, colours && s.equals(Scaling.CAFFE), false))
            .toList();
    List<Evidence> evidence = new ArrayList<>(all(first, measure, READY, SCALED, progress));
    List<Candidate> others =
        weighing.rank(List.copyOf(evidence)).stream()
            .filter(ranked -> ranked.probability() >= WORTH_A_LOOK)
            .flatMap(ranked -> others(ranked.candidate(), colours))
            .toList();
    evidence.addAll(all(others, measure, SCALED, 1, progress));
    return weighing.rank(evidence);
  }

  private static List<Evidence> all(
      List<Candidate> candidates,
      Function<Candidate, Evidence> measure,
      double from,
      double to,
      DoubleConsumer progress) {
    List<Evidence> evidence = new ArrayList<>();
    for (Candidate candidate : candidates) {
      evidence.add(measure.apply(candidate));
      progress.accept(from + (to - from) * evidence.size() / candidates.size());
    }
    return evidence;
  }

  /** The same scaling with dark and bright exchanged, with channels in the other order, both. */
  private static Stream<Candidate> others(Candidate tried, boolean colours) {
    Scaling scaling = tried.scaling();
    Candidate exchanged = new Candidate(scaling, tried.blueFirst(), true);
    return colours
        ? Stream.of(
            exchanged,
            new Candidate(scaling, !tried.blueFirst(), false),
            new Candidate(scaling, !tried.blueFirst(), true))
        : Stream.of(exchanged);
  }
}
