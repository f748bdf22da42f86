package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Progress;
import dev.picasso.belief.Belief;
import dev.picasso.belief.Check;
import dev.picasso.belief.Judgement;
import dev.picasso.belief.Objects;
import dev.picasso.belief.Subject;
import dev.picasso.image.Prediction;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import java.util.List;
import java.util.Optional;

/**
 * The one way from images to judgements: each is read, prepared, explained by each method, checked
 * and given away before the next is touched, so that memory does not grow with their number.
 *
 * @param classes the first of them is explained
 * @param objects where the class is in each image
 * @param seed for what is drawn at random
 */
public record Judging(
    ReadyModel model,
    List<Attribution> methods,
    Classes classes,
    Objects objects,
    long seed,
    Faults faults) {
  public Judging {
    methods = List.copyOf(methods);
  }

  /** Tells which checks of a map are still to be made. */
  @FunctionalInterface
  public interface Wanted {
    /**
     * The checks that are to be made; none where all is known.
     *
     * @param sha256 of the image's bytes; empty where there were none
     */
    List<Check> of(String sha256, Attribution method);
  }

  /** Takes judgements as they come; nothing else keeps them. */
  public interface Sink {
    /** A map of an image is judged. */
    void judged(Judged judged);

    /** An image is finished; nothing of it was wanted where no judgement came. */
    void finished(int index);

    /**
     * An image cannot be judged.
     *
     * @param method by which; empty if by none
     * @param problem why, in words
     */
    void failed(int index, String image, Optional<Attribution> method, String problem);
  }

  /**
   * Judges images in their order.
   *
   * @param listener hears of the progress of all, and may stop it
   * @throws dev.picasso.StoppedException if it was stopped
   * @throws dev.picasso.MachineException if no image could be judged
   */
  public void all(List<? extends ImageSource> images, Wanted wanted, Sink sink, Listener listener) {
    for (int i = 0; i < images.size(); i++) {
      int index = i;
      Progress progress = share -> listener.progress((index + share) / images.size());
      ImageSource image = images.get(i);
      Guarded.problem(
              () -> one(index, image, wanted, sink, listener, progress), words(image.name()))
          .ifPresent(problem -> sink.failed(index, image.name(), Optional.empty(), problem));
      sink.finished(index);
    }
  }

  private java.util.function.Function<Throwable, String> words(String image) {
    return fault -> faults.words(new Belief(), image, fault);
  }

  private void one(
      int index,
      ImageSource source,
      Wanted wanted,
      Sink sink,
      Listener listener,
      Progress progress) {
    Stop stop = listener.stop();
    stop.check();
    progress.done(0);
    ImageSource.Read read = source.read(stop);
    String hash = read.sha256().orElse("");
    if (methods.stream().allMatch(m -> wanted.of(hash, m).isEmpty())) {
      return;
    }
    ImageInput input = model.prepare(read.image());
    Context context = model.context(List.of(input), classes, listener);
    Prediction about = context.predict(input).get(0);
    for (int m = 0; m < methods.size(); m++) {
      Attribution method = methods.get(m);
      List<Check> checks = wanted.of(hash, method);
      Progress part = progress.part((double) m / methods.size(), (m + 1.) / methods.size());
      if (!checks.isEmpty()) {
        Guarded.problem(
                () ->
                    sink.judged(
                        new Judged(
                            index,
                            source.name(),
                            hash,
                            about,
                            method,
                            checks,
                            judgement(context, input, about, method, checks, part),
                            method.doubts(context.explainer()))),
                words(source.name()))
            .ifPresent(problem -> sink.failed(index, source.name(), Optional.of(method), problem));
      }
    }
  }

  private Judgement judgement(
      Context context,
      ImageInput input,
      Prediction about,
      Attribution method,
      List<Check> checks,
      Progress progress) {
    if (!Double.isFinite(about.probability())) {
      throw new PicassoException(
          "The model's probability of "
              + about.label()
              + " is no number; no map of it is checked.");
    }
    Subject subject =
        Subject.of(context, input, about, method, objects, seed, progress.part(0, .2));
    return Judgement.of(subject, checks, progress.part(.2, 1));
  }
}
