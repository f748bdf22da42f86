package dev.picasso.doctor;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.graph.Tensor;
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
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

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

  /** Images of known classes, of which it counts whether the network is right. */
  private static final int MOST_KNOWN = 24;

  /** How far it is when the network can be run. */
  static final double READY = .1;

  public Doctor {
    held = Map.copyOf(held);
  }

  /** A doctor for a model of one input, whom nobody stops. */
  public Doctor(Model model) {
    this(model, Map.of(), RuntimeOptions.defaults(), new Stop());
  }

  /**
   * Tries inputs with images of which nobody says what they show.
   *
   * @see #examine(Preprocessing, List, DoubleConsumer)
   */
  public Diagnosis examine(Preprocessing given, List<? extends PixelSource> images) {
    return examine(given, images.stream().map(Specimen::of).toList(), share -> {});
  }

  /**
   * Tries inputs.
   *
   * @param given how the model is given images now
   * @param images of the kind that the model is for; {@value #MOST_IMAGES} are looked at, and more
   *     of known classes; without any, textures that look like none
   * @param progress is told how far it is, from 0 to 1, about
   * @throws dev.picasso.PicassoException if the model takes no images
   */
  public Diagnosis examine(Preprocessing given, List<Specimen> images, DoubleConsumer progress) {
    InputSpec input =
        model
            .input()
            .orElseThrow(() -> new PicassoException(model.id() + ": does not take images."));
    Looked looked = looked(given, Specimen.chosen(images, MOST_IMAGES, MOST_KNOWN));
    PixelEvidence told = PixelSearch.of(model, input);
    Optional<TrainedMean> trained = TrainedMean.of(model.imported().graph(), input);
    Feeding feeding = new Feeding(input, held, stop);
    try (Measuring measuring = new Measuring(model, feeding, options)) {
      stop.check();
      progress.accept(READY);
      int compared = images.isEmpty() ? 0 : looked.compared();
      Weighing weighing =
          new Weighing(
              measuring.hasStatistics(),
              !model.tellsNumbers(),
              trained,
              told.range(),
              given,
              Math.max(1, compared),
              compared > 0 && Strokes.areDarkOnWhite(given, looked.pictures()));
      Function<Candidate, Evidence> measure = c -> measuring.measure(c, given, looked);
      Trial trial = new Trial(given, measure, weighing, progress);
      List<Evidence> known = trial.scalings(scalings(given, told));
      if (measuring.hasStatistics() && compared > 0) {
        FreeSearch search = new FreeSearch(model.imported().graph(), feeding, options);
        search
            .beyond(known, given, looked)
            .map(measure)
            .filter(fitted -> search.isBetter(fitted, known))
            .ifPresent(known::add);
      }
      return new Findings(
              model,
              given,
              told,
              trained,
              measuring.hasStatistics(),
              compared,
              way -> measuring.hits(way, looked))
          .of(trial.ranked(known));
    }
  }

  private static Looked looked(Preprocessing given, List<Specimen> chosen) {
    if (chosen.isEmpty()) {
      List<Picture> textures =
          Textures.of(given.width(), given.height(), given.colour().channels());
      return new Looked(
          textures, textures.stream().map(t -> OptionalInt.empty()).toList(), textures.size());
    }
    Preprocessor way = new Preprocessor(given);
    return new Looked(
        chosen.stream().map(s -> way.fit(s.image().get()).pixels()).toList(),
        chosen.stream().map(Specimen::truth).toList(),
        Math.min(MOST_IMAGES, chosen.size()));
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
}
