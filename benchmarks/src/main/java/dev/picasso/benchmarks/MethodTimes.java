package dev.picasso.benchmarks;

import ai.onnxruntime.OrtException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.cam.ScoreCam;
import dev.picasso.attribution.gradients.Baseline;
import dev.picasso.attribution.gradients.IntegratedGradients;
import dev.picasso.attribution.gradients.Quadrature;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.attribution.gradients.SmoothGrad;
import dev.picasso.attribution.perturbation.Rise;
import dev.picasso.belief.Deletion;
import dev.picasso.belief.Subject;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Frame;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import dev.picasso.image.PreparedImage;
import dev.picasso.model.Model;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.model.layers.Layer;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.LayerChoice;
import dev.picasso.visualization.ImageInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Methods that run a model many times, against the same number of images run by the runtime alone,
 * as many at once; and by a runtime that takes as many at once as it likes best.
 */
final class MethodTimes implements AutoCloseable {
  private static final int MOST = Integer.getInteger("most", 16);
  private static final List<Integer> BATCHES =
      Stream.of(1, 2, 4, 8, 16, 32).filter(batch -> batch <= MOST).toList();
  private static final int STEPS = Integer.getInteger("steps", 50);
  private static final int MASKS = Integer.getInteger("masks", 256);
  private static final int CHANNELS = Integer.getInteger("channels", 256);
  private static final Set<String> ONLY = Set.of(System.getProperty("only", "").split(","));
  private static final int CLASS = 1;

  private final Explainer explainer;
  private final Tensor x;
  private final int rounds;
  private final BareSession forward;
  private final BareSession gradient;

  MethodTimes(Path file, Model model, Tensor x, int threads, int rounds)
      throws OrtException, IOException {
    this.explainer = new Explainer(model, new RuntimeOptions(threads, true));
    this.x = x;
    this.rounds = rounds;
    this.forward = new BareSession(file, threads);
    Path folder = Files.createTempDirectory("picasso-gradient");
    Path derived = folder.resolve("gradient.onnx");
    OnnxWriter.write(
        GradientGraphs.forAnyTarget(model, name(), Quantity.LOGITS, Gradients.PLAIN), derived);
    this.gradient = new BareSession(derived, threads);
  }

  private String name() {
    return explainer.imageInput().name();
  }

  /** Prints for each method: seconds, those of the bare runtime, and ratios of time and of work. */
  void print() {
    Questions questions = Questions.of(explainer, Images.of(x), List.of(Target.ofClass(CLASS)));
    int forwards = questions.batch(List.of(0));
    int gradients = questions.batch(0);
    Attribution path = new IntegratedGradients(STEPS, Quadrature.TRAPEZOID, Baseline.ZERO);
    print("integrated-gradients", () -> explain(path), STEPS + 2, gradients, gradient);
    Attribution smooth = new SmoothGrad(STEPS, .15, SmoothGrad.Form.SIGNED, 0, false);
    print("smoothgrad", () -> explain(smooth), STEPS, gradients, gradient);
    Attribution rise = new Rise(MASKS, 7, .5, 0, false);
    print("rise", () -> explain(rise), MASKS, forwards, forward);
    Layer layer = layer();
    Attribution cam = new ScoreCam(LayerChoice.of(layer.name()));
    print("score-cam", () -> explain(cam), layer.channels(), forwards, forward);
    Subject subject = subject();
    Deletion deletion = new Deletion();
    print("deletion", () -> deletion.check(subject, Progress.NONE), 92, forwards, forward);
  }

  /** Milliseconds for each image by how many the runtime takes at once. */
  void printBatches() {
    printBatches("forward", forward);
    printBatches("gradient", gradient);
  }

  private void printBatches(String name, BareSession session) {
    Interleaved times = times(session, rounds);
    for (int batch : BATCHES) {
      double each = times.median("" + batch) / batch;
      System.out.printf("  %-10s batch %2d %9.2f ms an image%n", name, batch, each);
    }
  }

  private Interleaved times(BareSession session, int often) {
    Interleaved times = new Interleaved();
    for (int batch : BATCHES) {
      Map<String, Tensor> images = batch(session, batch);
      times.add("" + batch, () -> session.run(images));
    }
    return times.run(often);
  }

  private void print(String method, Runnable work, int images, int batch, BareSession session) {
    if (!ONLY.contains("") && !ONLY.contains(method)) {
      return;
    }
    Interleaved tried = times(session, 3);
    int best =
        BATCHES.stream()
            .min((a, b) -> Double.compare(tried.median("" + a) / a, tried.median("" + b) / b))
            .orElse(1);
    Interleaved times =
        new Interleaved()
            .add("bare", () -> runs(session, images, batch))
            .add("method", work)
            .add("best", () -> runs(session, images, best))
            .run(rounds);
    System.out.printf(
        "  %-22s %5d images %8.2f s; bare, %2d at once: %8.2f s, ratio %5.3f, of work %5.3f;"
            + " bare, %2d at once: ratio %5.3f, of work %5.3f%n",
        method,
        images,
        times.median("method") / 1000,
        batch,
        times.median("bare") / 1000,
        times.ratio("method", "bare"),
        times.workRatio("method", "bare"),
        best,
        times.ratio("method", "best"),
        times.workRatio("method", "best"));
  }

  private void runs(BareSession session, int images, int batch) {
    Map<String, Tensor> whole = batch(session, Math.min(images, batch));
    for (int from = 0; from < images; from += batch) {
      int count = Math.min(images - from, batch);
      session.run(count < batch ? batch(session, count) : whole);
    }
  }

  private Map<String, Tensor> batch(BareSession session, int count) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put(name(), Batches.repeated(x, count));
    if (session == gradient) {
      int targets = explainer.model().scores().targets();
      List<Integer> wanted = IntStream.range(0, count).map(i -> CLASS).boxed().toList();
      inputs.put(GradientGraphs.SEED, GradientGraphs.seed(targets, wanted));
    }
    return inputs;
  }

  private void explain(Attribution method) {
    method.explain(explainer, Images.of(x), List.of(Target.ofClass(CLASS)), Progress.NONE);
  }

  /** The last layer with positions that has no more channels than are asked for. */
  private Layer layer() {
    List<Layer> fitting =
        explainer.model().layers().all().stream()
            .filter(layer -> layer.isSpatial() && layer.channels() <= CHANNELS)
            .toList();
    return fitting.get(fitting.size() - 1);
  }

  private Subject subject() {
    Saliency saliency = new Saliency();
    List<Target> targets = List.of(Target.ofClass(CLASS));
    ImagePreprocessor preprocessor =
        ModelInput.of(PreprocessingSettings.none(), explainer.model()).preprocessor();
    Images images = Images.of(x, preprocessor);
    Picture picture = preprocessor.denormalize(x, 0);
    Frame frame = Frame.identity(picture.width(), picture.height());
    return new Subject(
        explainer,
        new ImageInput("noise", picture, new PreparedImage(x, frame, picture)),
        new Prediction(CLASS, "class", explainer.predict(x).probability(0, CLASS)),
        targets.get(0),
        saliency,
        images,
        saliency.explain(explainer, images, targets, Progress.NONE),
        Optional.empty(),
        0);
  }

  @Override
  public void close() throws OrtException {
    forward.close();
    gradient.close();
    explainer.close();
  }
}
