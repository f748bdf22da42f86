package dev.picasso.belief;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Frame;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import dev.picasso.image.PreparedImage;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ImageInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Maps to be checked, of arrays as a model is fed with them. */
final class Subjects {
  /** Small trained networks, two images of each, and maps by other programs. */
  static final Path ORACLE =
      Path.of("src/test/resources/dev/picasso/attribution/oracle").toAbsolutePath();

  private Subjects() {}

  /** One of these networks with its first image and integrated gradients for class 3. */
  static Subject of(String network) {
    Path folder = ORACLE.resolve(network);
    Model model = ModelLoader.standard().load(ModelRequest.of(folder.resolve("model.onnx")));
    Tensor maps = NpyFile.read(folder.resolve("integrated-gradients-1.npy"));
    return of(
        new Explainer(model, RuntimeOptions.defaults()),
        Batches.rows(NpyFile.read(folder.resolve("x.npy")), 0, 1),
        3,
        Maps.signed(Batches.rows(maps, 0, 1), Maps.Frame.INPUT, "share of the score"));
  }

  /** A map of a class of one image, of a model of which it is not known how pictures become x. */
  static Subject of(Explainer explainer, Tensor x, int target, Maps maps) {
    Attribution method = Methods.builtIn().get("integrated-gradients");
    InputSpec input = explainer.imageInput();
    Picture grey = Picture.grey(input.width(), input.height(), 128);
    Frame frame = Frame.identity(input.width(), input.height());
    return new Subject(
        explainer,
        new ImageInput("image", grey, new PreparedImage(x, frame, grey)),
        new Prediction(target, "class " + target, .5f),
        Target.ofClass(target),
        method,
        Images.of(x),
        maps,
        Optional.empty(),
        0);
  }

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
