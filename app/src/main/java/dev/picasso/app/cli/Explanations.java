package dev.picasso.app.cli;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains image after image, so that only one lies in memory. What is wrong with one becomes its
 * result, and the others go on.
 *
 * @param settings by name, as text
 * @param top how many classes are shown for an image
 */
record Explanations(
    ReadyModel model,
    Visualization<?> visualization,
    Map<String, String> settings,
    int top,
    ProgressBar bar) {
  private static final Logger LOG = LoggerFactory.getLogger(Explanations.class);

  /** Takes results as they come. */
  interface Sink {
    /** An image is explained, and still in memory. */
    void explained(int index, ImageInput image, ImageResult result);

    /** An image has no results; its problem says why. */
    void failed(int index, ImageResult result);

    /** For results that are not needed before all are there. */
    Sink NONE =
        new Sink() {
          @Override
          public void explained(int index, ImageInput image, ImageResult result) {}

          @Override
          public void failed(int index, ImageResult result) {}
        };
  }

  /**
   * Results in the order of the files.
   *
   * @throws MachineException if the sink cannot take one; it would take no other
   */
  List<ImageResult> explain(List<Path> files, Sink sink) {
    List<ImageResult> results = new ArrayList<>();
    try {
      for (int i = 0; i < files.size(); i++) {
        ImageResult result = explain(i, new Watching(bar, files.get(i), i, files.size()), sink);
        if (result.problem().isPresent()) {
          sink.failed(i, result);
        }
        results.add(result);
      }
    } finally {
      bar.clear();
    }
    return results;
  }

  private ImageResult explain(int index, Watching listener, Sink sink) {
    Path file = listener.file();
    try {
      listener.progress(0);
      ImageInput image = model.prepare(ImageSource.decode(file));
      ImageResult result =
          model.explain(visualization, settings, List.of(image), top, listener).images().get(0);
      if (result.problem().isEmpty()) {
        sink.explained(index, image, result);
      }
      return result;
    } catch (MachineException | StoppedException e) {
      throw e;
    } catch (PicassoException e) {
      return ImageResult.failed(file.toString(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return ImageResult.failed(
          file.toString(), String.valueOf(MachineException.ofMemory(e).getMessage()));
    } catch (RuntimeException | LinkageError e) {
      // A fault, of ours or of a plugin; the other images are none the worse for it.
      if (Picasso.tracesFaults()) {
        LOG.warn("{} failed on {}", visualization.id(), file, e);
      }
      return ImageResult.failed(
          file.toString(), visualization.title() + " failed: " + e + ". " + Picasso.HOW_TO_TRACE);
    }
  }

  /** Draws the share of all images. */
  private record Watching(ProgressBar bar, Path file, int index, int count) implements Listener {
    @Override
    public void progress(double share) {
      bar.show((index + share) / count, file.toString());
    }

    @Override
    public void finished(int image, ImageResult result) {}

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
