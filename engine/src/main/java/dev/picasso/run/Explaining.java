package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.model.config.InputSlot;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * The one way from images to results: each is read, prepared, explained and given away before the
 * next is touched, so that memory does not grow with their number. What is wrong with one image
 * stays with it.
 *
 * @param classes which are shown for an image
 * @param inputs which are explained of a model with several
 */
public record Explaining<S extends Record>(
    ReadyModel model,
    Visualization<S> visualization,
    S settings,
    Classes classes,
    Faults faults,
    ExplainedInputs inputs) {

  /** Explains the input that images go into. */
  public Explaining(
      ReadyModel model,
      Visualization<S> visualization,
      S settings,
      Classes classes,
      Faults faults) {
    this(model, visualization, settings, classes, faults, ExplainedInputs.SHOWN);
  }

  /**
   * Explains images in their order.
   *
   * @param listener hears of the progress of all, and may stop it
   * @throws dev.picasso.StoppedException if it was stopped
   * @throws dev.picasso.MachineException if no image could have results
   */
  public void all(List<? extends ImageSource> images, Sink sink, Listener listener) {
    all(images, i -> classes, sink, listener);
  }

  /**
   * The same with classes of its own for each image.
   *
   * @param shown by the image's index
   */
  public void all(
      List<? extends ImageSource> images,
      IntFunction<Classes> shown,
      Sink sink,
      Listener listener) {
    for (int i = 0; i < images.size(); i++) {
      showing(shown.apply(i))
          .one(i, images.get(i), sink, Part.ofImages(listener, i, images.size()));
    }
  }

  /**
   * The same where it is known of some images what they truly show; one of which that is wanted and
   * not known has no results.
   *
   * @param labels of each image, as people call what it shows
   */
  public void labelled(
      List<? extends ImageSource> images,
      List<Optional<String>> labels,
      Sink sink,
      Listener listener) {
    for (int i = 0; i < images.size(); i++) {
      Classes shown;
      try {
        shown = classes.of(labels.get(i), model.model());
      } catch (PicassoException e) {
        sink.failed(i, images.get(i).name(), String.valueOf(e.getMessage()));
        continue;
      }
      showing(shown).one(i, images.get(i), sink, Part.ofImages(listener, i, images.size()));
    }
  }

  /** The same with other classes shown. */
  public Explaining<S> showing(Classes others) {
    return new Explaining<>(model, visualization, settings, others, faults, inputs);
  }

  /**
   * The inputs that are explained, in the order of the model's file.
   *
   * @throws PicassoException if the model has no such input, or one has no picture
   */
  public List<InputSlot> explained() {
    return inputs.of(model.held());
  }

  /**
   * Explains one image.
   *
   * @param listener hears of the progress of this one, and may stop it
   * @throws dev.picasso.StoppedException if it was stopped
   * @throws dev.picasso.MachineException if no image could have results
   */
  public void one(int index, ImageSource image, Sink sink, Listener listener) {
    Guarded.problem(
            () -> explain(index, image, sink, listener),
            fault -> faults.words(visualization, image.name(), fault))
        .ifPresent(problem -> sink.failed(index, image.name(), problem));
  }

  private void explain(int index, ImageSource source, Sink sink, Listener listener) {
    Stop stop = listener.stop();
    stop.check();
    listener.progress(0);
    ImageSource.Read read = source.read(stop);
    ImageInput input = model.prepare(read.image());
    stop.check();
    Classes shown = classes.of(Optional.empty(), model.model());
    List<InputSlot> asked = explained();
    Optional<ImageResult> own = Optional.empty();
    List<OfInput> others = new ArrayList<>();
    BesideImage<S> beside = new BesideImage<>(this, input, shown);
    for (int i = 0; i < asked.size(); i++) {
      Listener share = Part.ofInputs(listener, i, asked.size());
      if (asked.get(i).explained()) {
        own = Optional.of(own(input, shown, share));
      } else {
        others.add(beside.explain(asked.get(i), share));
      }
      stop.check();
    }
    ImageResult result = own.orElseGet(() -> withoutParts(input.name(), others));
    if (others.stream().allMatch(other -> other.result().problem().isPresent())) {
      result = sound(result); // else the maps of others are shown beside the problem
    }
    sink.explained(
        new Explained(index, input, read.sha256(), model.held().ofImages(), result, others));
  }

  /** What comes of the input that images go into, or why nothing does. */
  private ImageResult own(ImageInput input, Classes shown, Listener listener) {
    List<ImageResult> made = new ArrayList<>();
    return Guarded.problem(
            () -> made.add(result(model, input, shown, listener)),
            fault -> faults.words(visualization, input.name(), fault))
        .map(problem -> ImageResult.failed(input.name(), problem))
        .orElseGet(() -> made.get(0));
  }

  /** What the visualization makes of one picture. */
  ImageResult result(ReadyModel seen, ImageInput input, Classes shown, Listener listener) {
    List<ImageResult> results =
        seen.explain(visualization, settings, List.of(input), shown, listener).images();
    listener.stop().check();
    if (results.size() != 1) {
      throw new PicassoException(
          visualization.title() + " gave " + results.size() + " results for one image.");
    }
    return results.get(0);
  }

  private static ImageResult sound(ImageResult result) {
    if (result.problem().isPresent()) {
      throw new PicassoException(result.problem().get());
    }
    return result;
  }

  /** Of an image that is not explained itself: whichever input is, the classes are the same. */
  private static ImageResult withoutParts(String image, List<OfInput> others) {
    return others.stream()
        .map(OfInput::result)
        .filter(r -> r.problem().isEmpty())
        .findFirst()
        .map(r -> ImageResult.of(image, r.predictions(), List.of()))
        .orElseGet(() -> sound(others.get(0).result()));
  }

  /** The progress of one of several as a part of that of all. */
  private record Part(Listener all, int index, int count, BiConsumer<Integer, ImageResult> ends)
      implements Listener {
    /** One image of several. */
    static Part ofImages(Listener all, int index, int count) {
      return new Part(all, index, count, (image, result) -> all.finished(index, result));
    }

    /** One input of an image, which is finished with its last. */
    static Part ofInputs(Listener all, int index, int count) {
      return new Part(
          all,
          index,
          count,
          (image, result) -> {
            if (index == count - 1) {
              all.finished(image, result);
            }
          });
    }

    @Override
    public void progress(double share) {
      all.progress((index + share) / count);
    }

    @Override
    public void finished(int image, ImageResult result) {
      ends.accept(image, result);
    }

    @Override
    public Stop stop() {
      return all.stop();
    }

    @Override
    public boolean cancelled() {
      return all.cancelled();
    }
  }
}
