package dev.picasso.belief;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Frame;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import dev.picasso.image.PreparedImage;
import dev.picasso.model.InputSpec;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.visualization.ImageInput;
import java.util.List;
import java.util.Optional;

/** Maps to check, of arrays as a model is fed with them. */
final class Subjects {
  private Subjects() {}

  /** A method's map of one class for an array, [1, …]. */
  static Subject of(Explainer explainer, Tensor x, int index, Attribution method) {
    InputSpec input = explainer.imageInput();
    ImagePreprocessor preprocessor =
        ModelInput.of(PreprocessingSettings.none(), explainer.model()).preprocessor();
    Images images = Images.of(x, preprocessor);
    Target target = Target.ofClass(index);
    Maps maps = method.explain(explainer, images, List.of(target), Progress.NONE);
    Picture picture = preprocessor.denormalize(x, 0);
    PreparedImage prepared =
        new PreparedImage(x, Frame.identity(input.width(), input.height()), picture);
    return new Subject(
        explainer,
        new ImageInput("array", picture, prepared),
        new Prediction(index, "class " + index, explainer.predict(x).probability(0, index)),
        target,
        method,
        images,
        maps,
        Optional.empty(),
        0);
  }
}
