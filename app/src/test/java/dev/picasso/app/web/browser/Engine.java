package dev.picasso.app.web.browser;

import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.HiddenWindows;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.image.HeatMap;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ReadyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The library called by itself, beside the server: what results must be. */
final class Engine implements AutoCloseable {
  private final ReadyModel ready;

  private Engine(ReadyModel ready) {
    this.ready = ready;
  }

  static Engine of(String model) {
    return new Engine(
        ReadyModel.load(Examples.model(model), ModelLoader.standard(), RuntimeOptions.defaults()));
  }

  ImageInput image(Path file) {
    return ready.prepare(ImageDecoder.standard().decode(file));
  }

  /** The most probable classes, best first. */
  List<Integer> best(ImageInput image, int count) {
    return predictions(image).top(0, count);
  }

  String label(int target) {
    return ready.model().label(target);
  }

  /** What heads the columns of an image, as in "7 0.998". */
  List<String> heads(ImageInput image, int count) {
    Predictions predictions = predictions(image);
    return predictions.top(0, count).stream()
        .map(t -> String.format(Locale.ROOT, "%s %.3f", label(t), predictions.probability(0, t)))
        .toList();
  }

  private Predictions predictions(ImageInput image) {
    return ready.explainer().predict(image.prepared().x());
  }

  HiddenWindows.Measured occlusion(ImageInput image, HiddenWindows occlusion) {
    return occlusion.explain(
        ready.explainer(), ready.input().preprocessor(), image.prepared().pixels(), done -> {});
  }

  List<HeatMap> saliency(ImageInput image, Gradients gradients, List<Integer> targets) {
    Images rows = Images.of(image.prepared().x()).each(targets.size());
    return new Saliency(gradients)
        .explain(
            ready.explainer(), rows, targets.stream().map(Target::ofClass).toList(), Progress.NONE)
        .heatMaps(ready.explainer().imageInput(), ChannelReduction.MAX_OF_ABSOLUTE);
  }

  @Override
  public void close() {
    ready.close();
  }
}
