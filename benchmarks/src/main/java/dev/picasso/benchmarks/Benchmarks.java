package dev.picasso.benchmarks;

import ai.onnxruntime.OrtException;
import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Target;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * {@code java -jar benchmarks.jar forward|saliency|methods|batches|operators|device MODEL.onnx…};
 * {@code -Drounds=30}, {@code -Dthreads=0} (one a core), {@code -Dbatch=1}, {@code -Ddevice=cuda}.
 */
public final class Benchmarks {
  private static final int ROUNDS = Integer.getInteger("rounds", 30);
  private static final int THREADS = Integer.getInteger("threads", 0);
  private static final int BATCH = Integer.getInteger("batch", 1);

  private Benchmarks() {}

  public static void main(String[] arguments) throws OrtException, IOException {
    try {
      measure(arguments);
    } catch (PicassoException e) {
      System.err.println(e.getMessage());
      System.exit(e instanceof MachineException ? 3 : 2);
    }
  }

  private static void measure(String[] arguments) throws OrtException, IOException {
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      Path path = Path.of(file);
      Model model = ModelLoader.standard().load(ConfiguredModel.of(path).request());
      Tensor x = noise(model.graph().inputs().get(0).shape().withBatch(BATCH));
      if (!arguments[0].equals("device")) {
        System.out.println(path.getFileName());
      }
      switch (arguments[0]) {
        case "forward" -> forward(path, model, x);
        case "saliency" -> saliency(model, x);
        case "device" ->
            OnDevice.print(String.valueOf(path.getFileName()), model, x, device(), THREADS, ROUNDS);
        case "methods", "batches" -> methods(arguments[0], path, model, x);
        case "operators" -> OperatorTimes.print(model, x, THREADS);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Picasso's forward pass against ONNX Runtime's on the file as it is. */
  private static void forward(Path file, Model model, Tensor x) throws OrtException {
    try (Explainer explainer = new Explainer(model, options());
        BareSession bare = new BareSession(file, THREADS)) {
      Interleaved times =
          new Interleaved()
              .add("bare session", () -> bare.run(x))
              .add("Picasso", () -> explainer.predict(x))
              .run(ROUNDS);
      print(times, "bare session", "bare session", "Picasso");
    }
  }

  /** A saliency map, its forward pass included, against a forward pass. */
  private static void saliency(Model model, Tensor x) {
    Saliency saliency = new Saliency();
    List<Integer> targets = java.util.Collections.nCopies(BATCH, 1);
    try (Explainer explainer = new Explainer(model, options())) {
      Interleaved times =
          new Interleaved()
              .add("forward", () -> explainer.predict(x))
              .add(
                  "gradient",
                  () -> explainer.gradient(x, targets, Quantity.LOGITS, Gradients.PLAIN));
      if (BATCH == 1) {
        List<Target> asked = List.of(Target.ofClass(1));
        times.add(
            "saliency map",
            () ->
                saliency
                    .explain(explainer, Images.of(x), asked, Progress.NONE)
                    .heatMaps(explainer.imageInput(), saliency.reduction()));
      }
      times.run(ROUNDS);
      print(times, "forward", "forward", "gradient");
      if (BATCH == 1) {
        print(times, "forward", "saliency map");
      }
    }
  }

  private static Device device() {
    String name = System.getProperty("device", "cuda");
    return Device.parse(name)
        .orElseThrow(() -> new PicassoException("-Ddevice is " + name + ", not " + Device.WORDS));
  }

  /** Whole methods, or how many images at once are best. */
  private static void methods(String what, Path file, Model model, Tensor x)
      throws OrtException, IOException {
    try (MethodTimes times = new MethodTimes(file, model, x, THREADS, ROUNDS)) {
      if (what.equals("batches")) {
        times.printBatches();
      } else {
        times.print();
      }
    }
  }

  private static RuntimeOptions options() {
    return new RuntimeOptions(THREADS, true);
  }

  private static void print(Interleaved times, String base, String... names) {
    for (String name : names) {
      System.out.printf(
          "  %-16s %9.2f ms  %5.3f%n", name, times.median(name), times.ratio(name, base));
    }
  }

  private static Tensor noise(Shape shape) {
    Random random = new Random(1);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, Arrays.copyOf(shape.dims(), shape.rank()));
  }
}
