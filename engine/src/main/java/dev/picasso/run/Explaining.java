package dev.picasso.run;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The one way from images to results: each is read, prepared, explained and given away before the
 * next is touched, so that memory does not grow with their number. What is wrong with one image
 * stays with it.
 *
 * @param classes which are shown for an image
 */
public record Explaining<S extends Record>(
    ReadyModel model, Visualization<S> visualization, S settings, Classes classes, Faults faults) {

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
      showing(shown.apply(i)).one(i, images.get(i), sink, new Part(listener, i, images.size()));
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
      showing(shown).one(i, images.get(i), sink, new Part(listener, i, images.size()));
    }
  }

  /** The same with other classes shown. */
  public Explaining<S> showing(Classes others) {
    return new Explaining<>(model, visualization, settings, others, faults);
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
    List<ImageResult> results =
        model.explain(visualization, settings, List.of(input), shown, listener).images();
    stop.check();
    if (results.size() != 1) {
      throw new PicassoException(
          visualization.title() + " gave " + results.size() + " results for one image.");
    }
    ImageResult result = results.get(0);
    if (result.problem().isPresent()) {
      throw new PicassoException(result.problem().get());
    }
    sink.explained(new Explained(index, input, read.sha256(), result));
  }

  /** One image's progress as a part of that of all. */
  private record Part(Listener all, int index, int count) implements Listener {
    @Override
    public void progress(double share) {
      all.progress((index + share) / count);
    }

    @Override
    public void finished(int image, ImageResult result) {
      all.finished(index, result);
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
